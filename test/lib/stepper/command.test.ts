// The command line of a chapter: what it prints, and one line for every mistake.

import { execFile, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'tape';
import { helpText, nearestTo, readFlags, UsageError } from '../../../lib/stepper/flags.ts';
import { formatTrace } from '../../../lib/trace/format.ts';
import { scenes } from './scenes.ts';

const voting = scenes.filter(({ chapter }) => chapter.name === '03-voting');
const [first] = voting;
if (!first) throw new Error('chapter 3 has no scenes');
const { scenario } = first.trace.header;

interface Result {
  readonly code: number | string | null;
  readonly out: string;
  readonly error: string;
}

/** Runs chapter 3 without a terminal. */
const run = (...args: string[]): Promise<Result> => runNode('chapters/03-voting/run.ts', ...args);

const runNode = (...args: string[]): Promise<Result> =>
  new Promise((resolve) => {
    execFile(process.execPath, ['--import', 'tsx', ...args], (failure, out, error) =>
      resolve({ code: failure ? (failure.code ?? null) : 0, out, error }),
    );
  });

/** The error for these flags. */
function mistake(...args: string[]): string {
  try {
    readFlags(args);
  } catch (error) {
    if (error instanceof UsageError) return error.message;
    throw error;
  }
  return 'no mistake';
}

test('an unknown flag is answered with the nearest one, a missing value with its place', (t) => {
  t.equal(mistake('--scnario', 'x'), 'There is no flag --scnario; the nearest is --scenario.');
  t.equal(mistake('--prnt'), 'There is no flag --prnt; the nearest is --print.');
  t.equal(mistake('--step'), '--step needs a value: --step N.');
  t.equal(mistake('--scenario', '--print'), '--scenario needs a value: --scenario NAME.');
  t.equal(mistake('--print=yes'), '--print takes no value.');
  t.equal(mistake('clean'), "Expected a flag, found 'clean'; --help names the flags.");
  t.end();
});

test('the help names every flag and the command', (t) => {
  const help = helpText('03-voting');
  for (const flag of [
    '--list',
    '--scenario NAME',
    '--step N',
    '--trace FILE',
    '--print',
    '--help',
  ]) {
    t.ok(help.includes(`  ${flag} `), flag);
  }
  t.ok(help.includes('npx tsx chapters/03-voting/run.ts'));
  t.end();
});

test('flags that are right are read', (t) => {
  t.same(
    { ...readFlags(['--scenario', 'x', '--step=3', '--print']) },
    {
      scenario: 'x',
      step: '3',
      print: true,
    },
  );
  t.same({ ...readFlags(['-h']) }, { help: true });
  t.end();
});

test('the nearest name begins with what was typed, or else is most like it', (t) => {
  t.equal(nearestTo('one-vote', ['late-vote', 'one-vote-a-term']), 'one-vote-a-term');
  t.equal(nearestTo('lete-vote', ['late-vote', 'one-vote-a-term']), 'late-vote');
  t.end();
});

test('without a terminal a chapter prints, and every mistake is one line and exit code 2', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'stepper-'));
  const inFolder = (name: string, text: string) => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  };
  const text = formatTrace(first.trace, 'good');
  const own = text.replace(first.trace.header.title, 'A run of my own');
  const good = inFolder('own.trace.jsonl', own);
  const bad = inFolder('bad.trace.jsonl', text.replace('"steps":', '"stepz":'));
  const variant = inFolder(
    'variant.trace.jsonl',
    text.replace('"nodes":', '"variant":"mine","nodes":'),
  );
  const other = inFolder('other.trace.jsonl', text.replace('"03-voting"', '"01-roles"'));

  const [whole, list, step, wrongName, wrongStep, ownTrace, badTrace, otherTrace, variantTrace] =
    await Promise.all([
      run(),
      run('--list'),
      run('--print', '--scenario', scenario, '--step', '1'),
      run('--scenario', scenario.slice(1)),
      run('--step', '1000'),
      run('--trace', good),
      run('--trace', bad),
      run('--trace', other),
      run('--trace', variant),
    ]);
  rmSync(folder, { recursive: true });

  t.equal(whole.code, 0);
  for (const { trace } of voting) t.ok(whole.out.includes(trace.header.title), trace.header.title);
  t.notOk(whole.out.includes('\u001b'), 'no escape sequences');

  t.equal(list.out.trimEnd().split('\n').length, voting.length);
  for (const { trace } of voting) t.ok(list.out.includes(`${trace.header.scenario} `));

  t.ok(/^Step 1, /m.test(step.out), 'that step');
  t.notOk(/^Step 2, /m.test(step.out), 'only that step');

  t.equal(ownTrace.code, 0);
  t.ok(ownTrace.out.includes('A run of my own') && ownTrace.out.includes('Outcome'));

  const mistakes: [Result, RegExp][] = [
    [wrongName, new RegExp(`the nearest is ${scenario}\\.$`)],
    [wrongStep, /the steps 0 to \d+; there is no step '1000'\.$/],
    [badTrace, /bad\.trace\.jsonl:1: .*stepz/],
    [otherTrace, /npx tsx chapters\/01-roles\/run\.ts --trace .*other\.trace\.jsonl$/],
    [variantTrace, /chapter 03-voting has no variant named 'mine'\.$/],
  ];
  for (const [{ code, out, error }, message] of mistakes) {
    t.equal(code, 2, String(message));
    t.equal(out, '');
    t.equal(error.trimEnd().split('\n').length, 1, 'one line, no stack trace');
    t.match(error.trimEnd(), message);
  }
});

test('a reader that leaves early is no error, and no run waits for a compiler', async (t) => {
  const leaving = new Promise<Result>((resolve) => {
    const child = spawn(process.execPath, ['--import', 'tsx', 'chapters/03-voting/run.ts']);
    let error = '';
    child.stderr.on('data', (chunk: Buffer) => (error += chunk.toString()));
    child.stdout.destroy();
    child.on('close', (code) => resolve({ code, out: '', error }));
  });
  const loaded = runNode(
    '--eval',
    'require("./lib/stepper/open.ts"); console.log(Object.keys(require.cache).join("\\n"))',
  );
  const [left, { out }] = await Promise.all([leaving, loaded]);
  t.same(left, { code: 0, out: '', error: '' });
  t.ok(/lib.stepper.open\.ts/.test(out), 'the stepper is loaded');
  const compilers = /node_modules.(ajv(?!.dist.runtime)|typescript)\b/;
  t.notOk(compilers.test(out), 'neither the compiler of Ajv nor TypeScript is loaded');
});

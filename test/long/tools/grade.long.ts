// `npm run grade`, as a grader uses it: one exercise, a folder of them, a cohort; every format, every exit code, and what a
// failure leads to.

import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { SaxesParser } from 'saxes';
import test from 'tape';
import { formatNames, formats } from '../../../lib/grade/formats/formats.ts';
import { testsOf } from '../../../lib/grade/subject.ts';
import { UsageError } from '../../../lib/stepper/flags.ts';
import { printMoment } from '../../../lib/stepper/print.ts';
import { momentOfStep, sceneOf } from '../../../lib/stepper/scene.ts';
import { readTrace } from '../../../lib/trace/format.ts';
import { gradeCommand } from '../../../tools/grade.ts';
import { addressesOf, anchorsOf, parser } from '../../../tools/markdown.ts';
import { root } from '../../../tools/root.ts';
import { typeChecker } from '../../../tools/type-checker.ts';
import { placeOf } from '../../../tools/submissions.ts';
import { chapterNamed } from '../../support.ts';
import { handIn, solutionText } from '../../tools/solutions.ts';

const folder = mkdtempSync(join(tmpdir(), 'raft-grade-'));
test.onFinish(() => rmSync(folder, { recursive: true, force: true }));

const roles = chapterNamed('01-roles');
const voting = chapterNamed('03-voting');

/** Grades, and keeps what is written in a folder of its own. */
const grade = (...args: string[]) =>
  gradeCommand(args.includes('--out') ? args : [...args, '--runs', join(folder, 'runs')]);

const stubOf = ({ name }: { name: string }) =>
  readFileSync(join(root, 'chapters', name, 'exercise.ts'), 'utf8');

/** Chapter 3 with voters that vote for everyone. */
const votesForAll = solutionText(voting).replace(
  /me\.votedFor === null \|\| me\.votedFor === request\.from,/,
  'me.votedFor === null || request.from !== me.id,',
);

/** The results in Exercism's format, which names every test. */
interface Result {
  readonly test_code: string;
  readonly status: string;
  readonly message?: string;
}
async function resultsOf(...args: string[]): Promise<readonly Result[]> {
  const { text } = await grade(...args, '--format', 'exercism');
  const { tests } = JSON.parse(text) as { tests: Result[] };
  return tests;
}

test('a file is graded for its chapter; of a folder, what is missing never ran', async (t) => {
  const home = join(folder, 'only roles');
  const file = handIn(home, roles);
  const one = await resultsOf(file, '--skip-types');
  t.deepEqual(
    one.map(({ test_code, status }) => [test_code, status]),
    testsOf(roles).map((name) => [`01-roles/${name}`, 'pass']),
  );
  const asked = ['--skip-types', '--chapter', '1', '--chapter', '02-terms'];
  const two = await resultsOf(home, ...asked);
  const count = (status: string) => two.filter((each) => each.status === status).length;
  t.deepEqual([count('pass'), count('error')], [testsOf(roles).length, two.length - count('pass')]);
  t.notOk((await grade(home, ...asked)).ok, 'a missing exercise is no pass');
});

test('every format is written to a file that its reader accepts', async (t) => {
  const file = handIn(join(folder, 'for formats'), roles);
  for (const format of formatNames) {
    const out = join(folder, 'formats', `result.${formats[format].extension}`);
    const { text } = await grade(file, '--skip-types', '--format', format, '--out', out);
    t.match(
      text,
      /^8 of 8 points: 4 passed, 0 failed, 0 never ran\.$/m,
      `${format}: also in words`,
    );
    const written = readFileSync(out, 'utf8');
    if (formats[format].extension === 'json') t.ok(JSON.parse(written), format);
    else if (format === 'junit') {
      let cases = 0;
      const reader = new SaxesParser();
      reader.on('opentag', ({ name }) => (cases += Number(name === 'testcase')));
      reader.write(written).close();
      t.equal(cases, 4, format);
    } else t.match(written, format === 'tap' ? /^TAP version 14\n/ : /^8 of 8 points/m, format);
  }
});

test('a mistake in the command line gets one message and nothing is graded', async (t) => {
  const file = join(folder, 'for formats/01-roles/exercise.ts');
  const expected: [string[], RegExp][] = [
    [['--formt', 'tap'], /^Unknown option '--formt'\. --help names the flags\.$/],
    [['--format', 'xml'], /^There is no format 'xml'; there are text, tap, gradescope, /],
    [['--chapter', '99'], /^Expected a chapter from 1 to \d+, found '99'\.$/],
    [['--chapter', '3-votng'], /^There is no chapter '3-votng'; the nearest is 03-voting\.$/],
    [['nowhere'], /^There is no file or folder nowhere\.$/],
    [[file, file], /^Expected one path, found also /],
    [[file, '--shard', '1/2'], /^--shard goes with --all only\.$/],
    [
      [folder, '--all', '--shard', '3/2'],
      /^--shard expects i\/n with i from 1 to n, found '3\/2'\.$/,
    ],
    [[file, '--all'], /^--all expects a folder of submissions; /],
    [[folder, '--all', '--runs', 'x'], /^--runs does not go with --all\.$/],
  ];
  for (const [args, message] of expected) {
    try {
      await gradeCommand(args);
      t.fail(`${args.join(' ')} is refused`);
    } catch (error) {
      t.ok(error instanceof UsageError, args.join(' '));
      t.match(error instanceof Error ? error.message : '', message);
    }
  }
});

test('a type error names the own file and line, and fails every test of its chapter', async (t) => {
  const wrong = `${solutionText(roles)}\nexport const term: string = 5;\n`;
  const file = handIn(join(folder, 'type error'), roles, wrong);
  const line = wrong.split('\n').length - 1;
  const results = await resultsOf(file);
  t.deepEqual(new Set(results.map(({ status }) => status)), new Set(['fail']));
  t.equal(results.length, testsOf(roles).length);
  const place = `${file}:${line}: TS2322: Type 'number' is not assignable to type 'string'.`;
  t.ok(results[0]?.message?.includes(place), results[0]?.message);
});

test('types are checked as if the exercise stood in its place, also of what it imports', async (t) => {
  const checker = typeChecker();
  const home = join(folder, 'helpers');
  const text = `import { odd } from './helper.ts';\n${solutionText(roles)}\nvoid odd;\nstructuredClone(1);\n`;
  const file = handIn(home, roles, text);
  const helper = join(dirname(file), 'helper.ts');
  const submitted = { file, root, ...placeOf(roles) };
  writeFileSync(helper, 'export const odd = (n: number) => n % 2 === 1;\n');
  writeFileSync(join(dirname(file), 'unused.ts'), 'export const wrong: string = 1;\n');
  t.deepEqual(await checker.check(submitted), [], 'what is not imported does not count');
  writeFileSync(helper, '\nexport const odd = (n: number): string => n % 2 === 1;\n');
  const [mistake] = await checker.check(submitted);
  t.deepEqual([mistake?.file.endsWith('helpers/01-roles/helper.ts'), mistake?.line], [true, 2]);
  rmSync(helper);
  const [missing] = await checker.check(submitted);
  t.deepEqual([missing?.file, missing?.line], [file, 1]);
  t.match(missing?.message ?? '', /^TS2307: Cannot find module '\.\/helper\.ts'/);
  writeFileSync(helper, 'export const odd = 3; declare global { interface Array<T> { odd: T } }\n');
  t.deepEqual(await checker.check(submitted), []);
  const next = handIn(join(folder, 'after helpers'), roles, `[1].odd;\n${solutionText(roles)}`);
  const [alien] = await checker.check({ ...submitted, file: next });
  t.match(alien?.message ?? '', /^TS2339: Property 'odd' does not exist/, 'nothing stays behind');
  writeFileSync(join(dirname(file), 'plain.js'), 'module.exports = 1;');
  const plain = { ...submitted, file: join(dirname(file), 'plain.js') };
  t.deepEqual(await checker.check(plain), [], 'JavaScript has no types to check');
  await checker.stop();
});

test('types that take for ever are given up', async (t) => {
  const endless = `type Ways<T extends unknown[]> = T['length'] extends 24 ? T : Ways<[...T, 1]> | Ways<[...T, 2]>;
export const ways: Ways<[]> = [];\n`;
  const hasty = typeChecker(1000);
  const checker = typeChecker();
  const file = handIn(join(folder, 'endless types'), roles, endless);
  const honest = handIn(join(folder, 'endless types beside'), roles);
  const about = { root, ...placeOf(roles) };
  const [first] = await hasty.check({ file, ...about });
  t.match(first?.message ?? '', /longer than 1000 ms, so it was stopped|TS\d+: /);
  t.deepEqual(await checker.check({ file: honest, ...about }), []);
  await hasty.stop();
  await checker.stop();
});

test('a run that went wrong is written, and its command opens exactly that step', async (t) => {
  const file = handIn(join(folder, "Ada's work"), voting, votesForAll);
  const out = join(folder, "Ada's work", 'result.json');
  const { text, ok } = await grade(file, '--skip-types', '--format', 'exercism', '--out', out);
  t.notOk(ok);
  t.match(text, /grant-vote \(§5\.2, Fig\. 2 RequestVote 2\)/, 'the rule is named');
  const { tests } = JSON.parse(readFileSync(out, 'utf8')) as { tests: Result[] };
  const wrong = tests.find(({ test_code }) => test_code === '03-voting/one-vote-a-term');
  const [, command = '', step = ''] =
    /its own run, at that step: (npx tsx .* --step (\d+))$/m.exec(wrong?.message ?? '') ?? [];
  const traceFile = join(folder, "Ada's work", 'runs/03-voting/one-vote-a-term.trace.jsonl');
  const trace = readTrace(traceFile);
  const scene = sceneOf(voting, trace);
  const moment = scene.moments[momentOfStep(scene.moments, Number(step))];
  const shell = command.replace('npx tsx', `'${process.execPath}' --import tsx`);
  const { stdout } = spawnSync(`${shell} --print`, { shell: true, cwd: root, encoding: 'utf8' });
  t.equal(stdout.trimEnd(), moment && printMoment(scene, moment).trimEnd());

  const page = join(dirname(traceFile), 'one-vote-a-term.md');
  t.match(wrong?.message ?? '', new RegExp(`one-vote-a-term\\.md#step-${step}$`, 'm'));
  const tokens = parser().parse(readFileSync(page, 'utf8'), {});
  const anchors = anchorsOf(tokens);
  t.ok(anchors.has(`step-${step}`));
  for (const address of addressesOf(tokens)) {
    const [target = '', anchor] = address.split('#');
    if (target === '') t.ok(anchors.has(anchor ?? ''), address);
    else t.ok(existsSync(join(dirname(page), target)), address);
  }
  t.match(readFileSync(page, 'utf8'), /The rules say otherwise/);
});

test('each submission of a cohort gets its result, whatever the others do', async (t) => {
  const cohort = join(folder, 'cohort');
  handIn(join(cohort, 'a solution'), roles);
  handIn(join(cohort, 'bad types'), roles, `${solutionText(roles)}\nexport const x: string = 1;\n`);
  handIn(
    join(cohort, 'hangs'),
    roles,
    solutionText(roles).replace("me.role = 'candidate';", 'for (;;);'),
  );
  handIn(join(cohort, 'no syntax'), roles, 'export const = ;');
  handIn(join(cohort, 'stub'), roles, stubOf(roles));
  mkdirSync(join(cohort, 'empty'));
  const out = join(folder, 'cohort results');
  const { text, ok } = await grade(
    cohort,
    '--all',
    '--chapter',
    '1',
    '--out',
    out,
    '--format',
    'tap',
  );
  t.notOk(ok);
  const expected: [string, RegExp][] = [
    ['a solution', /8 \/ 8 +4 of 4$/],
    ['bad types', /0 \/ 8 +0 of 4 .*it does not type-check: line \d+: TS2322/],
    ['empty', /0 \/ 8 +0 of 4 .*holds no exercise/],
    ['hangs', /0 \/ 8 +0 of 4 .*longer than \d+ ms, so it was stopped/],
    ['no syntax', /0 \/ 8 +0 of 4 .*(Expected identifier|TS1134)/],
    ['stub', /0 \/ 8 +0 of 4 .*is still to be written/],
  ];
  const lines = text.split('\n');
  for (const [index, [name, row]] of expected.entries()) {
    t.ok(lines[index + 1]?.startsWith(name), name);
    t.match(lines[index + 1] ?? '', row);
    t.match(readFileSync(join(out, `${name}.tap`), 'utf8'), /^TAP version 14\n[^]*1\.\.1/);
  }
  t.equal(readFileSync(join(out, 'summary.txt'), 'utf8'), `${lines.slice(0, 7).join('\n')}\n`);

  const shards = await Promise.all(
    ['1/2', '2/2'].map(async (shard) => {
      const part = join(folder, basename(shard), shard.charAt(0));
      const args = ['--all', '--skip-types', '--chapter', '1', '--out', part, '--shard', shard];
      const { text: table } = await grade(cohort, ...args);
      return table
        .split('\n')
        .slice(1, 4)
        .map((each) => each.split(/ {2,}/)[0]);
    }),
  );
  t.deepEqual(
    shards.flat().sort(),
    expected.map(([name]) => name),
    'each in one shard',
  );
});

test('the exit code is 0, 1 or 2', (t) => {
  const run = (...args: string[]) =>
    spawnSync(
      process.execPath,
      [
        '--require',
        'tsx/cjs',
        'tools/grade.ts',
        ...args,
        '--skip-types',
        '--runs',
        join(folder, 'runs'),
      ],
      { cwd: root, encoding: 'utf8' },
    );
  const good = run(handIn(join(folder, 'exit'), roles));
  t.deepEqual([good.status, good.stderr], [0, '']);
  const unwritten = run(join(root, 'chapters/01-roles/exercise.ts'));
  t.deepEqual([unwritten.status, unwritten.stderr], [1, '']);
  const { status, stdout, stderr } = run('nowhere');
  t.deepEqual([status, stdout, stderr], [2, '', 'There is no file or folder nowhere.\n']);
  t.end();
});

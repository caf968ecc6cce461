// `npm run fuzz`: what it says, what it writes, and its exit codes.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'tape';
import { printRun } from '../../lib/stepper/print.ts';
import { sceneOf } from '../../lib/stepper/scene.ts';
import { readTrace } from '../../lib/trace/format.ts';
import { taskOf } from '../../tools/fuzz.ts';
import { chapterNamed } from '../support.ts';

const fuzz = (...args: readonly string[]) =>
  spawnSync(process.execPath, ['--import', 'tsx', 'tools/fuzz.ts', ...args], { encoding: 'utf8' });

test('what is found is told, written and opens in the stepper', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'found-'));
  const out = join(folder, 'deep', 'found.trace.jsonl');
  const { stdout, status } = fuzz(
    ...['3', '--without', 'grant-vote / has not voted for another candidate this term'],
    ...['--runs', '30', '--out', out],
  );
  t.equal(status, 1);
  t.match(stdout, /^One vote per term \(§5\.2, Fig\. 2 votedFor\) is violated at step 3:$/m);
  t.match(stdout, /^ {2}step 1: A votes for A in term 1\n {2}step 3: A votes for B in term 1$/m);
  t.match(stdout, /^Seed \d+: \d+ acts, cut down to 3, 3 nodes\.$/m);
  t.ok(stdout.includes(`npx tsx chapters/03-voting/run.ts --trace ${out}`));
  t.equal(readTrace(out).header.steps, 3);
  const shown = printRun(sceneOf(chapterNamed('03-voting'), readTrace(out)));
  t.match(shown, /One vote per term does not hold in this run\./);
  rmSync(folder, { recursive: true });
  t.end();
});

test('whole rules come through, and a trial that fails is told', (t) => {
  const whole = fuzz('03-voting', '--runs', '20', '--nodes', '4', '--seed', '5');
  t.equal(whole.status, 0);
  t.match(whole.stdout, /^chaos: 18 runs, [\d,]+ acts\ntrials: 2 runs, [\d,]+ steps\nNothing/m);
  const folder = mkdtempSync(join(tmpdir(), 'found-'));
  const out = join(folder, 'trial.trace.jsonl');
  const idle = fuzz('3', '--without', 'send-heartbeats', '--trials-only', '--out', out);
  t.equal(idle.status, 1);
  t.match(idle.stdout, /^A leader stays \(.*\) fails: /m);
  t.ok(readTrace(out).steps.length > 0);
  rmSync(folder, { recursive: true });
  t.end();
});

test('a slip in the command line gets one message and exit code 2', (t) => {
  const slips: readonly (readonly [args: readonly string[], says: RegExp])[] = [
    [[], /Expected a chapter/],
    [['07-prevot'], /the nearest is 07-prevote/],
    [['3', '--without', 'grant-vot'], /the nearest is grant-vote/],
    [['3', '--without', 'grant-vote/has not'], /the nearest is 'has not voted for another/],
    [['3', '--nodes', '8'], /--nodes needs a whole number from 3 to 7, found '8'/],
  ];
  for (const [args, says] of slips) t.throws(() => taskOf(args), says, args.join(' '));
  const { stdout, stderr, status } = fuzz('3', '--runs', 'many');
  t.equal(status, 2);
  t.equal(stdout, '');
  t.equal(stderr.trim().split('\n').length, 1, stderr.trim());
  t.end();
});

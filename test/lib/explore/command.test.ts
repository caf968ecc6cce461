// `npm run explore`: what it prints, one line for every mistake, and a clean stop on Ctrl-C.

import { execFile, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'tape';
import { chapters } from '../../../chapters/chapters.ts';
import { UsageError } from '../../../lib/stepper/flags.ts';
import { replayBehaviour } from '../../../lib/replay/behavioural.ts';
import { readTrace } from '../../../lib/trace/format.ts';
import { exploreHelp, readRequest } from '../../../tools/explore-request.ts';
import { chapterNamed } from '../../support.ts';

interface Result {
  readonly code: number | string | null;
  readonly out: string;
  readonly error: string;
}

const explore = (...args: string[]): Promise<Result> =>
  new Promise((resolve) => {
    const all = ['--require', 'tsx/cjs', 'tools/explore.ts', ...args];
    execFile(process.execPath, all, (failure, out, error) =>
      resolve({ code: failure ? (failure.code ?? null) : 0, out, error }),
    );
  });

const oneVote = 'has not voted for another candidate this term';

test('a violation is told as a run, with the pass, the bounds, and whether it is shortest', async (t) => {
  const { code, out } = await explore('3', '--without', `grant-vote/${oneVote}`, '--terms', '2');
  t.equal(code, 1);
  t.match(out, /^One vote per term \(.*\) is violated at step 3:/);
  t.match(out, /\n {3}1 {2}A's election timer runs out\n/);
  t.match(out, /A run of 3 steps\. No shorter run within the bounds breaks a property\./);
  t.match(out, /Pass 1: [\d,]+ states, terms ≤ 2, no restart, every message kept/);
  t.match(out, /compared word by word/);
  t.end();
});

test('without a violation, the number of states and the bounds are told', async (t) => {
  const { code, out } = await explore('03-voting', '--terms', '1');
  t.equal(code, 0);
  t.match(out, /^No violation in [\d,]+ states up to these bounds\./);
  t.match(out, /There are states beyond the bounds\./);
  t.end();
});

test('from a recorded state, the bounds on changes and the rules that did not fire are told', async (t) => {
  const from = ['--from', '11/leads-from-outside:13', '--depth', '2'];
  const { code, out } = await explore('11', ...from, '--changes', '1', '--transfers', '2');
  t.equal(code, 0);
  t.match(out, /terms ≤ 2, log ≤ 2, .*no restart, changes ≤ 1, transfers ≤ 2, depth ≤ 2/);
  t.match(out, /Rules that did not fire: .*compact-log\./);
  t.end();
});

test('a search that reaches its limit says at how many states it stopped', async (t) => {
  const { code, out } = await explore('4', '--states', '5000', '--filter', 'none');
  t.equal(code, 0);
  t.match(
    out,
    /^Stopped at [\d,]+ states; no violation so far\. Every run of \d+ steps is covered\./,
  );
  t.end();
});

test('Ctrl-C stops a search, which says what it has covered', (t) => {
  const args = ['--require', 'tsx/cjs', 'tools/explore.ts', '4', '--filter', 'none'];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let out = '';
  child.stdout.on('data', (data: Buffer) => (out += data.toString()));
  child.stderr.once('data', () => setTimeout(() => child.kill('SIGINT'), 500));
  child.on('close', (code) => {
    t.equal(code, 0);
    t.match(
      out,
      /^Stopped at [\d,]+ states; no violation so far\. Every run of \d+ steps is covered\./,
    );
    t.end();
  });
});

test('what is found can be written as a trace, and drives a cluster to the same violation', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'explore-'));
  try {
    const file = join(folder, 'found.trace.jsonl');
    await explore('3', '--without', `grant-vote/${oneVote}`, '--terms', '2', '--trace', file);
    const trace = readTrace(file);
    const { node, properties } = chapterNamed('03-voting');
    const broken = replayBehaviour(trace, node.without('grant-vote', oneVote), properties);
    t.equal(broken.violation?.property, trace.header.outcome.violates);
    t.equal(replayBehaviour(trace, node, properties).violation, undefined, 'the rule prevents it');
  } finally {
    rmSync(folder, { recursive: true });
  }
  t.end();
});

test('a mistake on the command line is one line that says what would be right', async (t) => {
  const mistake = (...args: string[]): string => {
    try {
      readRequest(chapters, args);
    } catch (error) {
      if (error instanceof UsageError) return error.message;
      throw error;
    }
    return 'no mistake';
  };
  t.match(mistake('--terms', '2'), /^Expected a chapter first/);
  t.equal(mistake('3-votin'), "There is no chapter '3-votin'; the nearest is 03-voting.");
  t.equal(mistake('3', '--trms', '2'), 'There is no flag --trms; the nearest is --terms.');
  t.equal(mistake('3', '--terms', 'two'), "--terms needs a whole number, 0 or more; found 'two'.");
  t.equal(mistake('3', '--nodes', '9'), "--nodes needs a whole number, 2 to 5; found '9'.");
  t.equal(mistake('3', '--without', 'vote'), "There is no rule 'vote'; the nearest is grant-vote.");
  t.equal(
    mistake('3', '--without', 'grant-vote/is'),
    `grant-vote has no condition 'is'; it has: '${oneVote}'.`,
  );
  t.match(mistake('3', '--filter', 'old'), /expected none, dead or stale/);
  t.match(mistake('4', '--most', 'terms=2'), /as in currentTerm=3; found 'terms=2'/);
  t.match(mistake('4', '--property', 'Safety'), /it has: Terms never decrease, /);
  t.match(mistake('4', '--variant', 'fast'), /it has: none/);
  t.match(mistake('4', '--from', 'one-entry'), /as in 04-replication\/one-entry:12/);
  t.match(mistake('4', '--from', '4/one-entry:999'), /there is no step 999/);
  const { code, error } = await explore('3', '--trms', '2');
  t.deepEqual([code, error], [2, 'There is no flag --trms; the nearest is --terms.\n']);
  t.end();
});

test('the help names every flag', (t) => {
  for (const flag of [
    ...['--without RULE[/CONDITION]', '--terms N', '--from CHAPTER/SCENARIO:STEP'],
    ...['--changes N', '--transfers N', "--ask 'CLIENT COMMAND'"],
  ]) {
    t.ok(exploreHelp().includes(flag), flag);
  }
  t.end();
});

// Clients that have names are asked what they were told: the search judges their history, from where a recorded run stands.

import test from 'tape';
import { chapters } from '../../../chapters/chapters.ts';
import { explore } from '../../../lib/explore/search.ts';
import { UsageError } from '../../../lib/stepper/flags.ts';
import { readRequest } from '../../../tools/explore-request.ts';

const searched = (...args: string[]) =>
  explore({ ...readRequest(chapters, ['9', ...args]).problem, filter: 'none' });

const afterElection = ['--from', '9/read-too-early:31', '--depth', '7', '--ask', 'Ann x? index'];
const cutOff = [
  ...['--from', '9/stale-read:36', '--depth', '6'],
  ...['--ask', 'Ben x=2', '--ask', 'Ann x? index'],
];

const mistakes = [
  {
    name: 'a leader reads before it has committed an entry of its own term',
    args: [...afterElection, '--variant', 'reads-too-early'],
    steps: 3,
  },
  {
    name: 'a leader reads without asking whether it still leads',
    args: [...cutOff, '--variant', 'reads-at-once'],
    steps: 4,
  },
  {
    name: 'a read does not wait for a majority',
    args: [...cutOff, '--without', 'answer-reads/a majority has answered'],
    steps: 5,
  },
];

for (const { name, args, steps } of mistakes) {
  test(`the search finds a history that is not linearizable when ${name}`, (t) => {
    const verdict = searched(...args);
    t.equal(verdict.outcome, 'violation');
    if (verdict.outcome !== 'violation') return t.end();
    t.equal(verdict.counterexample.property, 'Linearizability');
    t.equal(verdict.counterexample.depth, steps);
    t.equal(verdict.unconfirmed, 0, 'and takes no other run for one');
    t.end();
  });
}

test('the rules of the chapter keep every history linearizable, and reads are answered', (t) => {
  for (const args of [afterElection, cutOff]) {
    const verdict = searched(...args);
    t.equal(verdict.outcome, 'exhausted');
    t.equal(verdict.unconfirmed, 0);
    t.ok(verdict.fired?.includes('answer-reads'));
  }
  t.end();
});

test('a command that is sent again keeps its number, which goes on from the run before', (t) => {
  const asks = ['--ask', 'Ann x? index', '--ask', 'Ann x? index again', '--ask', 'Bob y=1'];
  t.deepEqual(readRequest(chapters, ['9', '--from', '9/stale-read:36', ...asks]).problem.asks, [
    { command: 'x?', client: 'Ann', sequence: 2, read: 'index' },
    { command: 'x?', client: 'Ann', sequence: 2, read: 'index' },
    { command: 'y=1', client: 'Bob', sequence: 1 },
  ]);
  t.end();
});

test('what clients or administrators cannot ask is told in one line', (t) => {
  const mistake = (...args: string[]): string => {
    try {
      readRequest(chapters, args);
    } catch (error) {
      if (error instanceof UsageError) return error.message;
      throw error;
    }
    return 'no mistake';
  };
  t.match(mistake('8', '--ask', 'Ann x=1'), /knows its clients; 08-persistence does not/);
  t.match(mistake('9', '--ask', 'x=1'), /as in 'Ann x=1' or 'Bob x\? index'; found 'x=1'/);
  t.match(mistake('9', '--ask', 'Ann x=1 again'), /Ann has asked for nothing yet/);
  t.match(mistake('10', '--changes', '1'), /--changes needs a chapter whose members can change/);
  t.match(mistake('10', '--transfers', '1'), /--transfers needs a chapter/);
  t.match(mistake('11', '--changes', 'two'), /--changes needs a whole number, 0 or more/);
  t.end();
});

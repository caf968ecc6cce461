// Each safety property of the log is broken once by hand, with the two facts that cannot both be, and
// once nearly broken; what counts is all that ever was, not only the present.

import test from 'tape';
import {
  commitIndexNeverDecreases,
  leaderAppendOnly,
  leaderCompleteness,
  logMatching,
  stateMachineSafety,
} from '../../../lib/check/log-properties.ts';
import type { Property } from '../../../lib/check/property.ts';
import { checkerOf } from '../../../lib/check/property.ts';
import type { Entry } from '../../../lib/log/log.ts';
import { Log } from '../../../lib/log/log.ts';
import type { NodeState } from '../../../lib/node/contract.ts';

type Seen = Partial<NodeState> & { id: string };

/** The first contradiction, as lines, when a run shows these states one after the other. */
function seen(property: Property, states: readonly Seen[]): string[] {
  const check = checkerOf([property]);
  for (const [index, state] of states.entries()) {
    const found = check({
      step: index + 1,
      node: state.id,
      state: { peers: [], role: 'follower', ...state },
    });
    if (found) return [found.earlier, found.later].map(({ step, says }) => `${step}: ${says}`);
  }
  return [];
}

/** `'1a 2b'` is a log with command a of term 1 and command b of term 2. */
const entries = (text: string): Entry[] =>
  text.split(' ').map((word) => ({ term: Number(word[0]), command: word.slice(1) }));
const log = (text: string) => Log.of(entries(text));

/** A leader, or a follower, of a term with a log. */
const leader = (id: string, currentTerm: number, text: string, commitIndex = 0): Seen => ({
  id,
  role: 'leader',
  currentTerm,
  log: log(text),
  commitIndex,
});
const follower = (id: string, currentTerm: number, text: string, commitIndex = 0): Seen => ({
  ...leader(id, currentTerm, text, commitIndex),
  role: 'follower',
});
const applies = (id: string, text: string, lastApplied: number): Seen => ({
  ...follower(id, 1, text, lastApplied),
  lastApplied,
});

test('a leader that overwrites an entry breaks Leader Append-Only', (t) => {
  t.deepEqual(seen(leaderAppendOnly, [leader('A', 2, '1a 2b'), leader('A', 2, '1a 2c')]), [
    '1: A leads term 2 and stores b of term 2 at 2',
    '2: A still leads term 2 and has changed its log at 2',
  ]);
  t.end();
});

test('a leader that deletes an entry breaks Leader Append-Only, whoever acts in between', (t) => {
  t.deepEqual(
    seen(leaderAppendOnly, [
      leader('A', 2, '1a 2b'),
      follower('B', 2, '1a'),
      leader('A', 2, '1a 2b'),
      leader('A', 2, '1a'),
    ]),
    [
      '3: A leads term 2 and stores b of term 2 at 2',
      '4: A still leads term 2 and has changed its log at 2',
    ],
  );
  t.end();
});

test('a node that cuts its log when it leads no more, and leads again later, is Append-Only', (t) => {
  t.deepEqual(
    seen(leaderAppendOnly, [
      leader('A', 2, '1a 2b'),
      leader('A', 2, '1a 2b 2c'),
      follower('A', 3, '1a 3d'),
      leader('A', 4, '1a 3d 4e'),
    ]),
    [],
  );
  t.end();
});

test('two commands of one index and term break Log Matching, even when the first is gone', (t) => {
  t.deepEqual(
    seen(logMatching, [
      follower('A', 1, '1a 1b'),
      follower('A', 2, '1a'),
      follower('B', 2, '1a 1x'),
    ]),
    [
      '1: A stores b of term 1 at 2, after an entry of term 1',
      '3: B stores x of term 1 at 2, after an entry of term 1',
    ],
  );
  t.end();
});

test('the same entry after entries of different terms breaks Log Matching', (t) => {
  t.deepEqual(seen(logMatching, [follower('A', 3, '1a 3c'), follower('B', 3, '2a 3c')]), [
    '1: A stores c of term 3 at 2, after an entry of term 1',
    '2: B stores c of term 3 at 2, after an entry of term 2',
  ]);
  t.end();
});

test('different entries of different terms at one index do not break Log Matching', (t) => {
  t.deepEqual(
    seen(logMatching, [
      follower('A', 3, '1a 2b 2c'),
      follower('B', 3, '1a 3b'),
      follower('A', 3, '1a 3b'),
      follower('C', 3, '1a'),
    ]),
    [],
  );
  t.end();
});

test('a leader without a committed entry breaks Leader Completeness, though who committed is gone', (t) => {
  t.deepEqual(
    seen(leaderCompleteness, [
      leader('A', 1, '1a 1b', 1),
      leader('A', 1, '1a 1b', 2),
      { ...follower('A', 1, '1a'), log: Log.empty },
      leader('B', 2, '1a 2c'),
    ]),
    ['2: A commits b of term 1 at 2 in term 1', '4: B leads term 2 without b of term 1 at 2'],
  );
  t.end();
});

test('a commit that a later leader already lacks breaks Leader Completeness', (t) => {
  t.deepEqual(
    seen(leaderCompleteness, [
      leader('A', 2, '1a 2b'),
      leader('B', 3, '1a 3c'),
      follower('B', 4, '1a 3c'),
      leader('A', 2, '1a 2b', 2),
    ]),
    ['2: B leads term 3', '4: A commits b of term 2 at 2 in term 2'],
  );
  t.end();
});

test('an entry of an older term that a leader counts as committed counts as well (Fig. 8)', (t) => {
  t.deepEqual(
    seen(leaderCompleteness, [
      leader('A', 2, '1a 2b'),
      leader('E', 3, '1a 3c'),
      leader('A', 4, '1a 2b', 2),
      leader('E', 5, '1a 3c'),
    ]),
    ['3: A commits b of term 2 at 2 in term 4', '4: E leads term 5 without b of term 2 at 2'],
  );
  t.end();
});

test('an earlier leader, or one that lacks only what is not committed, is complete', (t) => {
  t.deepEqual(
    seen(leaderCompleteness, [
      leader('A', 1, '1a 1b 1c'),
      leader('A', 1, '1a 1b 1c', 2),
      leader('B', 2, '1a 1b 2d'),
      leader('B', 2, '1a 1b 2d', 3),
      leader('A', 1, '1a 1b 1c', 2),
      follower('C', 2, '1a', 1),
    ]),
    [],
    'A led before d was committed, and nobody committed c',
  );
  t.end();
});

test('two commands applied at one index break State Machine Safety, though the first node is gone', (t) => {
  t.deepEqual(
    seen(stateMachineSafety, [
      applies('A', '1a 1b', 2),
      { ...applies('A', '1a', 2), log: Log.empty },
      applies('B', '1a 2c', 1),
      applies('B', '1a 2c', 2),
    ]),
    ['1: A applies b of term 1 at 2', '4: B applies c of term 2 at 2'],
  );
  t.end();
});

test('applying what is beyond the log breaks State Machine Safety', (t) => {
  t.deepEqual(seen(stateMachineSafety, [applies('A', '1a', 1), applies('A', '1a', 2)]), [
    '2: 2 is beyond its log',
    '2: A applies nothing at 2',
  ]);
  t.end();
});

test('logs that differ beyond what is applied do not break State Machine Safety', (t) => {
  t.deepEqual(
    seen(stateMachineSafety, [
      applies('A', '1a 1b', 1),
      applies('B', '1a 2c', 1),
      applies('B', '1a 2c', 2),
      applies('A', '1a 2c', 2),
    ]),
    [],
  );
  t.end();
});

test('a commitIndex that falls, or that leaves the log behind, is noticed', (t) => {
  t.deepEqual(
    seen(commitIndexNeverDecreases, [
      follower('A', 1, '1a 1b', 1),
      follower('A', 1, '1a 1b', 2),
      follower('B', 1, '1a 1b', 1),
      follower('A', 2, '1a 1b', 1),
    ]),
    ['2: A has commitIndex 2', '4: A has commitIndex 1'],
  );
  t.deepEqual(
    seen(commitIndexNeverDecreases, [follower('A', 1, '1a 1b', 2), follower('A', 2, '1a', 2)]),
    ['2: A has commitIndex 2', '2: the log of A ends at 1'],
    'a committed entry was cut off',
  );
  t.end();
});

test('another node may know less, and what is not committed may be cut', (t) => {
  t.deepEqual(
    seen(commitIndexNeverDecreases, [
      follower('A', 1, '1a 1b 1c', 2),
      follower('B', 1, '1a 1b', 1),
      follower('A', 2, '1a 1b', 2),
    ]),
    [],
  );
  t.end();
});

test('a log that is a plain list is judged in the same way', (t) => {
  const plain = (state: Seen, text: string): Seen => ({ ...state, log: entries(text) });
  const first = plain(leader('A', 2, '1a'), '1a 2b');
  const again = plain(leader('A', 2, '1a'), '1a 2b');
  const changed = plain(leader('A', 2, '1a'), '1a 2c');
  for (const property of [leaderAppendOnly, logMatching]) {
    t.deepEqual(seen(property, [first, again]), [], `${property.name}, another list of the same`);
    t.equal(seen(property, [first, changed]).length, 2, `${property.name}, a changed one`);
  }
  t.end();
});

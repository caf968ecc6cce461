// A leader goes back where a follower's hint points, but a hint may be wrong in every way: whatever it
// says, nextIndex stays between 1 and prevLogIndex, and what is sent next makes sense (§5.3).

import test from 'tape';
import { conflictBackoff } from '../../../chapters/05-conflict-backoff/conflict-backoff.ts';
import type { Hint } from '../../../chapters/05-conflict-backoff/conflict-backoff.ts';
import { partitions } from '../../../chapters/06-partitions/partitions.ts';
import { preVote } from '../../../chapters/07-prevote/prevote.ts';
import { Log } from '../../../lib/log/log.ts';
import type { StepResult } from '../../../lib/node/contract.ts';
import type { ReplicationState } from '../../../chapters/04-replication/state.ts';

/** Index by index, the terms in the leader's log: 1 1 2 2 2 4 4 6. */
const terms = [1, 1, 2, 2, 2, 4, 4, 6];
const log = Log.of(terms.map((term, offset) => ({ term, command: `x=${offset + 1}` })));

const leads = {
  role: 'leader',
  currentTerm: 6,
  votedFor: 'A',
  leaderId: 'A',
  log,
  matchIndex: { B: 0, C: 0 },
} as const;

interface Refused {
  readonly prevLogIndex: number;
  readonly hint: Hint;
  readonly matchIndex?: number;
}

const chapters = [
  ['chapter 5', refusalOf(conflictBackoff)],
  ['chapter 6', refusalOf(partitions)],
  ['chapter 7', refusalOf(preVote)],
] as const;

/** What a chapter's leader does when B refuses entries after prevLogIndex with this hint. */
function refusalOf<State extends ReplicationState>(node: {
  init(id: string, peers: readonly string[]): State;
  step(state: State, event: object & { type: string; from: string; to: string }): StepResult<State>;
}) {
  return ({ prevLogIndex, hint, matchIndex = 0 }: Refused) => {
    const before = {
      ...node.init('A', ['B', 'C']),
      ...leads,
      nextIndex: { B: prevLogIndex + 1, C: 9 },
      matchIndex: { B: matchIndex, C: 0 },
    };
    const reply = {
      type: 'AppendEntriesReply',
      from: 'B',
      to: 'A',
      term: 6,
      success: false,
      prevLogIndex,
      lastIndex: prevLogIndex,
      ...hint,
    };
    const { state, effects } = node.step(before, reply);
    const sent = effects.flatMap((effect) => (effect.type === 'send' ? [effect.message] : []));
    return { nextIndex: state.nextIndex['B'], log: state.log, sent };
  };
}

/** The AppendEntries that a leader in its right mind sends to B with this nextIndex. */
const wellFormed = (nextIndex: number) => ({
  type: 'AppendEntries',
  from: 'A',
  to: 'B',
  term: 6,
  prevLogIndex: nextIndex - 1,
  prevLogTerm: terms[nextIndex - 2] ?? 0,
  entries: log.entriesFrom(nextIndex, 3),
  leaderCommit: 0,
});

const cases: readonly (readonly [string, Refused, number])[] = [
  ['a follower with a shorter log', { prevLogIndex: 7, hint: hint(0, 4) }, 4],
  ['a term that the leader has as well', { prevLogIndex: 7, hint: hint(2, 3) }, 6],
  ['a term that the leader never had', { prevLogIndex: 7, hint: hint(3, 4) }, 4],
  ['an index beyond the log', { prevLogIndex: 7, hint: hint(0, 99) }, 7],
  ['a term never had, and an index beyond', { prevLogIndex: 7, hint: hint(3, 99) }, 7],
  ['an index just after the attempt', { prevLogIndex: 7, hint: hint(0, 8) }, 7],
  ['the index 0', { prevLogIndex: 7, hint: hint(0, 0) }, 1],
  ['a negative index', { prevLogIndex: 7, hint: hint(0, -5) }, 1],
  ['a term never had, and a negative index', { prevLogIndex: 7, hint: hint(5, -5) }, 1],
  ['a negative term', { prevLogIndex: 7, hint: hint(-1, 5) }, 5],
  ['a term from the future', { prevLogIndex: 7, hint: hint(99, 6) }, 6],
  ['a term that ends after the attempt', { prevLogIndex: 4, hint: hint(2, 3) }, 4],
  ["the leader's own last term", { prevLogIndex: 7, hint: hint(6, 8) }, 7],
  ['the first index already', { prevLogIndex: 1, hint: hint(9, 7) }, 1],
];

function hint(conflictTerm: number, conflictIndex: number): Hint {
  return { conflictTerm, conflictIndex };
}

for (const [chapter, refuse] of chapters) {
  test(`whatever a hint says, the leader of ${chapter} goes back to a place that makes sense`, (t) => {
    for (const [what, refused, nextIndex] of cases) {
      const { sent, ...after } = refuse(refused);
      t.equal(after.nextIndex, nextIndex, `${what}: nextIndex`);
      t.deepEqual(sent, [wellFormed(nextIndex)], `${what}: what is sent next`);
      t.equal(after.log, log, `${what}: the log of the leader stays`);
    }
    t.end();
  });

  test(`no hint takes the leader of ${chapter} forward, or before the first index`, (t) => {
    for (let prevLogIndex = 1; prevLogIndex <= 8; prevLogIndex++) {
      const wrong: string[] = [];
      for (let conflictTerm = -1; conflictTerm <= 8; conflictTerm++) {
        for (let conflictIndex = -2; conflictIndex <= 11; conflictIndex++) {
          const { nextIndex = NaN } = refuse({
            prevLogIndex,
            hint: { conflictTerm, conflictIndex },
          });
          if (!(nextIndex >= 1 && nextIndex <= prevLogIndex))
            wrong.push(`${conflictTerm}/${conflictIndex} gives ${nextIndex}`);
        }
      }
      t.deepEqual(wrong, [], `refused after ${prevLogIndex}`);
    }
    t.end();
  });

  test(`a refusal where the logs are known to match moves the leader of ${chapter} nowhere`, (t) => {
    const { nextIndex } = refuse({ prevLogIndex: 4, hint: hint(0, 1), matchIndex: 4 });
    t.equal(nextIndex, 5);
    t.end();
  });
}

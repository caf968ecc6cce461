// What the why pages need help with: where the usual searches do not reach, how far to go, or a schedule that somebody
// has thought out.

import type { Act } from '../lib/cluster/step.ts';
import { nodesNamed } from '../lib/trial/trial.ts';
import type { Help } from '../lib/why/verdict-on.ts';

const timeout = (node: string): Act => ({ type: 'timeout', node, timer: 'election' });

const deliver = (type: string, from: string, to: string, nth = 1): Act => ({
  type: 'deliver',
  message: nth === 1 ? { type, from, to } : { type, from, to, nth },
});

/** A voter hears of an election, and its vote arrives. */
const vote = (candidate: string, voter: string, nth = 1): Act[] => [
  deliver('RequestVote', candidate, voter, nth),
  deliver('RequestVoteReply', voter, candidate),
];

/**
 * Five nodes. In term 1, C stores two entries of A, and its answer is late. The leader of term 2 replaces them on
 * A and C by one. In term 3 A leads again, with a second entry of its own, when the old answer arrives.
 */
const oldAcknowledgement: readonly Act[] = [
  timeout('A'),
  ...vote('A', 'B'),
  ...vote('A', 'C'),
  { type: 'request', node: 'A', command: 'x=1' },
  deliver('AppendEntries', 'A', 'C', 2),
  timeout('E'),
  timeout('E'),
  ...vote('E', 'B', 2),
  ...vote('E', 'D', 2),
  deliver('AppendEntries', 'E', 'A'),
  deliver('AppendEntries', 'E', 'C'),
  timeout('A'),
  ...vote('A', 'B'),
  ...vote('A', 'D', 2),
  deliver('AppendEntriesReply', 'C', 'A'),
  deliver('AppendEntries', 'A', 'B', 3),
  deliver('AppendEntriesReply', 'B', 'A'),
  deliver('AppendEntries', 'A', 'B', 3),
  deliver('AppendEntriesReply', 'B', 'A'),
  timeout('C'),
  timeout('C'),
  ...vote('C', 'D', 2),
  ...vote('C', 'E', 2),
];

/** By chapter and part. */
export const help: Readonly<Record<string, Help>> = {
  // A message of an older term, which the filter for stale ones forgets.
  '04-replication refuse-stale-leader': { reach: [[2, 1, 'dead', 1_200_000]] },
  '05-conflict-backoff refuse-stale-leader': { reach: [[2, 1, 'dead', 1_200_000]] },
  // Figure 8. With an entry of its own in every message of a new leader, an old entry is never alone on a majority.
  '06-partitions advance-commit-index / as before': {
    reach: [[4, 1, 'stale', 3_000_000]],
    besides: 'become-leader',
  },
  '06-partitions count-acknowledgement / the reply is from the current term': {
    schedule: { nodes: nodesNamed(5), acts: oldAcknowledgement },
  },
};

// What the why pages need help with: where the usual searches do not reach, how far to go, or a schedule that somebody
// has thought out.

import type { Act } from '../lib/cluster/step.ts';
import { nodesNamed } from '../lib/trial/trial.ts';
import type { Schedule } from '../lib/why/safety.ts';
import type { Help } from '../lib/why/verdict-on.ts';
import * as clients from './why-schedules/clients.ts';
import * as members from './why-schedules/members.ts';
import * as snapshots from './why-schedules/snapshots.ts';

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

/** Runs of chapters 9 to 11, whose worlds are too many for the usual search. */
const schedules: Readonly<Record<string, Schedule>> = {
  '09-clients stop-reading': clients.readOfAFormerTerm,
  '09-clients grant-vote / does not hear from a leader': clients.voteWhileALeaseHolds,
  "09-clients grant-vote / the candidate's log is at least as up to date":
    clients.voteForAShorterLog,
  '10-snapshots stop-reading': clients.readOfAFormerTerm,
  '10-snapshots catch-up / the follower lacks entries': clients.formerLeaderSends,
  '10-snapshots ask-for-chunk': snapshots.installsHalf,
  '10-snapshots store-chunk / it begins where the last one ended': snapshots.chunksAnywhere,
  '10-snapshots store-chunk / it is of the snapshot that is being received':
    snapshots.chunksOfTwoSnapshots,
  '10-snapshots discard-log / the log does not hold the last entry of the snapshot':
    snapshots.suffixDiscarded,
  '11-membership stop-reading': clients.readOfAFormerTerm,
  '11-membership begin-change / the latest configuration is committed': members.twoChangesInARow,
  '11-membership read-by-lease / nobody was told to stand for election': members.leaseInATransfer,
  '11-membership transfer-leadership / is the leader': members.followerHandsOver,
  '11-membership obey-timeout-now / the leader of the current term asks':
    members.obeysAFormerLeader,
  '11-membership begin-snapshot / as before': members.membersNotTold,
  '11-membership answer-reads / as before': members.strangersConfirm,
  '11-membership grant-vote / does not hear from a leader': members.voteInTheSameTerm,
};

const written = Object.fromEntries(
  Object.entries(schedules).map(([about, schedule]): [string, Help] => [about, { schedule }]),
);

/** By chapter and part. */
export const help: Readonly<Record<string, Help>> = {
  ...written,
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

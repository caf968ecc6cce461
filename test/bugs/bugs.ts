// Every bug of the zoo, and what is not in it.

import type { Bug } from './bug.ts';
import { acknowledgements } from './acknowledgements.ts';
import { backoff } from './backoff.ts';
import { checkQuorum } from './check-quorum.ts';
import { clients } from './clients.ts';
import { commit } from './commit.ts';
import { determinism } from './determinism.ts';
import { heartbeats } from './heartbeats.ts';
import { majorities } from './majorities.ts';
import { members } from './members.ts';
import { paxosAcceptors } from './paxos-acceptors.ts';
import { paxosProposers } from './paxos-proposers.ts';
import { persistence } from './persistence.ts';
import { preVote } from './pre-vote.ts';
import { reads } from './reads.ts';
import { replication } from './replication.ts';
import { roles } from './roles.ts';
import { sessions } from './sessions.ts';
import { snapshotTransfer } from './snapshot-transfer.ts';
import { snapshots } from './snapshots.ts';
import { terms } from './terms.ts';
import { timers } from './timers.ts';
import { transfer } from './transfer.ts';
import { voting } from './voting.ts';

export const bugs: readonly Bug[] = [
  ...roles,
  ...terms,
  ...timers,
  ...voting,
  ...heartbeats,
  ...replication,
  ...acknowledgements,
  ...commit,
  ...backoff,
  ...checkQuorum,
  ...preVote,
  ...persistence,
  ...clients,
  ...paxosProposers,
  ...paxosAcceptors,
  ...sessions,
  ...reads,
  ...snapshots,
  ...snapshotTransfer,
  ...members,
  ...majorities,
  ...transfer,
  ...determinism,
];

/** Documented mistakes that chapters 1 to 10 have no rule for, and why. */
export const notHere: readonly { readonly mistake: string; readonly because: string }[] = [
  {
    mistake: 'the timer is restarted before a slow write',
    because: 'a write takes no time here',
  },
  {
    mistake: 'an entry is dropped after a failed write and its index used again',
    because: 'a write may be lost in a crash, but it does not fail',
  },
  {
    mistake: 'a hint equal to nextIndex is no hint, and leads below a snapshot',
    because:
      'a refusal of the latest attempt always makes the leader go back, and below its log it sends the snapshot',
  },
  {
    mistake: 'a refusal that is about the term lowers nextIndex',
    because: 'a leader that learns of a newer term forgets nextIndex, so there is nothing to lower',
  },
  {
    mistake: 'prevLogIndex is taken from the identity of a command',
    because: 'commands have no identity but their text',
  },
  {
    mistake: 'clients whose commands are in the log are not told when their leader steps down',
    because: 'the reference does not tell them either: the command may yet be committed',
  },
  {
    mistake: 'sessions expire by a local clock',
    because: 'sessions do not expire',
  },
  {
    mistake: 'one number for each client swallows a request that overtakes another',
    because: 'a client waits for each answer before it sends its next command',
  },
  {
    mistake: 'a follower reads by an index that it got earlier, or takes it for its commitIndex',
    because: 'only the leader reads, so no index is sent',
  },
  {
    mistake: 'a lease is measured by a wall clock that is set back',
    because: 'the lease is counted in rounds: no clock enters the rules',
  },
  {
    mistake: 'votedFor is tested for truth, and node 0 is false',
    because: 'nodes are named by letters',
  },
];

// Chapter 6: partitions. A leader commits by counting only what is of its own term, starts its term with an
// entry of its own, and steps down when it does not hear from a majority any more.

import { noOp } from '../../lib/machine/key-value.ts';
import type { NodeId } from '../../lib/node/contract.ts';
import { nodeFromRules } from '../../lib/rules/node.ts';
import { refine, rulesOf } from '../../lib/rules/rule.ts';
import * as chapter3 from '../03-voting/voting.ts';
import { majorityIndex } from '../04-replication/comparisons.ts';
import * as chapter4 from '../04-replication/replication.ts';
import type { ReplicationState } from '../04-replication/state.ts';
import { sendEntries, startLeading, stopLeading } from '../04-replication/state.ts';
import type { ConflictBackoff } from '../05-conflict-backoff/conflict-backoff.ts';
import * as chapter5 from '../05-conflict-backoff/conflict-backoff.ts';

export interface PartitionsState extends ReplicationState {
  /** On a leader: the followers that answered since its last check, in alphabetical order. */
  heardFrom: readonly NodeId[];
}

export interface Partitions {
  state: PartitionsState;
  messages: ConflictBackoff['messages'];
}

const rule = rulesOf<Partitions>();

export const adoptNewerTerm = refine<Partitions>()(chapter4.adoptNewerTerm, {
  also(me) {
    me.heardFrom = [];
  },
});

export const becomeLeader = refine<Partitions>()(chapter4.becomeLeader, {
  says: 'A candidate with the votes of a majority leads, and begins its term with an entry of its own.',
  paper: '§5.2, §5.3, §8, Fig. 2 Candidates 2, Leaders 1',
  then(me, event, act) {
    startLeading(me);
    me.heardFrom = [];
    me.log = me.log.append([{ term: me.currentTerm, command: noOp }]);
    for (const peer of me.peers) sendEntries(me, peer, act);
    act.restartHeartbeatTimer();
    act.restartElectionTimer();
  },
});

export const countAcknowledgement = refine<Partitions>()(chapter4.countAcknowledgement, {
  when: {
    'is the leader': (me) => me.role === 'leader',
  },
});

export const advanceCommitIndex = rule({
  name: 'advance-commit-index',
  paper: '§5.3, §5.4.2, Fig. 2 Leaders 4',
  says: 'An entry of the current term is committed once a majority stores it, and all before it.',
  replaces: chapter4.advanceCommitIndex,
  on: 'any event',
  when: {
    'a majority stores a further entry of the current term': (me) =>
      majorityIndex(me) > me.commitIndex && me.log.termAt(majorityIndex(me)) === me.currentTerm,
  },
  then(me) {
    me.commitIndex = majorityIndex(me);
  },
});

export const noteContact = rule({
  name: 'note-contact',
  paper: 'thesis §6.2',
  says: 'The leader notes which followers answer.',
  on: 'AppendEntriesReply',
  when: {
    'is the leader': (me) => me.role === 'leader',
    'the reply is from the current term': (me, reply) => reply.term === me.currentTerm,
    'the follower is not noted yet': (me, reply) => !me.heardFrom.includes(reply.from),
  },
  then(me, reply) {
    me.heardFrom = [...me.heardFrom, reply.from].sort();
  },
});

export const stepDown = rule({
  name: 'step-down',
  paper: 'thesis §6.2',
  says: 'A leader that has not heard from a majority for an election timeout becomes a follower.',
  on: 'ElectionTimeout',
  when: {
    'is the leader': (me) => me.role === 'leader',
    'has not heard from a majority': (me) => me.heardFrom.length + 1 < chapter3.majority(me),
  },
  then(me) {
    me.role = 'follower';
    stopLeading(me);
  },
});

export const waitAnew = rule({
  name: 'wait-anew',
  paper: 'thesis §6.2',
  says: 'After an election timeout everybody waits for another; a leader waits for new answers.',
  on: 'ElectionTimeout',
  then(me, timeout, act) {
    me.heardFrom = [];
    act.restartElectionTimer();
  },
});

export const partitions = nodeFromRules<Partitions>({
  init: (id, peers) => ({ ...chapter4.replication.init(id, peers), heardFrom: [] }),
  rules: [
    adoptNewerTerm,
    chapter5.refuseStaleLeader,
    chapter3.refuseStaleCandidate,
    chapter4.startElection,
    chapter4.requestVotes,
    stepDown,
    waitAnew,
    chapter4.grantVote,
    chapter3.countVote,
    becomeLeader,
    chapter4.sendHeartbeats,
    chapter4.appendCommand,
    chapter4.followLeader,
    chapter5.checkConsistency,
    chapter5.truncateConflict,
    chapter4.appendEntries,
    chapter5.acknowledge,
    chapter4.learnCommitIndex,
    noteContact,
    countAcknowledgement,
    chapter5.jumpBack,
    chapter5.catchUp,
    advanceCommitIndex,
    chapter4.applyCommitted,
  ],
});

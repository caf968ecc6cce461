// Chapter 5: conflict backoff. A follower cuts off what conflicts, and the leader goes back until the logs
// meet: one index at a time, or with a hint, one term at a time.

import type { MessageOf } from '../../lib/rules/rule.ts';
import { nodeFromRules } from '../../lib/rules/node.ts';
import { refine, rulesOf } from '../../lib/rules/rule.ts';
import * as chapter3 from '../03-voting/voting.ts';
import * as chapter4 from '../04-replication/replication.ts';
import type { Replication, ReplicationState } from '../04-replication/state.ts';
import { replyTo, sendEntries } from '../04-replication/state.ts';

export interface ConflictBackoff {
  state: ReplicationState;
  messages: Omit<Replication['messages'], 'AppendEntriesReply'> & {
    AppendEntriesReply: Replication['messages']['AppendEntriesReply'] & Hint;
  };
}

/** What a follower tells about its log when it refuses; both are 0 when there is nothing to tell. */
export interface Hint {
  /** The term of its entry at prevLogIndex, when it has one there. */
  conflictTerm: number;
  /** The first index that it stores for that term, or the first where it has no entry. */
  conflictIndex: number;
}

const noHint: Hint = { conflictTerm: 0, conflictIndex: 0 };

const rule = rulesOf<ConflictBackoff>();

export const refuseStaleLeader = refine<ConflictBackoff>()(chapter4.refuseStaleLeader, {
  then(me, append, act) {
    act.reply({ ...replyTo(me, append, false), ...noHint });
  },
});

/** Where the log of a follower parts from what the leader supposes. */
export function hintFor(
  { log }: Readonly<ReplicationState>,
  { prevLogIndex }: MessageOf<ConflictBackoff, 'AppendEntries'>,
): Hint {
  const conflictTerm = log.termAt(prevLogIndex);
  if (conflictTerm === undefined) return { conflictTerm: 0, conflictIndex: log.lastIndex + 1 };
  return { conflictTerm, conflictIndex: log.firstIndexOf(conflictTerm) };
}

export const checkConsistency = refine<ConflictBackoff>()(chapter4.checkConsistency, {
  says: 'Refuse entries when the log does not hold an entry of prevLogTerm at prevLogIndex, and tell why.',
  then(me, append, act) {
    act.reply({ ...replyTo(me, append, false), ...hintFor(me, append) });
  },
});

export const truncateConflict = rule({
  name: 'truncate-conflict',
  paper: '§5.3, Fig. 2 AppendEntries 3',
  says: 'Where an entry conflicts with a new one, cut it and all that follow it; what comes before stays.',
  on: 'AppendEntries',
  when: {
    'an entry conflicts with the log': (me, append) =>
      me.log.firstConflict(append.prevLogIndex + 1, append.entries) !== undefined,
  },
  then(me, append) {
    const conflict = me.log.firstConflict(append.prevLogIndex + 1, append.entries);
    me.log = me.log.upTo((conflict ?? append.prevLogIndex + 1) - 1);
  },
});

export const acknowledge = refine<ConflictBackoff>()(chapter4.acknowledge, {
  then(me, append, act) {
    act.reply({ ...replyTo(me, append, true), ...noHint });
  },
});

type Me = Readonly<ReplicationState>;
type Reply = MessageOf<ConflictBackoff, 'AppendEntriesReply'>;

/** When a refusal makes the leader go back, whichever way it does. */
const refusedInTime = {
  'the entries were refused': (me: Me, reply: Reply) => !reply.success,
  'the reply is about the latest attempt': (me: Me, reply: Reply) =>
    reply.prevLogIndex + 1 === me.nextIndex[reply.from],
  'the logs are not known to match there': (me: Me, reply: Reply) =>
    reply.prevLogIndex > (me.matchIndex[reply.from] ?? 0),
};

export const stepBack = rule({
  name: 'step-back',
  paper: '§5.3, Fig. 2 Leaders 3',
  says: 'When a follower refuses, the leader tries one index earlier.',
  on: 'AppendEntriesReply',
  when: refusedInTime,
  then(me, reply) {
    me.nextIndex = { ...me.nextIndex, [reply.from]: reply.prevLogIndex };
  },
});

export const jumpBack = rule({
  name: 'jump-back',
  paper: '§5.3, the optimisation',
  says: 'After a refusal the leader skips a whole term, or goes to the end of a log that is too short.',
  on: 'AppendEntriesReply',
  when: refusedInTime,
  then(me, reply) {
    const { conflictTerm, conflictIndex, prevLogIndex, from } = reply;
    const lastOfTerm = conflictTerm === 0 ? 0 : me.log.lastIndexOf(conflictTerm);
    const target = lastOfTerm > 0 ? lastOfTerm + 1 : conflictIndex;
    // Whatever the hint says: go back, but not before the first index.
    const nextIndex = Math.max(1, Math.min(target, prevLogIndex));
    me.nextIndex = { ...me.nextIndex, [from]: nextIndex };
  },
});

export const catchUp = rule({
  name: 'catch-up',
  paper: '§5.3, Fig. 2 Leaders 3',
  says: 'As long as a follower lacks entries, the leader meets each of its answers with more.',
  on: 'AppendEntriesReply',
  when: {
    'the follower lacks entries': (me, reply) =>
      (me.nextIndex[reply.from] ?? Infinity) <= me.log.lastIndex,
  },
  then(me, reply, act) {
    sendEntries(me, reply.from, act);
  },
});

/** The protocol of this chapter. */
export const conflictBackoff = nodeFromRules<ConflictBackoff>({
  init: chapter4.replication.init,
  rules: [
    chapter4.adoptNewerTerm,
    refuseStaleLeader,
    chapter3.refuseStaleCandidate,
    chapter4.startElection,
    chapter4.requestVotes,
    chapter4.grantVote,
    chapter3.countVote,
    chapter4.becomeLeader,
    chapter4.sendHeartbeats,
    chapter4.appendCommand,
    chapter4.followLeader,
    checkConsistency,
    truncateConflict,
    chapter4.appendEntries,
    acknowledge,
    chapter4.learnCommitIndex,
    chapter4.countAcknowledgement,
    jumpBack,
    catchUp,
    chapter4.advanceCommitIndex,
    chapter4.applyCommitted,
  ],
});

/** The same with the simpler rule of Figure 2, to compare the two. */
export const oneByOne = nodeFromRules<ConflictBackoff>({
  init: chapter4.replication.init,
  rules: conflictBackoff.rules.map((each) => (each === jumpBack ? stepBack : each)),
});

// Chapter 5, Conflict backoff: write the rules yourself. Each todo names the rule that has the gap.
//
//   npm run watch -- 5             replays the chapter's runs each time you save
//   npm run hint -- 5              lists the gaps, and how to get a hint
//   npm run repl -- 5 --exercise   lets you play with your nodes
//   npm run exercises -- 5         begins anew, and throws away what you wrote
//
// You may import from lib/ and from earlier chapters, but not from conflict-backoff.ts, the
// solution. You may also export any other RaftNode instead: pure init and step, as in
// lib/node/contract.ts.
//
// Useful here:
//   import { replyTo, sendEntries } from '../04-replication/state.ts';

import { todo } from '../../lib/exercise/todo.ts';
import type { MessageOf } from '../../lib/rules/rule.ts';
import { nodeFromRules } from '../../lib/rules/node.ts';
import { refine, rulesOf } from '../../lib/rules/rule.ts';
import * as chapter3 from '../03-voting/voting.ts';
import * as chapter4 from '../04-replication/replication.ts';
import type { Replication, ReplicationState } from '../04-replication/state.ts';

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

const rule = rulesOf<ConflictBackoff>();

// Entries or a heartbeat from an older term are refused; the reply tells the newer term.
// §5.1, Fig. 2 AppendEntries 1
// Refines chapter4.refuseStaleLeader, which asks: the heartbeat has an older term. `then` replaces
// its action.
// Hints: npm run hint -- 5 refuse-stale-leader
export const refuseStaleLeader = refine<ConflictBackoff>()(chapter4.refuseStaleLeader, {
  then(me, append, act) {
    todo('refuse-stale-leader');
  },
});

/** Where the log of a follower parts from what the leader supposes. */
export function hintFor(
  { log }: Readonly<ReplicationState>,
  { prevLogIndex }: MessageOf<ConflictBackoff, 'AppendEntries'>,
): Hint {
  return todo('check-consistency');
}

// Refuse entries when the log does not hold an entry of prevLogTerm at prevLogIndex, and tell why.
// §5.3, Fig. 2 AppendEntries 2
// Refines chapter4.checkConsistency, which asks: the log has no such entry. `then` replaces its
// action.
// Hints: npm run hint -- 5 check-consistency
export const checkConsistency = refine<ConflictBackoff>()(chapter4.checkConsistency, {
  says: 'Refuse entries when the log does not hold an entry of prevLogTerm at prevLogIndex, and tell why.',
  then(me, append, act) {
    todo('check-consistency');
  },
});

// Where an entry conflicts with a new one, cut it and all that follow it; what comes before stays.
// §5.3, Fig. 2 AppendEntries 3
// Hints: npm run hint -- 5 truncate-conflict
export const truncateConflict = rule({
  name: 'truncate-conflict',
  paper: '§5.3, Fig. 2 AppendEntries 3',
  says: 'Where an entry conflicts with a new one, cut it and all that follow it; what comes before stays.',
  on: 'AppendEntries',
  when: {
    'an entry conflicts with the log': (me, append) => todo('truncate-conflict'),
  },
  then(me, append) {
    todo('truncate-conflict');
  },
});

// Tell the leader up to which index this log is known to be the same as the leader's.
// §5.3
// Refines chapter4.acknowledge. `then` replaces its action.
// Hints: npm run hint -- 5 acknowledge
export const acknowledge = refine<ConflictBackoff>()(chapter4.acknowledge, {
  then(me, append, act) {
    todo('acknowledge');
  },
});

// After a refusal the leader skips a whole term, or goes to the end of a log that is too short.
// §5.3, the optimisation
// Hints: npm run hint -- 5 jump-back
export const jumpBack = rule({
  name: 'jump-back',
  paper: '§5.3, the optimisation',
  says: 'After a refusal the leader skips a whole term, or goes to the end of a log that is too short.',
  on: 'AppendEntriesReply',
  when: {
    'the entries were refused': (me, reply) => todo('jump-back'),
    'the reply is about the latest attempt': (me, reply) => todo('jump-back'),
    'the logs are not known to match there': (me, reply) => todo('jump-back'),
  },
  then(me, reply) {
    todo('jump-back');
  },
});

// As long as a follower lacks entries, the leader meets each of its answers with more.
// §5.3, Fig. 2 Leaders 3
// Hints: npm run hint -- 5 catch-up
export const catchUp = rule({
  name: 'catch-up',
  paper: '§5.3, Fig. 2 Leaders 3',
  says: 'As long as a follower lacks entries, the leader meets each of its answers with more.',
  on: 'AppendEntriesReply',
  when: {
    'the follower lacks entries': (me, reply) => todo('catch-up'),
  },
  then(me, reply, act) {
    todo('catch-up');
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

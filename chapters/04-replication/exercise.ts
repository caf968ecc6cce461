// Chapter 4, Replication: write the rules yourself. Each todo names the rule that has the gap.
//
//   npm run watch -- 4             replays the chapter's runs each time you save
//   npm run hint -- 4              lists the gaps, and how to get a hint
//   npm run repl -- 4 --exercise   lets you play with your nodes
//   npm run exercises -- 4         begins anew, and throws away what you wrote
//
// You may import from lib/ and from earlier chapters, but not from replication.ts, the solution.
// You may also export any other RaftNode instead: pure init and step, as in lib/node/contract.ts.
//
// Useful here:
//   import { applyCommand, noOp } from '../../lib/machine/key-value.ts';
//   import { lastIndexOf, replyTo, sendEntries, startLeading, stopLeading } from './state.ts';
//   import type { Entry } from '../../lib/log/log.ts';

import { todo } from '../../lib/exercise/todo.ts';
import { Log } from '../../lib/log/log.ts';
import { nodeFromRules } from '../../lib/rules/node.ts';
import { refine, rulesOf } from '../../lib/rules/rule.ts';
import * as chapter1 from '../01-roles/roles.ts';
import * as chapter2 from '../02-terms/terms.ts';
import * as chapter3 from '../03-voting/voting.ts';
import type { Replication } from './state.ts';

const rule = rulesOf<Replication>();

// A node that sees a newer term adopts it, becomes a follower and may vote again.
// §5.1, Fig. 2 All Servers 2
// Refines chapter3.adoptNewerTerm, which asks: the message has a newer term. `also` comes after its
// action.
// Hints: npm run hint -- 4 adopt-newer-term
export const adoptNewerTerm = refine<Replication>()(chapter3.adoptNewerTerm, {
  also(me) {
    todo('adopt-newer-term');
  },
});

// Entries or a heartbeat from an older term are refused; the reply tells the newer term.
// §5.1, Fig. 2 AppendEntries 1
// Refines chapter2.refuseStaleLeader, which asks: the heartbeat has an older term. `then` replaces
// its action.
// Hints: npm run hint -- 4 refuse-stale-leader
export const refuseStaleLeader = refine<Replication>()(chapter2.refuseStaleLeader, {
  says: 'Entries or a heartbeat from an older term are refused; the reply tells the newer term.',
  then(me, append, act) {
    todo('refuse-stale-leader');
  },
});

// A node that hears from no leader starts a new term as candidate and votes for itself.
// §5.2, Fig. 2 Followers 2, Candidates 1 and 4
// Refines chapter3.startElection, which asks: is not the leader. `also` comes after its action.
// Hints: npm run hint -- 4 start-election
export const startElection = refine<Replication>()(chapter3.startElection, {
  also(me) {
    todo('start-election');
  },
});

// A candidate asks every other node for its vote and tells how far its log goes.
// §5.2, Fig. 2 Candidates 1
// Refines chapter3.requestVotes, which asks: is a candidate. `then` replaces its action.
// Hints: npm run hint -- 4 request-votes
export const requestVotes = refine<Replication>()(chapter3.requestVotes, {
  says: 'A candidate asks every other node for its vote and tells how far its log goes.',
  then(me, timeout, act) {
    todo('request-votes');
  },
});

// Vote for the first candidate in this term whose log is at least as up to date as mine.
// §5.2, §5.4.1, Fig. 2 RequestVote 2
// Refines chapter3.grantVote, which asks: has not voted for another candidate this term. Its action
// stays.
// Hints: npm run hint -- 4 grant-vote
export const grantVote = refine<Replication>()(chapter3.grantVote, {
  paper: '§5.2, §5.4.1, Fig. 2 RequestVote 2',
  says: 'Vote for the first candidate in this term whose log is at least as up to date as mine.',
  when: {
    "the candidate's log is at least as up to date": (me, request) => todo('grant-vote'),
  },
});

// A candidate with the votes of a majority leads, and does not know yet what any follower stores.
// §5.2, §5.3, Fig. 2 Candidates 2, Leaders 1
// Refines chapter3.becomeLeader, which asks: is a candidate; has votes from a majority. `then`
// replaces its action.
// Hints: npm run hint -- 4 become-leader
export const becomeLeader = refine<Replication>()(chapter3.becomeLeader, {
  says: 'A candidate with the votes of a majority leads, and does not know yet what any follower stores.',
  paper: '§5.2, §5.3, Fig. 2 Candidates 2, Leaders 1',
  then(me, event, act) {
    todo('become-leader');
  },
});

// The leader repeats its heartbeat, and with it the entries that are not acknowledged.
// §5.2, §5.3, Fig. 2 Leaders 1 and 3
// Refines chapter2.sendHeartbeats, which asks: is the leader. `then` replaces its action.
// Hints: npm run hint -- 4 send-heartbeats
export const sendHeartbeats = refine<Replication>()(chapter2.sendHeartbeats, {
  paper: '§5.2, §5.3, Fig. 2 Leaders 1 and 3',
  says: 'The leader repeats its heartbeat, and with it the entries that are not acknowledged.',
  then(me, timeout, act) {
    todo('send-heartbeats');
  },
});

// The leader appends a command to its log and sends it out; others name the leader.
// §5.3, §8, Fig. 2 Leaders 2
// Hints: npm run hint -- 4 append-command
export const appendCommand = rule({
  name: 'append-command',
  paper: '§5.3, §8, Fig. 2 Leaders 2',
  says: 'The leader appends a command to its log and sends it out; others name the leader.',
  on: 'ClientRequest',
  when: {
    'is the leader': (me) => todo('append-command'),
  },
  then(me, request, act) {
    todo('append-command');
  },
  otherwise(me, request, act) {
    todo('append-command');
  },
});

// A node that hears from the leader of its term follows it and remembers who it is.
// §5.2, Fig. 2 Followers 2, Candidates 3
// Refines chapter1.followLeader. `also` comes after its action.
// Hints: npm run hint -- 4 follow-leader
export const followLeader = refine<Replication>()(chapter1.followLeader, {
  says: 'A node that hears from the leader of its term follows it and remembers who it is.',
  also(me, append) {
    todo('follow-leader');
  },
});

// Refuse entries when the log does not hold an entry of prevLogTerm at prevLogIndex.
// §5.3, Fig. 2 AppendEntries 2
// Hints: npm run hint -- 4 check-consistency
export const checkConsistency = rule({
  name: 'check-consistency',
  paper: '§5.3, Fig. 2 AppendEntries 2',
  says: 'Refuse entries when the log does not hold an entry of prevLogTerm at prevLogIndex.',
  on: 'AppendEntries',
  when: {
    'the log has no such entry': (me, append) => todo('check-consistency'),
  },
  then(me, append, act) {
    todo('check-consistency');
  },
  last: true,
});

// Refuse entries that conflict with the log. Chapter 5 does better.
// Fig. 2 AppendEntries 3, which says more
// Hints: npm run hint -- 4 refuse-conflict
export const refuseConflict = rule({
  name: 'refuse-conflict',
  paper: 'Fig. 2 AppendEntries 3, which says more',
  says: 'Refuse entries that conflict with the log. Chapter 5 does better.',
  on: 'AppendEntries',
  when: {
    'an entry conflicts with the log': (me, append) => todo('refuse-conflict'),
  },
  then(me, append, act) {
    todo('refuse-conflict');
  },
  last: true,
});

// Append the entries that are not in the log yet; cut nothing.
// §5.3, Fig. 2 AppendEntries 4
// Hints: npm run hint -- 4 append-entries
export const appendEntries = rule({
  name: 'append-entries',
  paper: '§5.3, Fig. 2 AppendEntries 4',
  says: 'Append the entries that are not in the log yet; cut nothing.',
  on: 'AppendEntries',
  when: {
    'there are entries beyond the end of the log': (me, append) => todo('append-entries'),
  },
  then(me, append) {
    todo('append-entries');
  },
});

// Tell the leader up to which index this log is known to be the same as the leader's.
// §5.3
// Hints: npm run hint -- 4 acknowledge
export const acknowledge = rule({
  name: 'acknowledge',
  paper: '§5.3',
  says: "Tell the leader up to which index this log is known to be the same as the leader's.",
  on: 'AppendEntries',
  then(me, append, act) {
    todo('acknowledge');
  },
});

// Believe the leader about what is committed, as far as this log is known to match the leader's.
// §5.3, Fig. 2 AppendEntries 5
// Hints: npm run hint -- 4 learn-commit-index
export const learnCommitIndex = rule({
  name: 'learn-commit-index',
  paper: '§5.3, Fig. 2 AppendEntries 5',
  says: "Believe the leader about what is committed, as far as this log is known to match the leader's.",
  on: 'AppendEntries',
  when: {
    'more is committed than this node knew': (me, append) => todo('learn-commit-index'),
  },
  then(me, append) {
    todo('learn-commit-index');
  },
});

// The leader notes how far each follower stores its log.
// §5.3, Fig. 2 Leaders 3
// Hints: npm run hint -- 4 count-acknowledgement
export const countAcknowledgement = rule({
  name: 'count-acknowledgement',
  paper: '§5.3, Fig. 2 Leaders 3',
  says: 'The leader notes how far each follower stores its log.',
  on: 'AppendEntriesReply',
  when: {
    'the reply is from the current term': (me, reply) => todo('count-acknowledgement'),
    'the entries were accepted': (me, reply) => todo('count-acknowledgement'),
    'it tells of more than was known': (me, reply) => todo('count-acknowledgement'),
  },
  then(me, reply) {
    todo('count-acknowledgement');
  },
});

// The leader takes for committed what a majority stores. Chapter 6 is stricter.
// §5.3, Fig. 2 Leaders 4
// Hints: npm run hint -- 4 advance-commit-index
export const advanceCommitIndex = rule({
  name: 'advance-commit-index',
  paper: '§5.3, Fig. 2 Leaders 4',
  says: 'The leader takes for committed what a majority stores. Chapter 6 is stricter.',
  on: 'any event',
  when: {
    'a majority stores a further entry': (me) => todo('advance-commit-index'),
  },
  then(me) {
    todo('advance-commit-index');
  },
});

// Apply committed entries in the order of the log; the leader answers its clients.
// §5.3, Fig. 2 All Servers 1, Leaders 2
// Hints: npm run hint -- 4 apply-committed
export const applyCommitted = rule({
  name: 'apply-committed',
  paper: '§5.3, Fig. 2 All Servers 1, Leaders 2',
  says: 'Apply committed entries in the order of the log; the leader answers its clients.',
  on: 'any event',
  when: {
    'an entry is committed and not applied': (me) => todo('apply-committed'),
  },
  then(me, event, act) {
    todo('apply-committed');
  },
});

export const replication = nodeFromRules<Replication>({
  init: (id, peers) => ({
    ...chapter3.voting.init(id, peers),
    leaderId: null,
    log: Log.empty,
    commitIndex: 0,
    lastApplied: 0,
    machine: {},
    nextIndex: {},
    matchIndex: {},
  }),
  rules: [
    adoptNewerTerm,
    refuseStaleLeader,
    chapter3.refuseStaleCandidate,
    startElection,
    requestVotes,
    grantVote,
    chapter3.countVote,
    becomeLeader,
    sendHeartbeats,
    appendCommand,
    followLeader,
    checkConsistency,
    refuseConflict,
    appendEntries,
    acknowledge,
    learnCommitIndex,
    countAcknowledgement,
    advanceCommitIndex,
    applyCommitted,
  ],
});

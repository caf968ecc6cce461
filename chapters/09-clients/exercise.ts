// Chapter 9, Clients: write the rules yourself. Each todo names the rule that has the gap.
//
//   npm run watch -- 9             replays the chapter's runs each time you save
//   npm run hint -- 9              lists the gaps, and how to get a hint
//   npm run repl -- 9 --exercise   lets you play with your nodes
//   npm run exercises -- 9         begins anew, and throws away what you wrote
//
// You may import from lib/ and from earlier chapters, but not from clients.ts, the solution. You
// may also export any other RaftNode instead: pure init and step, as in lib/node/contract.ts.
//
// Useful here:
//   import { execute, noOp } from '../../lib/machine/key-value.ts';
//   import { startLeading } from '../04-replication/state.ts';
//   import { confirmedRound, noEntry, replyTo, sendEntries, sessionOf, startRound, whose } from './state.ts';

import { todo } from '../../lib/exercise/todo.ts';
import type { ClientCommand, Told } from '../../lib/node/contract.ts';
import { nodeFromRules } from '../../lib/rules/node.ts';
import { refine, rulesOf } from '../../lib/rules/rule.ts';
import * as chapter3 from '../03-voting/voting.ts';
import * as chapter4 from '../04-replication/replication.ts';
import * as chapter5 from '../05-conflict-backoff/conflict-backoff.ts';
import * as chapter6 from '../06-partitions/partitions.ts';
import * as chapter7 from '../07-prevote/prevote.ts';
import * as chapter8 from '../08-persistence/persistence.ts';
import type { Clients, ClientsState } from './state.ts';

const rule = rulesOf<Clients>();

// Entries or a heartbeat from an older term are refused; the reply tells the newer term.
// §5.1, Fig. 2 AppendEntries 1
// Refines chapter5.refuseStaleLeader, which asks: the heartbeat has an older term. `then` replaces
// its action.
// Hints: npm run hint -- 9 refuse-stale-leader
export const refuseStaleLeader = refine<Clients>()(chapter5.refuseStaleLeader, {
  then(me, append, act) {
    todo('refuse-stale-leader');
  },
});

// Who leads no more has no lease, and sends waiting readers away.
// thesis §6.2, §6.4.1
// Hints: npm run hint -- 9 stop-reading
export const stopReading = rule({
  name: 'stop-reading',
  paper: 'thesis §6.2, §6.4.1',
  says: 'Who leads no more has no lease, and sends waiting readers away.',
  on: 'any event',
  when: {
    'leads no more': (me) => todo('stop-reading'),
  },
  then(me, event, act) {
    todo('stop-reading');
  },
});

// Vote for the first candidate whose log is at least as up to date, unless a leader is heard.
// §5.2, §5.4.1, Fig. 2 RequestVote 2, Persistent state, thesis §4.2.3, §6.4.1
// Refines chapter8.grantVote, which asks: has not voted for another candidate this term; the
// candidate's log is at least as up to date. Its action stays.
// Hints: npm run hint -- 9 grant-vote
export const grantVote = refine<Clients>()(chapter8.grantVote, {
  paper: '§5.2, §5.4.1, Fig. 2 RequestVote 2, Persistent state, thesis §4.2.3, §6.4.1',
  says: 'Vote for the first candidate whose log is at least as up to date, unless a leader is heard.',
  when: {
    'does not hear from a leader': (me) => todo('grant-vote'),
  },
});

// A candidate with a majority leads, and writes down the first entry of its term before it sends
// it.
// §5.2, §5.3, §8, Fig. 2 Candidates 2, Leaders 1, Persistent state
// Refines chapter8.becomeLeader, which asks: is a candidate; has votes from a majority. `then`
// replaces its action.
// Hints: npm run hint -- 9 become-leader
export const becomeLeader = refine<Clients>()(chapter8.becomeLeader, {
  then(me, event, act) {
    todo('become-leader');
  },
});

// The leader begins a new round: a heartbeat to all, with the entries not acknowledged.
// §5.2, §5.3, Fig. 2 Leaders 1 and 3, thesis §6.4
// Refines chapter4.sendHeartbeats, which asks: is the leader. `then` replaces its action.
// Hints: npm run hint -- 9 send-heartbeats
export const sendHeartbeats = refine<Clients>()(chapter4.sendHeartbeats, {
  paper: '§5.2, §5.3, Fig. 2 Leaders 1 and 3, thesis §6.4',
  says: 'The leader begins a new round: a heartbeat to all, with the entries not acknowledged.',
  then(me, timeout, act) {
    todo('send-heartbeats');
  },
});

// A command that was executed before is answered at once, with its result.
// §8, thesis §6.3
// Hints: npm run hint -- 9 answer-again
export const answerAgain = rule({
  name: 'answer-again',
  paper: '§8, thesis §6.3',
  says: 'A command that was executed before is answered at once, with its result.',
  on: 'ClientRequest',
  when: {
    'it was executed before': (me, request) => todo('answer-again'),
  },
  then(me, request, act) {
    todo('answer-again');
  },
  last: true,
});

/**
 * For how many heartbeat intervals a round gives the lease, from when it began: less than the
 * shortest election timeout, even when a follower's clock runs almost half as fast again as the leader's.
 */
export const leaseRounds = 2;

/** True while nobody else can have been elected, as long as clocks run about equally fast. */
export const holdsLease = (me: Readonly<ClientsState>): boolean => todo('read-by-lease');

/** True once commitIndex covers all that was committed before the term of this leader (§5.4.2, §8). */
export const knowsCommitted = (me: Readonly<ClientsState>): boolean => todo('read-by-lease');

// A leader that a majority has answered lately may read at once: nobody else can lead yet.
// thesis §6.4.1
// Hints: npm run hint -- 9 read-by-lease
export const readByLease = rule({
  name: 'read-by-lease',
  paper: 'thesis §6.4.1',
  says: 'A leader that a majority has answered lately may read at once: nobody else can lead yet.',
  on: 'ClientRequest',
  when: {
    'the read may rely on clocks': (me, request) => todo('read-by-lease'),
    'the leader holds a lease': (me) => todo('read-by-lease'),
    'an entry of its own term is committed': (me) => todo('read-by-lease'),
  },
  then(me, request, act) {
    todo('read-by-lease');
  },
  last: true,
});

// A read may wait for a round of messages instead of an entry in the log.
// §8, thesis §6.4
// Hints: npm run hint -- 9 read-by-index
export const readByIndex = rule({
  name: 'read-by-index',
  paper: '§8, thesis §6.4',
  says: 'A read may wait for a round of messages instead of an entry in the log.',
  on: 'ClientRequest',
  when: {
    'the read may do without the log': (me, request) => todo('read-by-index'),
    'is the leader': (me) => todo('read-by-index'),
    'an entry of its own term is committed': (me) => todo('read-by-index'),
  },
  then(me, request, act) {
    todo('read-by-index');
  },
  last: true,
});

// The leader appends a command with its client and number, and sends it; others name the leader.
// §5.3, §8, Fig. 2 Leaders 2, Persistent state
// Refines chapter8.appendCommand, which asks: is the leader. `then` replaces its action.
// Hints: npm run hint -- 9 append-command
export const appendCommand = refine<Clients>()(chapter8.appendCommand, {
  says: 'The leader appends a command with its client and number, and sends it; others name the leader.',
  then(me, request, act) {
    todo('append-command');
  },
  otherwise(me, request, act) {
    todo('append-command');
  },
});

// Refuse entries when the log does not hold an entry of prevLogTerm at prevLogIndex, and tell why.
// §5.3, Fig. 2 AppendEntries 2
// Refines chapter5.checkConsistency, which asks: the log has no such entry. `then` replaces its
// action.
// Hints: npm run hint -- 9 check-consistency
export const checkConsistency = refine<Clients>()(chapter5.checkConsistency, {
  then(me, append, act) {
    todo('check-consistency');
  },
});

// Tell the leader how far the log is known to be the same, and which round this answers.
// §5.3
// Refines chapter5.acknowledge. `then` replaces its action.
// Hints: npm run hint -- 9 acknowledge
export const acknowledge = refine<Clients>()(chapter5.acknowledge, {
  says: 'Tell the leader how far the log is known to be the same, and which round this answers.',
  then(me, append, act) {
    todo('acknowledge');
  },
});

// The leader notes the latest round that each follower has answered, with a yes or a no.
// thesis §6.4
// Hints: npm run hint -- 9 note-round
export const noteRound = rule({
  name: 'note-round',
  paper: 'thesis §6.4',
  says: 'The leader notes the latest round that each follower has answered, with a yes or a no.',
  on: 'AppendEntriesReply',
  when: {
    'is the leader': (me) => todo('note-round'),
    'the reply is from the current term': (me, reply) => todo('note-round'),
    'it answers a later round than before': (me, reply) => todo('note-round'),
  },
  then(me, reply) {
    todo('note-round');
  },
});

// As long as a follower lacks entries, the leader meets each of its answers with more.
// §5.3, Fig. 2 Leaders 3
// Refines chapter5.catchUp, which asks: the follower lacks entries. `then` replaces its action.
// Hints: npm run hint -- 9 catch-up
export const catchUp = refine<Clients>()(chapter5.catchUp, {
  then(me, reply, act) {
    todo('catch-up');
  },
});

/**
 * Executes a command of the log, unless its client has had it executed, or a later one. Gives what
 * its client is told; undefined when it is a later one that the client waits for.
 */
export function executeOnce(me: ClientsState, command: ClientCommand): Told | undefined {
  return todo('apply-committed');
}

// Apply committed entries in order, each command of a client once; the leader answers.
// §5.3, §8, Fig. 2 All Servers 1, Leaders 2, thesis §6.3
// Refines chapter4.applyCommitted, which asks: an entry is committed and not applied. `then`
// replaces its action.
// Hints: npm run hint -- 9 apply-committed
export const applyCommitted = refine<Clients>()(chapter4.applyCommitted, {
  paper: '§5.3, §8, Fig. 2 All Servers 1, Leaders 2, thesis §6.3',
  says: 'Apply committed entries in order, each command of a client once; the leader answers.',
  then(me, event, act) {
    todo('apply-committed');
  },
});

// Once a majority has answered a round that began after a read came, the read is answered.
// thesis §6.4
// Hints: npm run hint -- 9 answer-reads
export const answerReads = rule({
  name: 'answer-reads',
  paper: 'thesis §6.4',
  says: 'Once a majority has answered a round that began after a read came, the read is answered.',
  on: 'any event',
  when: {
    'a majority has answered since the oldest read came': (me) => todo('answer-reads'),
  },
  then(me, event, act) {
    todo('answer-reads');
  },
});

export const clients = nodeFromRules<Clients>({
  init: (id, peers, saved) => ({
    ...chapter8.persistence.init(id, peers, saved),
    // Who starts again may have heard from a leader just before, and its lease may still hold.
    hearsLeader: saved !== undefined,
    sessions: {},
    round: 0,
    roundAnswered: {},
    waitingReads: [],
  }),
  rules: [
    chapter8.adoptNewerTerm,
    refuseStaleLeader,
    chapter3.refuseStaleCandidate,
    chapter7.startPreVote,
    chapter7.grantPreVote,
    chapter7.countPreVote,
    chapter8.startElection,
    chapter6.stepDown,
    chapter6.waitAnew,
    stopReading,
    grantVote,
    chapter3.countVote,
    becomeLeader,
    sendHeartbeats,
    answerAgain,
    readByLease,
    readByIndex,
    appendCommand,
    chapter7.followLeader,
    chapter7.loseContact,
    checkConsistency,
    chapter8.truncateConflict,
    chapter8.appendEntries,
    acknowledge,
    chapter4.learnCommitIndex,
    chapter6.noteContact,
    chapter6.countAcknowledgement,
    noteRound,
    chapter5.jumpBack,
    catchUp,
    chapter6.advanceCommitIndex,
    applyCommitted,
    answerReads,
  ],
});

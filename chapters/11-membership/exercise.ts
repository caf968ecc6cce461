// Chapter 11, Membership: write the rules yourself. Each todo names the rule that has the gap.
//
//   npm run watch -- 11             replays the chapter's runs each time you save
//   npm run hint -- 11              lists the gaps, and how to get a hint
//   npm run repl -- 11 --exercise   lets you play with your nodes
//   npm run exercises -- 11         begins anew, and throws away what you wrote
//
// You may import from lib/ and from earlier chapters, but not from membership.ts, changes.ts,
// elections.ts, majorities.ts and transfer.ts, the solution. You may also export any other RaftNode
// instead: pure init and step, as in lib/node/contract.ts.
//
// Useful here:
//   import { execute } from '../../lib/machine/key-value.ts';
//   import { stopLeading } from '../04-replication/state.ts';
//   import { whose } from '../09-clients/state.ts';
//   import { sendNext } from '../10-snapshots/state.ts';
//   import { appendConfiguration, caughtUp, commandOf, difference, holdsLease, isMajority, isSettled, isVoter, majorityIndex, mayAnswer, mayLead, newcomers, roundFor, stand, tookTooLong } from './state.ts';

import { todo } from '../../lib/exercise/todo.ts';
import { nodeFromRules } from '../../lib/rules/node.ts';
import { refine, rulesOf } from '../../lib/rules/rule.ts';
import * as chapter3 from '../03-voting/voting.ts';
import * as chapter4 from '../04-replication/replication.ts';
import * as chapter5 from '../05-conflict-backoff/conflict-backoff.ts';
import * as chapter6 from '../06-partitions/partitions.ts';
import * as chapter7 from '../07-prevote/prevote.ts';
import * as chapter8 from '../08-persistence/persistence.ts';
import * as chapter9 from '../09-clients/clients.ts';
import * as chapter10 from '../10-snapshots/snapshots.ts';
import type { Membership, MembershipState } from './state.ts';
import { foundation, latestConfiguration, receivers } from './state.ts';

// How a change of members comes about: from the request, by way of the log, until it is committed.

const rule = rulesOf<Membership>();

// The leader takes on one change at a time, and begins to send its log to new nodes.
// §6, thesis §4.1, §4.2.1; the correction of 2015
// Hints: npm run hint -- 11 begin-change
export const beginChange = rule({
  name: 'begin-change',
  paper: '§6, thesis §4.1, §4.2.1; the correction of 2015',
  says: 'The leader takes on one change at a time, and begins to send its log to new nodes.',
  on: 'ChangeConfiguration',
  when: {
    'is the leader': (me) => todo('begin-change'),
    'an entry of its own term is committed': (me) => todo('begin-change'),
    'the latest configuration is committed': (me) => todo('begin-change'),
  },
  then(me, { voters }, act) {
    todo('begin-change');
  },
  otherwise(me, { voters }, act) {
    todo('begin-change');
  },
});

// New nodes that took too long for a catch-up round have missed more by now, and get another.
// thesis §4.2.1
// Hints: npm run hint -- 11 begin-next-round
export const beginNextRound = rule({
  name: 'begin-next-round',
  paper: 'thesis §4.2.1',
  says: 'New nodes that took too long for a catch-up round have missed more by now, and get another.',
  on: 'any event',
  when: {
    'the new nodes took too long for their round': (me) => todo('begin-next-round'),
  },
  then(me) {
    todo('begin-next-round');
  },
});

// To add or to remove one node, the new configuration is appended, and that is all.
// thesis §4.1, Fig. 4.1
// Hints: npm run hint -- 11 change-one
export const changeOne = rule({
  name: 'change-one',
  paper: 'thesis §4.1, Fig. 4.1',
  says: 'To add or to remove one node, the new configuration is appended, and that is all.',
  on: 'any event',
  when: {
    'the new nodes of a change have caught up': (me) => todo('change-one'),
    'one node is added or removed': (me) => todo('change-one'),
  },
  then(me, event, act) {
    todo('change-one');
  },
});

// Any other change goes by way of a joint configuration: the old voters and the new ones.
// §6, thesis §4.3
// Hints: npm run hint -- 11 enter-joint
export const enterJoint = rule({
  name: 'enter-joint',
  paper: '§6, thesis §4.3',
  says: 'Any other change goes by way of a joint configuration: the old voters and the new ones.',
  on: 'any event',
  when: {
    'the new nodes of a change have caught up': (me) => todo('enter-joint'),
  },
  then(me, event, act) {
    todo('enter-joint');
  },
});

// Once the joint configuration is committed, the leader appends the new one alone.
// §6, thesis §4.3
// Hints: npm run hint -- 11 leave-joint
export const leaveJoint = rule({
  name: 'leave-joint',
  paper: '§6, thesis §4.3',
  says: 'Once the joint configuration is committed, the leader appends the new one alone.',
  on: 'any event',
  when: {
    'is the leader': (me) => todo('leave-joint'),
    'the configuration is joint': (me) => todo('leave-joint'),
    'the latest configuration is committed': (me) => todo('leave-joint'),
  },
  then(me, event, act) {
    todo('leave-joint');
  },
});

// The latest configuration in the log is in force, committed or not; one that is cut is not.
// §6, thesis §4.1
// Hints: npm run hint -- 11 use-configuration
export const useConfiguration = rule({
  name: 'use-configuration',
  paper: '§6, thesis §4.1',
  says: 'The latest configuration in the log is in force, committed or not; one that is cut is not.',
  on: 'any event',
  when: {
    'the latest configuration is another': (me) => todo('use-configuration'),
  },
  then(me, event, act) {
    todo('use-configuration');
  },
});

// A leader without a vote steps down as soon as its removal is committed, and not before.
// §6, thesis §4.2.2
// Hints: npm run hint -- 11 resign
export const resign = rule({
  name: 'resign',
  paper: '§6, thesis §4.2.2',
  says: 'A leader without a vote steps down as soon as its removal is committed, and not before.',
  on: 'any event',
  when: {
    'is the leader': (me) => todo('resign'),
    'has no vote': (me) => todo('resign'),
    'the latest configuration is committed': (me) => todo('resign'),
  },
  then(me) {
    todo('resign');
  },
});

// Who may stand for election when members change, and whom a voter listens to.

// Who leads, or hears from a leader, disregards a candidate of a newer term, and that term.
// §6, thesis §4.2.3
// Hints: npm run hint -- 11 disregard-candidate
export const disregardCandidate = rule({
  name: 'disregard-candidate',
  paper: '§6, thesis §4.2.3',
  says: 'Who leads, or hears from a leader, disregards a candidate of a newer term, and that term.',
  on: 'RequestVote',
  when: {
    'the request has a newer term': (me, request) => todo('disregard-candidate'),
    'leads or hears from a leader': (me) => todo('disregard-candidate'),
    'the leader did not ask for this election': (me, request) => todo('disregard-candidate'),
  },
  then() {
    todo('disregard-candidate');
  },
  last: true,
});

// A node that hears from no leader, and may be needed as one, asks whether it would be voted for.
// thesis §9.6, §4.2.2
// Refines chapter7.startPreVote, which asks: is not the leader. Its action stays.
// Hints: npm run hint -- 11 start-pre-vote
export const startPreVote = refine<Membership>()(chapter7.startPreVote, {
  paper: 'thesis §9.6, §4.2.2',
  says: 'A node that hears from no leader, and may be needed as one, asks whether it would be voted for.',
  when: {
    'has a vote, or may still have one': (me) => todo('start-pre-vote'),
  },
});

// A pre-candidate that would win starts a term, writes down its own vote, then asks for others.
// thesis §9.6, Fig. 2 Candidates 1, Persistent state
// Refines chapter8.startElection, which asks: a majority would vote for it. `then` replaces its
// action.
// Hints: npm run hint -- 11 start-election
export const startElection = refine<Membership>()(chapter8.startElection, {
  when: {
    'a majority would vote for it': (me) => todo('start-election'),
  },
  then(me, event, act) {
    todo('start-election');
  },
});

// After an election timeout a node waits for another, and no longer believes that it hears from a
// leader.
// thesis §6.2, §4.2.3
// Refines chapter6.waitAnew. `also` comes after its action.
// Hints: npm run hint -- 11 wait-anew
export const waitAnew = refine<Membership>()(chapter6.waitAnew, {
  paper: 'thesis §6.2, §4.2.3',
  says: 'After an election timeout a node waits for another, and no longer believes that it hears from a leader.',
  also(me) {
    todo('wait-anew');
  },
});

// Vote for the first candidate whose log is at least as up to date, unless a leader is heard that
// did not ask for this.
// §5.2, §5.4.1, Fig. 2 RequestVote 2, Persistent state, thesis §4.2.3, §6.4.1
// Refines chapter9.grantVote, which asks: has not voted for another candidate this term; the
// candidate's log is at least as up to date; does not hear from a leader. Its action stays.
// Hints: npm run hint -- 11 grant-vote
export const grantVote = refine<Membership>()(chapter9.grantVote, {
  says: 'Vote for the first candidate whose log is at least as up to date, unless a leader is heard that did not ask for this.',
  when: {
    'does not hear from a leader': (me, request) => todo('grant-vote'),
  },
});

// Where rules of earlier chapters count a majority, it is from now on one of each group of voters.

// A leader that has not heard from a majority for an election timeout becomes a follower.
// thesis §6.2
// Refines chapter6.stepDown, which asks: is the leader; has not heard from a majority. Its action
// stays.
// Hints: npm run hint -- 11 step-down
export const stepDown = refine<Membership>()(chapter6.stepDown, {
  when: {
    'has not heard from a majority': (me) => todo('step-down'),
  },
});

// A candidate with a majority leads, and writes down the first entry of its term before it sends
// it.
// §5.2, §5.3, §8, Fig. 2 Candidates 2, Leaders 1, Persistent state
// Refines chapter9.becomeLeader, which asks: is a candidate; has votes from a majority. Its action
// stays.
// Hints: npm run hint -- 11 become-leader
export const becomeLeader = refine<Membership>()(chapter9.becomeLeader, {
  when: {
    'has votes from a majority': (me) => todo('become-leader'),
  },
});

// An entry of the current term is committed once a majority stores it, and all before it.
// §5.3, §5.4.2, §6, Fig. 2 Leaders 4, thesis §4.2.2, §4.3
// Refines chapter6.advanceCommitIndex, which asks: a majority stores a further entry of the current
// term. `then` replaces its action.
// Hints: npm run hint -- 11 advance-commit-index
export const advanceCommitIndex = refine<Membership>()(chapter6.advanceCommitIndex, {
  paper: '§5.3, §5.4.2, §6, Fig. 2 Leaders 4, thesis §4.2.2, §4.3',
  when: {
    'a majority stores a further entry of the current term': (me) => todo('advance-commit-index'),
    'is the leader': (me) => todo('advance-commit-index'),
  },
  then(me) {
    todo('advance-commit-index');
  },
});

// Once a majority has answered a round that began after a read came, the read is answered.
// thesis §6.4
// Refines chapter9.answerReads, which asks: a majority has answered since the oldest read came.
// `then` replaces its action.
// Hints: npm run hint -- 11 answer-reads
export const answerReads = refine<Membership>()(chapter9.answerReads, {
  when: {
    'a majority has answered since the oldest read came': (me) => todo('answer-reads'),
  },
  then(me, event, act) {
    todo('answer-reads');
  },
});

// How a leader hands over to another, and what it does not do meanwhile.

// A node stands for election at once when its leader asks it to, and tells the voters why.
// thesis §3.10, §4.2.3
// Hints: npm run hint -- 11 obey-timeout-now
export const obeyTimeoutNow = rule({
  name: 'obey-timeout-now',
  paper: 'thesis §3.10, §4.2.3',
  says: 'A node stands for election at once when its leader asks it to, and tells the voters why.',
  on: 'TimeoutNow',
  when: {
    'the leader of the current term asks': (me, request) => todo('obey-timeout-now'),
    'has a vote, or may still have one': (me) => todo('obey-timeout-now'),
  },
  then(me, request, act) {
    todo('obey-timeout-now');
  },
});

// A leader that still leads when a transfer has taken an election timeout takes commands again.
// thesis §3.10
// Hints: npm run hint -- 11 abort-transfer
export const abortTransfer = rule({
  name: 'abort-transfer',
  paper: 'thesis §3.10',
  says: 'A leader that still leads when a transfer has taken an election timeout takes commands again.',
  on: 'ElectionTimeout',
  when: {
    'leadership is being transferred': (me) => todo('abort-transfer'),
  },
  then(me, timeout, act) {
    todo('abort-transfer');
  },
});

// A leader that a majority has answered lately may read at once: nobody else can lead yet.
// thesis §6.4.1, §3.10
// Refines chapter9.readByLease, which asks: the read may rely on clocks; the leader holds a lease;
// an entry of its own term is committed. Its action stays.
// Hints: npm run hint -- 11 read-by-lease
export const readByLease = refine<Membership>()(chapter9.readByLease, {
  paper: 'thesis §6.4.1, §3.10',
  when: {
    'the leader holds a lease': (me) => todo('read-by-lease'),
    'nobody was told to stand for election': (me) => todo('read-by-lease'),
  },
});

// The leader appends a command with its client and number, and sends it; others name the leader.
// §5.3, §8, Fig. 2 Leaders 2, Persistent state, thesis §3.10
// Refines chapter10.appendCommand, which asks: is the leader. Its action stays.
// Hints: npm run hint -- 11 append-command
export const appendCommand = refine<Membership>()(chapter10.appendCommand, {
  paper: '§5.3, §8, Fig. 2 Leaders 2, Persistent state, thesis §3.10',
  when: {
    'leadership is not being transferred': (me) => todo('append-command'),
  },
  otherwise(me, request, act) {
    todo('append-command');
  },
});

// A leader that is to hand over takes no more commands, and sends the other what its log lacks.
// thesis §3.10
// Hints: npm run hint -- 11 transfer-leadership
export const transferLeadership = rule({
  name: 'transfer-leadership',
  paper: 'thesis §3.10',
  says: 'A leader that is to hand over takes no more commands, and sends the other what its log lacks.',
  on: 'TransferLeadership',
  when: {
    'is the leader': (me) => todo('transfer-leadership'),
    'the other has a vote': (me, { target }) => todo('transfer-leadership'),
  },
  then(me, { target }, act) {
    todo('transfer-leadership');
  },
  otherwise(me, { target }, act) {
    todo('transfer-leadership');
  },
});

// When the other stores the whole log, tell it to stand for election, and rely on no lease.
// thesis §3.10
// Hints: npm run hint -- 11 send-timeout-now
export const sendTimeoutNow = rule({
  name: 'send-timeout-now',
  paper: 'thesis §3.10',
  says: 'When the other stores the whole log, tell it to stand for election, and rely on no lease.',
  on: 'any event',
  when: {
    'another shall lead, and was not told yet': (me) => todo('send-timeout-now'),
    'the other stores the whole log': (me) => todo('send-timeout-now'),
  },
  then(me, event, act) {
    todo('send-timeout-now');
  },
});

// Chapter 11: membership. Who has a vote is itself an entry of the log, in force as soon as it is appended; a leader
// can hand over to another. With it the list of rules is the whole of Raft.

// Who leads no more has no lease, sends waiting readers away, and drops what it was asked for.
// thesis §6.2, §6.4.1
// Refines chapter10.stopReading, which asks: leads no more. `also` comes after its action.
// Hints: npm run hint -- 11 stop-reading
export const stopReading = refine<Membership>()(chapter10.stopReading, {
  says: 'Who leads no more has no lease, sends waiting readers away, and drops what it was asked for.',
  also(me) {
    todo('stop-reading');
  },
});

// A new snapshot begins empty, with the configuration that belongs to it.
// §7, Fig. 13 InstallSnapshot 2 and 5, thesis Fig. 5.3
// Refines chapter10.beginSnapshot, which asks: it is newer than what is being received. `then`
// replaces its action.
// Hints: npm run hint -- 11 begin-snapshot
export const beginSnapshot = refine<Membership>()(chapter10.beginSnapshot, {
  paper: '§7, Fig. 13 InstallSnapshot 2 and 5, thesis Fig. 5.3',
  says: 'A new snapshot begins empty, with the configuration that belongs to it.',
  then(me, { term, lastIncludedIndex, lastIncludedTerm, configuration = me.configuration }) {
    todo('begin-snapshot');
  },
});

// Take a snapshot of what is applied, with its configuration; write it, and discard the entries.
// §7, Fig. 12, thesis §5.1
// Refines chapter10.compactLog, which asks: enough entries of the log are applied. `then` replaces
// its action.
// Hints: npm run hint -- 11 compact-log
export const compactLog = refine<Membership>()(chapter10.compactLog, {
  paper: '§7, Fig. 12, thesis §5.1',
  says: 'Take a snapshot of what is applied, with its configuration; write it, and discard the entries.',
  then(me, event, act) {
    todo('compact-log');
  },
});

export const membership = nodeFromRules<Membership>({
  init(id, peers, saved) {
    const before = chapter10.snapshots.init(id, peers, saved);
    const everyone = [[id, ...peers].sort()];
    const me: MembershipState = {
      ...before,
      snapshot: before.snapshot ?? foundation(everyone),
      configuration: everyone,
      change: null,
      transfer: null,
      leaseGivenUp: false,
    };
    me.configuration = latestConfiguration(me).configuration;
    me.peers = receivers(me);
    return me;
  },
  rules: [
    disregardCandidate,
    chapter8.adoptNewerTerm,
    chapter9.refuseStaleLeader,
    chapter3.refuseStaleCandidate,
    chapter10.refuseStaleSnapshot,
    startPreVote,
    chapter7.grantPreVote,
    chapter7.countPreVote,
    startElection,
    obeyTimeoutNow,
    abortTransfer,
    stepDown,
    waitAnew,
    stopReading,
    grantVote,
    chapter3.countVote,
    becomeLeader,
    chapter10.sendHeartbeats,
    chapter9.answerAgain,
    readByLease,
    chapter10.readByIndex,
    appendCommand,
    beginChange,
    transferLeadership,
    chapter7.followLeader,
    chapter7.loseContact,
    chapter10.followSnapshotLeader,
    chapter10.skipOldSnapshot,
    beginSnapshot,
    chapter10.storeChunk,
    chapter10.askForChunk,
    chapter10.discardLog,
    chapter10.installSnapshot,
    chapter10.skipDiscarded,
    chapter9.checkConsistency,
    chapter8.truncateConflict,
    chapter8.appendEntries,
    chapter9.acknowledge,
    chapter4.learnCommitIndex,
    chapter6.noteContact,
    chapter6.countAcknowledgement,
    chapter9.noteRound,
    chapter5.jumpBack,
    chapter10.catchUp,
    chapter10.noteSnapshotContact,
    chapter10.countSnapshot,
    chapter10.sendMore,
    advanceCommitIndex,
    chapter9.applyCommitted,
    answerReads,
    beginNextRound,
    changeOne,
    enterJoint,
    leaveJoint,
    useConfiguration,
    resign,
    sendTimeoutNow,
    compactLog,
  ],
});

// Chapter 11: membership. Who has a vote is itself an entry of the log, in force as soon as it is appended; a leader
// can hand over to another. With it the list of rules is the whole of Raft.

import { execute } from '../../lib/machine/key-value.ts';
import { nodeFromRules } from '../../lib/rules/node.ts';
import { refine, rulesOf } from '../../lib/rules/rule.ts';
import * as chapter3 from '../03-voting/voting.ts';
import * as chapter4 from '../04-replication/replication.ts';
import { stopLeading } from '../04-replication/state.ts';
import * as chapter5 from '../05-conflict-backoff/conflict-backoff.ts';
import * as chapter6 from '../06-partitions/partitions.ts';
import * as chapter7 from '../07-prevote/prevote.ts';
import * as chapter8 from '../08-persistence/persistence.ts';
import * as chapter9 from '../09-clients/clients.ts';
import { whose } from '../09-clients/state.ts';
import * as chapter10 from '../10-snapshots/snapshots.ts';
import { sendNext } from '../10-snapshots/state.ts';
import type { Membership, MembershipState } from './state.ts';
import {
  appendConfiguration,
  caughtUp,
  commandOf,
  confirmedRound,
  difference,
  foundation,
  holdsLease,
  isMajority,
  isSettled,
  isVoter,
  latestConfiguration,
  majorityIndex,
  mayLead,
  newcomers,
  receivers,
  roundFor,
  stand,
  tookTooLong,
} from './state.ts';

const rule = rulesOf<Membership>();

export const disregardCandidate = rule({
  name: 'disregard-candidate',
  paper: '§6, thesis §4.2.3',
  says: 'Who leads, or hears from a leader, disregards a candidate of a newer term, and that term.',
  on: 'RequestVote',
  when: {
    'the request has a newer term': (me, request) => request.term > me.currentTerm,
    'leads or hears from a leader': (me) => me.role === 'leader' || me.hearsLeader,
    'the leader did not ask for this election': (me, request) => !request.transfer,
  },
  then() {
    // No answer either: whoever is not needed any more may go on asking.
  },
  last: true,
});

export const startPreVote = refine<Membership>()(chapter7.startPreVote, {
  paper: 'thesis §9.6, §4.2.2',
  says: 'A node that hears from no leader, and may be needed as one, asks whether it would be voted for.',
  when: {
    'has a vote, or may still have one': (me) => mayLead(me),
  },
});

export const startElection = refine<Membership>()(chapter8.startElection, {
  when: {
    'a majority would vote for it': (me) => isMajority(me.configuration, me.preVotesGranted),
  },
  then(me, event, act) {
    stand(me, act, false);
  },
});

export const obeyTimeoutNow = rule({
  name: 'obey-timeout-now',
  paper: 'thesis §3.10, §4.2.3',
  says: 'Whom the leader asks to, stands for election at once, and tells the voters why.',
  on: 'TimeoutNow',
  when: {
    'the leader of the current term asks': (me, request) => request.term === me.currentTerm,
    'has a vote, or may still have one': (me) => mayLead(me),
  },
  then(me, request, act) {
    stand(me, act, true);
  },
});

export const abortTransfer = rule({
  name: 'abort-transfer',
  paper: 'thesis §3.10',
  says: 'A leader that still leads an election timeout later takes commands again.',
  on: 'ElectionTimeout',
  when: {
    'leadership is being transferred': (me) => me.transfer !== null,
  },
  then(me, timeout, act) {
    act.answer(`leader ${me.transfer?.target ?? ''}`, false, me.leaderId);
    me.transfer = null;
  },
});

export const stepDown = refine<Membership>()(chapter6.stepDown, {
  when: {
    'has not heard from a majority': (me) =>
      !isMajority(me.configuration, [me.id, ...me.heardFrom]),
  },
});

export const waitAnew = refine<Membership>()(chapter6.waitAnew, {
  paper: 'thesis §6.2, §4.2.3',
  says: 'After an election timeout everybody waits for another; by then no leader was heard for long.',
  also(me) {
    // Who has no vote does not ask for one, and would go on refusing its own.
    me.hearsLeader = false;
  },
});

export const stopReading = refine<Membership>()(chapter10.stopReading, {
  says: 'Who leads no more has no lease, tells those who wait to read, and gives up what it was asked for.',
  also(me) {
    me.change = null;
    me.transfer = null;
    me.leaseGivenUp = false;
    me.peers = receivers(me);
  },
});

export const grantVote = refine<Membership>()(chapter9.grantVote, {
  says: 'Vote for the first candidate whose log is up to date, once no leader is heard, or it asks for this.',
  when: {
    'does not hear from a leader': (me, request) => !me.hearsLeader || request.transfer,
  },
});

export const becomeLeader = refine<Membership>()(chapter9.becomeLeader, {
  when: {
    'has votes from a majority': (me) => isMajority(me.configuration, me.votesGranted),
  },
});

export const readByLease = refine<Membership>()(chapter9.readByLease, {
  paper: 'thesis §6.4.1, §3.10',
  when: {
    'the leader holds a lease': (me) => holdsLease(me),
    'nobody was told to stand for election': (me) => !me.leaseGivenUp,
  },
});

export const appendCommand = refine<Membership>()(chapter10.appendCommand, {
  paper: '§5.3, §8, Fig. 2 Leaders 2, Persistent state, thesis §3.10',
  when: {
    'leadership is not being transferred': (me) => me.transfer === null,
  },
  otherwise(me, request, act) {
    const leaderId = me.transfer === null ? me.leaderId : null;
    act.answer(request.command, false, leaderId, whose(request));
  },
});

export const beginChange = rule({
  name: 'begin-change',
  paper: '§6, thesis §4.1, §4.2.1; the correction of 2015',
  says: 'The leader takes on one change at a time, and begins to send its log to new nodes.',
  on: 'ChangeConfiguration',
  when: {
    'is the leader': (me) => me.role === 'leader',
    'an entry of its own term is committed': (me) => chapter9.knowsCommitted(me),
    'the latest configuration is committed': (me) => isSettled(me),
  },
  then(me, { voters }, act) {
    const joining = newcomers(me, voters).filter((node) => !me.peers.includes(node));
    me.change = roundFor(me, voters);
    me.peers = receivers(me);
    for (const node of joining) {
      // Who comes back may be down by now: what was known of it does not count.
      me.nextIndex = { ...me.nextIndex, [node]: me.log.lastIndex + 1 };
      me.matchIndex = { ...me.matchIndex, [node]: 0 };
      sendNext(me, node, act);
    }
  },
  otherwise(me, { voters }, act) {
    act.answer(commandOf([voters]), false, me.leaderId);
  },
});

export const transferLeadership = rule({
  name: 'transfer-leadership',
  paper: 'thesis §3.10',
  says: 'A leader that is to hand over takes no more commands and sees that the other has its log.',
  on: 'TransferLeadership',
  when: {
    'is the leader': (me) => me.role === 'leader',
    'the other has a vote': (me, { target }) =>
      target !== me.id && isVoter(me.configuration, target),
  },
  then(me, { target }, act) {
    me.transfer = { target, told: false };
    act.restartElectionTimer();
    sendNext(me, target, act);
  },
  otherwise(me, { target }, act) {
    act.answer(`leader ${target}`, false, me.leaderId);
  },
});

export const beginSnapshot = refine<Membership>()(chapter10.beginSnapshot, {
  paper: '§7, Fig. 13 InstallSnapshot 2 and 5, thesis Fig. 5.3',
  says: 'A new snapshot begins empty, with the configuration that belongs to it.',
  then(me, { term, lastIncludedIndex, lastIncludedTerm, configuration = me.configuration }) {
    me.receiving = { term, lastIncludedIndex, lastIncludedTerm, data: [], configuration };
  },
});

export const advanceCommitIndex = refine<Membership>()(chapter6.advanceCommitIndex, {
  paper: '§5.3, §5.4.2, §6, Fig. 2 Leaders 4, thesis §4.2.2, §4.3',
  when: {
    'a majority stores a further entry of the current term': (me) =>
      majorityIndex(me) > me.commitIndex && me.log.termAt(majorityIndex(me)) === me.currentTerm,
    // A follower that is the only voter would be a majority by itself.
    'is the leader': (me) => me.role === 'leader',
  },
  then(me) {
    me.commitIndex = majorityIndex(me);
  },
});

/** True when the oldest read that waits can be answered. */
const mayAnswer = (me: Readonly<MembershipState>): boolean => {
  const [oldest] = me.waitingReads;
  return (
    oldest !== undefined && oldest.round <= confirmedRound(me) && oldest.readIndex <= me.lastApplied
  );
};

export const answerReads = refine<Membership>()(chapter9.answerReads, {
  when: {
    'a majority has answered since the oldest read came': (me) => mayAnswer(me),
  },
  then(me, event, act) {
    do {
      const [read, ...others] = me.waitingReads;
      me.waitingReads = others;
      if (!read) return;
      const { result } = execute(me.machine, read.command);
      act.answer(read.command, true, me.id, { ...whose(read), result });
    } while (mayAnswer(me));
  },
});

export const beginNextRound = rule({
  name: 'begin-next-round',
  paper: 'thesis §4.2.1',
  says: 'New nodes that took too long to catch up have missed more by now, and get another round.',
  on: 'any event',
  when: {
    'the new nodes took too long for their round': (me) => tookTooLong(me),
  },
  then(me) {
    me.change = roundFor(me, me.change?.voters ?? []);
  },
});

export const changeOne = rule({
  name: 'change-one',
  paper: 'thesis §4.1, Fig. 4.1',
  says: 'To add or to remove one node, the new configuration is appended, and that is all.',
  on: 'any event',
  when: {
    'the new nodes of a change have caught up': (me) => caughtUp(me),
    'one node is added or removed': (me) => difference(me).length === 1,
  },
  then(me, event, act) {
    appendConfiguration(me, [me.change?.voters ?? []], act);
    me.change = null;
  },
});

export const enterJoint = rule({
  name: 'enter-joint',
  paper: '§6, thesis §4.3',
  says: 'Any other change goes by way of a joint configuration: the old voters and the new ones.',
  on: 'any event',
  when: {
    'the new nodes of a change have caught up': (me) => caughtUp(me),
  },
  then(me, event, act) {
    appendConfiguration(me, [me.configuration.flat(), me.change?.voters ?? []], act);
    me.change = null;
  },
});

export const leaveJoint = rule({
  name: 'leave-joint',
  paper: '§6, thesis §4.3',
  says: 'Once the joint configuration is committed, the leader appends the new one alone.',
  on: 'any event',
  when: {
    'is the leader': (me) => me.role === 'leader',
    'the configuration is joint': (me) => me.configuration.length > 1,
    'the latest configuration is committed': (me) => isSettled(me),
  },
  then(me, event, act) {
    appendConfiguration(me, me.configuration.slice(-1), act);
  },
});

export const useConfiguration = rule({
  name: 'use-configuration',
  paper: '§6, thesis §4.1',
  says: 'The latest configuration in the log is in force, committed or not; one that is cut is not.',
  on: 'any event',
  when: {
    'the latest configuration is another': (me) =>
      commandOf(latestConfiguration(me).configuration) !== commandOf(me.configuration),
  },
  then(me, event, act) {
    me.configuration = latestConfiguration(me).configuration;
    me.peers = receivers(me);
    if (me.role !== 'leader') return;
    for (const peer of me.peers) sendNext(me, peer, act);
  },
});

export const resign = rule({
  name: 'resign',
  paper: '§6, thesis §4.2.2',
  says: 'A leader without a vote steps down as soon as its removal is committed, and not before.',
  on: 'any event',
  when: {
    'is the leader': (me) => me.role === 'leader',
    'has no vote': (me) => !isVoter(me.configuration, me.id),
    'the latest configuration is committed': (me) => isSettled(me),
  },
  then(me) {
    me.role = 'follower';
    stopLeading(me);
  },
});

export const sendTimeoutNow = rule({
  name: 'send-timeout-now',
  paper: 'thesis §3.10',
  says: 'When the other stores the whole log, tell it to stand for election, and rely on no lease.',
  on: 'any event',
  when: {
    'another shall lead, and was not told yet': (me) => me.transfer?.told === false,
    'the other stores the whole log': (me) =>
      me.matchIndex[me.transfer?.target ?? me.id] === me.log.lastIndex,
  },
  then(me, event, act) {
    if (!me.transfer) return;
    act.send(me.transfer.target, { type: 'TimeoutNow', term: me.currentTerm });
    me.transfer = { ...me.transfer, told: true };
    me.leaseGivenUp = true;
  },
});

export const compactLog = refine<Membership>()(chapter10.compactLog, {
  paper: '§7, Fig. 12, thesis §5.1',
  says: 'Take a snapshot of what is applied, with its configuration; write it, and discard the entries.',
  then(me, event, act) {
    const lastIncludedIndex = me.lastApplied;
    const lastIncludedTerm = me.log.termAt(lastIncludedIndex) ?? 0;
    const { machine, sessions } = me;
    const { configuration } = latestConfiguration(me, lastIncludedIndex);
    me.snapshot = { lastIncludedIndex, lastIncludedTerm, machine, sessions, configuration };
    me.log = me.log.compactedTo(lastIncludedIndex, lastIncludedTerm);
    act.persist({ snapshot: me.snapshot, log: { lastIncludedIndex, lastIncludedTerm } });
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

// Chapter 10: snapshots. Each node discards entries that it has applied and keeps what they made of its state
// machine; a follower whose next entry is gone is sent that instead.

import { nodeFromRules } from '../../lib/rules/node.ts';
import { refine, rulesOf } from '../../lib/rules/rule.ts';
import * as chapter3 from '../03-voting/voting.ts';
import * as chapter4 from '../04-replication/replication.ts';
import * as chapter5 from '../05-conflict-backoff/conflict-backoff.ts';
import * as chapter6 from '../06-partitions/partitions.ts';
import * as chapter7 from '../07-prevote/prevote.ts';
import * as chapter8 from '../08-persistence/persistence.ts';
import * as chapter9 from '../09-clients/clients.ts';
import { replyTo, whose } from '../09-clients/state.ts';
import type { Snapshots } from './state.ts';
import {
  belongs,
  compactAfter,
  installed,
  isComplete,
  progress,
  restore,
  sendNext,
  snapshotOf,
  startRound,
} from './state.ts';

const rule = rulesOf<Snapshots>();

export const refuseStaleSnapshot = rule({
  name: 'refuse-stale-snapshot',
  paper: '§5.1, Fig. 13 InstallSnapshot 1',
  says: 'A snapshot from a leader of an older term is refused; the reply tells the newer term.',
  on: 'InstallSnapshot',
  when: {
    'the snapshot has an older term': (me, install) => install.term < me.currentTerm,
  },
  then(me, install, act) {
    act.reply(progress(me, install));
  },
  last: true,
});

export const stopReading = refine<Snapshots>()(chapter9.stopReading, {
  says: 'Who leads no more has no lease, tells those who wait to read, and sends no snapshot.',
  also(me) {
    me.sending = {};
  },
});

export const sendHeartbeats = refine<Snapshots>()(chapter9.sendHeartbeats, {
  paper: '§5.2, §5.3, §7, Fig. 2 Leaders 1 and 3, thesis §6.4',
  says: 'The leader begins a new round; whom it cannot send entries any more it sends a snapshot.',
  then(me, timeout, act) {
    startRound(me, act);
  },
});

export const readByIndex = refine<Snapshots>()(chapter9.readByIndex, {
  then(me, request, act) {
    startRound(me, act);
    const { command } = request;
    const read = { command, ...whose(request), readIndex: me.commitIndex, round: me.round };
    me.waitingReads = [...me.waitingReads, read];
  },
});

export const appendCommand = refine<Snapshots>()(chapter9.appendCommand, {
  then(me, request, act) {
    const entry = { term: me.currentTerm, command: request.command, ...whose(request) };
    me.log = me.log.append([entry]);
    act.persist({ log: { from: me.log.lastIndex, entries: [entry] } });
    for (const peer of me.peers) sendNext(me, peer, act);
  },
});

export const followSnapshotLeader = rule({
  name: 'follow-snapshot-leader',
  paper: '§5.2, §7, thesis §9.6',
  says: 'Who sends a snapshot is the leader: follow it, as one follows who sends entries.',
  on: 'InstallSnapshot',
  then(me, install, act) {
    me.role = 'follower';
    me.leaderId = install.from;
    me.hearsLeader = true;
    me.preVotesGranted = [];
    act.restartElectionTimer();
    act.restartContactTimer();
  },
});

export const skipOldSnapshot = rule({
  name: 'skip-old-snapshot',
  paper: '§7',
  says: 'A snapshot that ends no later than what is committed here tells nothing new.',
  on: 'InstallSnapshot',
  when: {
    'all of it is committed here': (me, install) => install.lastIncludedIndex <= me.commitIndex,
  },
  then(me, install, act) {
    act.reply(installed(me, install));
  },
  last: true,
});

export const beginSnapshot = rule({
  name: 'begin-snapshot',
  paper: '§7, Fig. 13 InstallSnapshot 2 and 5',
  says: 'A new snapshot begins empty, and what has arrived of an older one is thrown away.',
  on: 'InstallSnapshot',
  when: {
    'it is newer than what is being received': ({ receiving }, install) =>
      receiving === null ||
      receiving.term < install.term ||
      receiving.lastIncludedIndex < install.lastIncludedIndex,
  },
  then(me, { term, lastIncludedIndex, lastIncludedTerm }) {
    me.receiving = { term, lastIncludedIndex, lastIncludedTerm, data: [] };
  },
});

export const storeChunk = rule({
  name: 'store-chunk',
  paper: '§7, Fig. 13 InstallSnapshot 3',
  says: 'A chunk is stored where it begins at the end of what has arrived.',
  on: 'InstallSnapshot',
  when: {
    'it is of the snapshot that is being received': (me, install) => belongs(me, install),
    'it begins where the last one ended': (me, install) =>
      install.offset === me.receiving?.data.length,
  },
  then(me, install) {
    if (!me.receiving) return;
    me.receiving = { ...me.receiving, data: [...me.receiving.data, ...install.data] };
  },
});

export const askForChunk = rule({
  name: 'ask-for-chunk',
  paper: '§7, Fig. 13 InstallSnapshot 4',
  says: 'As long as chunks are missing, tell the leader how much has arrived.',
  on: 'InstallSnapshot',
  when: {
    'chunks are missing': (me, install) => !isComplete(me, install),
  },
  then(me, install, act) {
    act.reply(progress(me, install));
  },
  last: true,
});

export const discardLog = rule({
  name: 'discard-log',
  paper: '§7, Fig. 13 InstallSnapshot 6 and 7',
  says: 'Discard the whole log, unless it holds the last entry of the snapshot: then what follows stays.',
  on: 'InstallSnapshot',
  when: {
    'the log does not hold the last entry of the snapshot': (me, install) =>
      me.log.termAt(install.lastIncludedIndex) !== install.lastIncludedTerm,
  },
  then(me) {
    me.log = me.log.upTo(me.log.lastIncludedIndex);
  },
});

export const installSnapshot = rule({
  name: 'install-snapshot',
  paper: '§7, §8, Fig. 13 InstallSnapshot 5 and 8',
  says: 'Write the snapshot and what is left of the log at once, and begin from it.',
  on: 'InstallSnapshot',
  then(me, install, act) {
    const { lastIncludedIndex, lastIncludedTerm } = install;
    if (!me.receiving) return;
    restore(me, snapshotOf(me.receiving));
    me.receiving = null;
    me.log = me.log.compactedTo(lastIncludedIndex, lastIncludedTerm);
    const log = { upTo: me.log.lastIndex, lastIncludedIndex, lastIncludedTerm };
    act.persist({ snapshot: me.snapshot, log });
    act.reply(installed(me, install));
  },
});

export const skipDiscarded = rule({
  name: 'skip-discarded',
  paper: '§5.3, §7',
  says: 'Entries that the snapshot covers are stored; the leader can go on after it.',
  on: 'AppendEntries',
  when: {
    'the entries begin before the log does': (me, append) =>
      append.prevLogIndex < me.log.lastIncludedIndex,
  },
  then(me, append, act) {
    act.reply({ ...replyTo(me, append, true), lastIndex: me.log.lastIncludedIndex });
  },
  last: true,
});

export const noteSnapshotContact = rule({
  name: 'note-snapshot-contact',
  paper: 'thesis §6.2',
  says: 'A follower that answers a chunk is heard from, too.',
  on: 'InstallSnapshotReply',
  when: {
    'is the leader': (me) => me.role === 'leader',
    'the reply is from the current term': (me, reply) => reply.term === me.currentTerm,
    'the follower is not noted yet': (me, reply) => !me.heardFrom.includes(reply.from),
  },
  then(me, reply) {
    me.heardFrom = [...me.heardFrom, reply.from].sort();
  },
});

export const countSnapshot = rule({
  name: 'count-snapshot',
  paper: '§5.3, §7',
  says: 'A follower that has installed a snapshot stores everything up to its last index.',
  on: 'InstallSnapshotReply',
  when: {
    'is the leader': (me) => me.role === 'leader',
    'the reply is from the current term': (me, reply) => reply.term === me.currentTerm,
    'the snapshot is installed': (me, reply) => reply.installed,
    'it tells of more than was known': (me, reply) =>
      reply.lastIncludedIndex > (me.matchIndex[reply.from] ?? 0),
  },
  then(me, { from, lastIncludedIndex }) {
    me.matchIndex = { ...me.matchIndex, [from]: lastIncludedIndex };
    me.nextIndex = { ...me.nextIndex, [from]: lastIncludedIndex + 1 };
    me.sending = Object.fromEntries(Object.entries(me.sending).filter(([peer]) => peer !== from));
  },
});

export const catchUp = refine<Snapshots>()(chapter9.catchUp, {
  then(me, reply, act) {
    sendNext(me, reply.from, act);
  },
});

export const sendMore = rule({
  name: 'send-more',
  paper: '§5.3, §7, Fig. 13',
  says: 'The leader meets the answer to a chunk with the next one, or with the entries that follow.',
  on: 'InstallSnapshotReply',
  when: {
    'the follower lacks entries': (me, reply) =>
      (me.nextIndex[reply.from] ?? Infinity) <= me.log.lastIndex,
  },
  then(me, { from, lastIncludedIndex, offset }, act) {
    const isLatest = me.sending[from]?.lastIncludedIndex === lastIncludedIndex;
    sendNext(me, from, act, isLatest ? offset : 0);
  },
});

export const compactLog = rule({
  name: 'compact-log',
  paper: '§7, Fig. 12, thesis §5.1.2',
  says: 'Take a snapshot of what is applied, write it, and discard the entries that led to it.',
  on: 'any event',
  when: {
    'enough entries of the log are applied': (me) =>
      me.lastApplied - me.log.lastIncludedIndex >= compactAfter,
  },
  then(me, event, act) {
    const lastIncludedIndex = me.lastApplied;
    const lastIncludedTerm = me.log.termAt(lastIncludedIndex) ?? 0;
    const { machine, sessions } = me;
    me.snapshot = { lastIncludedIndex, lastIncludedTerm, machine, sessions };
    me.log = me.log.compactedTo(lastIncludedIndex, lastIncludedTerm);
    act.persist({ snapshot: me.snapshot, log: { lastIncludedIndex, lastIncludedTerm } });
  },
});

export const snapshots = nodeFromRules<Snapshots>({
  init(id, peers, saved) {
    const fresh = chapter9.clients.init(id, peers, saved);
    const me = { ...fresh, snapshot: null, receiving: null, sending: {} };
    if (saved?.snapshot) restore(me, saved.snapshot);
    return me;
  },
  rules: [
    chapter8.adoptNewerTerm,
    chapter9.refuseStaleLeader,
    chapter3.refuseStaleCandidate,
    refuseStaleSnapshot,
    chapter7.startPreVote,
    chapter7.grantPreVote,
    chapter7.countPreVote,
    chapter8.startElection,
    chapter6.stepDown,
    chapter6.waitAnew,
    stopReading,
    chapter9.grantVote,
    chapter3.countVote,
    chapter9.becomeLeader,
    sendHeartbeats,
    chapter9.answerAgain,
    chapter9.readByLease,
    readByIndex,
    appendCommand,
    chapter7.followLeader,
    chapter7.loseContact,
    followSnapshotLeader,
    skipOldSnapshot,
    beginSnapshot,
    storeChunk,
    askForChunk,
    discardLog,
    installSnapshot,
    skipDiscarded,
    chapter9.checkConsistency,
    chapter8.truncateConflict,
    chapter8.appendEntries,
    chapter9.acknowledge,
    chapter4.learnCommitIndex,
    chapter6.noteContact,
    chapter6.countAcknowledgement,
    chapter9.noteRound,
    chapter5.jumpBack,
    catchUp,
    noteSnapshotContact,
    countSnapshot,
    sendMore,
    chapter6.advanceCommitIndex,
    chapter9.applyCommitted,
    chapter9.answerReads,
    compactLog,
  ],
});

// Chapter 10, Snapshots: write the rules yourself. Each todo names the rule that has the gap.
//
//   npm run watch -- 10             replays the chapter's runs each time you save
//   npm run hint -- 10              lists the gaps, and how to get a hint
//   npm run repl -- 10 --exercise   lets you play with your nodes
//   npm run exercises -- 10         begins anew, and throws away what you wrote
//
// You may import from lib/ and from earlier chapters, but not from snapshots.ts, installing.ts and
// sending.ts, the solution. You may also export any other RaftNode instead: pure init and step, as
// in lib/node/contract.ts.
//
// Useful here:
//   import { replyTo, whose } from '../09-clients/state.ts';
//   import { belongs, compactAfter, installed, isComplete, progress, sendNext, snapshotOf, startRound } from './state.ts';

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
import type { Snapshots } from './state.ts';
import { restore } from './state.ts';

// How a follower receives a snapshot, chunk by chunk, and begins from it.

const rule = rulesOf<Snapshots>();

// A snapshot from a leader of an older term is refused; the reply tells the newer term.
// §5.1, Fig. 13 InstallSnapshot 1
// Hints: npm run hint -- 10 refuse-stale-snapshot
export const refuseStaleSnapshot = rule({
  name: 'refuse-stale-snapshot',
  paper: '§5.1, Fig. 13 InstallSnapshot 1',
  says: 'A snapshot from a leader of an older term is refused; the reply tells the newer term.',
  on: 'InstallSnapshot',
  when: {
    'the snapshot has an older term': (me, install) => todo('refuse-stale-snapshot'),
  },
  then(me, install, act) {
    todo('refuse-stale-snapshot');
  },
  last: true,
});

// Who sends a snapshot is the leader: follow it, as one follows who sends entries.
// §5.2, §7, thesis §9.6
// Hints: npm run hint -- 10 follow-snapshot-leader
export const followSnapshotLeader = rule({
  name: 'follow-snapshot-leader',
  paper: '§5.2, §7, thesis §9.6',
  says: 'Who sends a snapshot is the leader: follow it, as one follows who sends entries.',
  on: 'InstallSnapshot',
  then(me, install, act) {
    todo('follow-snapshot-leader');
  },
});

// A snapshot that ends no later than what is committed here tells nothing new.
// §7
// Hints: npm run hint -- 10 skip-old-snapshot
export const skipOldSnapshot = rule({
  name: 'skip-old-snapshot',
  paper: '§7',
  says: 'A snapshot that ends no later than what is committed here tells nothing new.',
  on: 'InstallSnapshot',
  when: {
    'all of it is committed here': (me, install) => todo('skip-old-snapshot'),
  },
  then(me, install, act) {
    todo('skip-old-snapshot');
  },
  last: true,
});

// A new snapshot begins empty, and what has arrived of an older one is thrown away.
// §7, Fig. 13 InstallSnapshot 2 and 5
// Hints: npm run hint -- 10 begin-snapshot
export const beginSnapshot = rule({
  name: 'begin-snapshot',
  paper: '§7, Fig. 13 InstallSnapshot 2 and 5',
  says: 'A new snapshot begins empty, and what has arrived of an older one is thrown away.',
  on: 'InstallSnapshot',
  when: {
    'it is newer than what is being received': ({ receiving }, install) => todo('begin-snapshot'),
  },
  then(me, { term, lastIncludedIndex, lastIncludedTerm }) {
    todo('begin-snapshot');
  },
});

// A chunk is stored where it begins at the end of what has arrived.
// §7, Fig. 13 InstallSnapshot 3
// Hints: npm run hint -- 10 store-chunk
export const storeChunk = rule({
  name: 'store-chunk',
  paper: '§7, Fig. 13 InstallSnapshot 3',
  says: 'A chunk is stored where it begins at the end of what has arrived.',
  on: 'InstallSnapshot',
  when: {
    'it is of the snapshot that is being received': (me, install) => todo('store-chunk'),
    'it begins where the last one ended': (me, install) => todo('store-chunk'),
  },
  then(me, install) {
    todo('store-chunk');
  },
});

// As long as chunks are missing, tell the leader how much has arrived.
// §7, Fig. 13 InstallSnapshot 4
// Hints: npm run hint -- 10 ask-for-chunk
export const askForChunk = rule({
  name: 'ask-for-chunk',
  paper: '§7, Fig. 13 InstallSnapshot 4',
  says: 'As long as chunks are missing, tell the leader how much has arrived.',
  on: 'InstallSnapshot',
  when: {
    'chunks are missing': (me, install) => todo('ask-for-chunk'),
  },
  then(me, install, act) {
    todo('ask-for-chunk');
  },
  last: true,
});

// Discard the whole log, unless it holds the last entry of the snapshot: then what follows stays.
// §7, Fig. 13 InstallSnapshot 6 and 7
// Hints: npm run hint -- 10 discard-log
export const discardLog = rule({
  name: 'discard-log',
  paper: '§7, Fig. 13 InstallSnapshot 6 and 7',
  says: 'Discard the whole log, unless it holds the last entry of the snapshot: then what follows stays.',
  on: 'InstallSnapshot',
  when: {
    'the log does not hold the last entry of the snapshot': (me, install) => todo('discard-log'),
  },
  then(me) {
    todo('discard-log');
  },
});

// Write the snapshot and what is left of the log at once, and begin from it.
// §7, §8, Fig. 13 InstallSnapshot 5 and 8
// Hints: npm run hint -- 10 install-snapshot
export const installSnapshot = rule({
  name: 'install-snapshot',
  paper: '§7, §8, Fig. 13 InstallSnapshot 5 and 8',
  says: 'Write the snapshot and what is left of the log at once, and begin from it.',
  on: 'InstallSnapshot',
  then(me, install, act) {
    todo('install-snapshot');
  },
});

// Entries that the snapshot covers are stored; the leader can go on after it.
// §5.3, §7
// Hints: npm run hint -- 10 skip-discarded
export const skipDiscarded = rule({
  name: 'skip-discarded',
  paper: '§5.3, §7',
  says: 'Entries that the snapshot covers are stored; the leader can go on after it.',
  on: 'AppendEntries',
  when: {
    'the entries begin before the log does': (me, append) => todo('skip-discarded'),
  },
  then(me, append, act) {
    todo('skip-discarded');
  },
  last: true,
});

// How a leader sends what a follower needs next, a snapshot where the entries are discarded.

// Who leads no more has no lease, sends waiting readers away, and sends no snapshot.
// thesis §6.2, §6.4.1
// Refines chapter9.stopReading, which asks: leads no more. `also` comes after its action.
// Hints: npm run hint -- 10 stop-reading
export const stopReading = refine<Snapshots>()(chapter9.stopReading, {
  says: 'Who leads no more has no lease, sends waiting readers away, and sends no snapshot.',
  also(me) {
    todo('stop-reading');
  },
});

// The leader begins a new round; whom it cannot send entries any more it sends a snapshot.
// §5.2, §5.3, §7, Fig. 2 Leaders 1 and 3, thesis §6.4
// Refines chapter9.sendHeartbeats, which asks: is the leader. `then` replaces its action.
// Hints: npm run hint -- 10 send-heartbeats
export const sendHeartbeats = refine<Snapshots>()(chapter9.sendHeartbeats, {
  paper: '§5.2, §5.3, §7, Fig. 2 Leaders 1 and 3, thesis §6.4',
  says: 'The leader begins a new round; whom it cannot send entries any more it sends a snapshot.',
  then(me, timeout, act) {
    todo('send-heartbeats');
  },
});

// A read may wait for a round of messages instead of an entry in the log.
// §8, thesis §6.4
// Refines chapter9.readByIndex, which asks: the read may do without the log; is the leader; an
// entry of its own term is committed. `then` replaces its action.
// Hints: npm run hint -- 10 read-by-index
export const readByIndex = refine<Snapshots>()(chapter9.readByIndex, {
  then(me, request, act) {
    todo('read-by-index');
  },
});

// The leader appends a command with its client and number, and sends it; others name the leader.
// §5.3, §8, Fig. 2 Leaders 2, Persistent state
// Refines chapter9.appendCommand, which asks: is the leader. `then` replaces its action.
// Hints: npm run hint -- 10 append-command
export const appendCommand = refine<Snapshots>()(chapter9.appendCommand, {
  then(me, request, act) {
    todo('append-command');
  },
});

// A follower that answers a chunk is heard from, too.
// thesis §6.2
// Hints: npm run hint -- 10 note-snapshot-contact
export const noteSnapshotContact = rule({
  name: 'note-snapshot-contact',
  paper: 'thesis §6.2',
  says: 'A follower that answers a chunk is heard from, too.',
  on: 'InstallSnapshotReply',
  when: {
    'is the leader': (me) => todo('note-snapshot-contact'),
    'the reply is from the current term': (me, reply) => todo('note-snapshot-contact'),
    'the follower is not noted yet': (me, reply) => todo('note-snapshot-contact'),
  },
  then(me, reply) {
    todo('note-snapshot-contact');
  },
});

// A follower that has installed a snapshot stores everything up to its last index.
// §5.3, §7
// Hints: npm run hint -- 10 count-snapshot
export const countSnapshot = rule({
  name: 'count-snapshot',
  paper: '§5.3, §7',
  says: 'A follower that has installed a snapshot stores everything up to its last index.',
  on: 'InstallSnapshotReply',
  when: {
    'is the leader': (me) => todo('count-snapshot'),
    'the reply is from the current term': (me, reply) => todo('count-snapshot'),
    'the snapshot is installed': (me, reply) => todo('count-snapshot'),
    'it tells of more than was known': (me, reply) => todo('count-snapshot'),
  },
  then(me, { from, lastIncludedIndex }) {
    todo('count-snapshot');
  },
});

// As long as a follower lacks entries, the leader meets each of its answers with more.
// §5.3, Fig. 2 Leaders 3
// Refines chapter9.catchUp, which asks: the follower lacks entries. `then` replaces its action.
// Hints: npm run hint -- 10 catch-up
export const catchUp = refine<Snapshots>()(chapter9.catchUp, {
  then(me, reply, act) {
    todo('catch-up');
  },
});

// The leader meets the answer to a chunk with the next one, or with the entries that follow.
// §5.3, §7, Fig. 13
// Hints: npm run hint -- 10 send-more
export const sendMore = rule({
  name: 'send-more',
  paper: '§5.3, §7, Fig. 13',
  says: 'The leader meets the answer to a chunk with the next one, or with the entries that follow.',
  on: 'InstallSnapshotReply',
  when: {
    'the follower lacks entries': (me, reply) => todo('send-more'),
  },
  then(me, { from, lastIncludedIndex, offset }, act) {
    todo('send-more');
  },
});

// Chapter 10: snapshots. Each node discards entries that it has applied and keeps what they made of its state
// machine; a follower whose next entry is gone is sent that instead.

// Take a snapshot of what is applied, write it, and discard the entries that led to it.
// §7, Fig. 12, thesis §5.1.2
// Hints: npm run hint -- 10 compact-log
export const compactLog = rule({
  name: 'compact-log',
  paper: '§7, Fig. 12, thesis §5.1.2',
  says: 'Take a snapshot of what is applied, write it, and discard the entries that led to it.',
  on: 'any event',
  when: {
    'enough entries of the log are applied': (me) => todo('compact-log'),
  },
  then(me, event, act) {
    todo('compact-log');
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

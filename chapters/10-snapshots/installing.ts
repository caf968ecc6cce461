// How a follower receives a snapshot, chunk by chunk, and begins from it.

import { rulesOf } from '../../lib/rules/rule.ts';
import { replyTo } from '../09-clients/state.ts';
import type { Snapshots } from './state.ts';
import { belongs, installed, isComplete, progress, restore, snapshotOf } from './state.ts';

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

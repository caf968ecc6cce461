// How a leader sends what a follower needs next, a snapshot where the entries are discarded.

import { refine, rulesOf } from '../../lib/rules/rule.ts';
import * as chapter9 from '../09-clients/clients.ts';
import { whose } from '../09-clients/state.ts';
import type { Snapshots } from './state.ts';
import { sendNext, startRound } from './state.ts';

const rule = rulesOf<Snapshots>();

export const stopReading = refine<Snapshots>()(chapter9.stopReading, {
  says: 'Who leads no more has no lease, sends waiting readers away, and sends no snapshot.',
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

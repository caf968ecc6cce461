// Variants of when and in which messages a leader sends its entries. Some bugs bite only with one of these.

import { entriesPerMessage, sendEntries } from '../../../chapters/04-replication/state.ts';
import type { Replication } from '../../../chapters/04-replication/state.ts';
import type { ConflictBackoff } from '../../../chapters/05-conflict-backoff/conflict-backoff.ts';
import type { Partitions, PartitionsState } from '../../../chapters/06-partitions/partitions.ts';
import * as chapter4 from '../../../chapters/04-replication/replication.ts';
import * as chapter5 from '../../../chapters/05-conflict-backoff/conflict-backoff.ts';
import * as chapter6 from '../../../chapters/06-partitions/partitions.ts';
import { refine, rulesOf } from '../../../lib/rules/rule.ts';
import type { Variant } from '../bug.ts';
import { edited, inserting, replacing } from '../../../lib/rules/edit.ts';
import { sendThese, sendingBy } from '../parts.ts';

/** Goes back after a refusal of anything that was sent since. */
export const goBack = edited<Partitions>()(chapter5.jumpBack, {
  when: {
    'the reply is about the latest attempt': (me, reply) =>
      reply.prevLogIndex < (me.nextIndex[reply.from] ?? 0),
  },
});

/** Moves nextIndex on as soon as entries are sent; a refusal of anything sent since takes it back. */
export const pipelining = replacing(
  sendingBy((me, peer, act) => {
    const nextIndex = me.nextIndex[peer] ?? 1;
    const sent = me.log.entriesFrom(nextIndex, entriesPerMessage).length;
    sendEntries(me, peer, act);
    me.nextIndex = { ...me.nextIndex, [peer]: nextIndex + sent };
  }),
  edited<Partitions>()(chapter6.countAcknowledgement, {
    then(me, { from, lastIndex }) {
      me.matchIndex = { ...me.matchIndex, [from]: lastIndex };
      const nextIndex = Math.max(me.nextIndex[from] ?? 1, lastIndex + 1);
      me.nextIndex = { ...me.nextIndex, [from]: nextIndex };
    },
  }),
  goBack,
);

/** Heartbeats without entries. What was lost is sent again when the answer to a heartbeat shows it. */
export const emptyHeartbeats = replacing(
  chapter6.partitions,
  edited<Partitions>()(chapter4.sendHeartbeats, {
    then(me, timeout, act) {
      for (const peer of me.peers) sendThese(me, peer, [], act);
      act.restartHeartbeatTimer();
    },
  }),
);

/** Chapter 6 with commands that wait for the next heartbeat. */
export interface Batching {
  state: PartitionsState & { waiting: readonly string[] };
  messages: Partitions['messages'];
}

const rule = rulesOf<Batching>();

/** Commands are gathered until the next heartbeat; a leader that is deposed forgets them. */
export const batching = inserting(
  inserting(
    replacing<Batching>(
      {
        init: (id, peers) => ({ ...chapter6.partitions.init(id, peers), waiting: [] }),
        rules: chapter6.partitions.rules,
      },
      edited<Batching>()(chapter4.appendCommand, {
        then(me, { command }) {
          me.waiting = [...me.waiting, command];
        },
      }),
    ),
    rule({
      name: 'append-waiting',
      paper: '§5.3',
      says: 'The leader appends what is waiting, just before it sends its heartbeats.',
      on: 'HeartbeatTimeout',
      when: { 'is the leader': (me) => me.role === 'leader' },
      then(me) {
        const { waiting, currentTerm: term } = me;
        me.log = me.log.append(waiting.map((command) => ({ term, command })));
        me.waiting = [];
      },
    }),
    { before: 'send-heartbeats' },
  ),
  rule({
    name: 'forget-waiting',
    paper: '§5.3',
    says: 'A node that does not lead any more forgets what is waiting.',
    on: 'any event',
    when: { 'is not the leader': (me) => me.role !== 'leader' },
    then(me) {
      me.waiting = [];
    },
  }),
  { after: 'wait-anew' },
);

const guide = 'https://thesquareplanet.com/blog/students-guide-to-raft/';

export const sending: readonly Variant[] = [
  {
    name: 'pipelining',
    chapter: '06-partitions',
    allowed: 'The leader moves nextIndex on when it sends entries, not when they are acknowledged.',
    origin: 'thesis §10.2.1; https://github.com/redpanda-data/redpanda/issues/13495',
    node: pipelining,
  },
  {
    name: 'empty-heartbeats',
    chapter: '06-partitions',
    allowed: 'Heartbeats carry no entries; the leader sends lost ones again when it is answered.',
    origin: 'Fig. 2 Leaders 1 and 3',
    node: emptyHeartbeats,
  },
  {
    name: 'heartbeat-and-entries-apart',
    chapter: '04-replication',
    allowed: 'At a heartbeat the leader sends an empty message, and the entries in another.',
    origin: 'Fig. 2 Leaders 1 and 3',
    node: replacing(
      chapter4.replication,
      edited<Replication>()(chapter4.sendHeartbeats, {
        then(me, timeout, act) {
          for (const peer of me.peers) {
            sendThese(me, peer, [], act);
            if ((me.nextIndex[peer] ?? 1) <= me.log.lastIndex) sendEntries(me, peer, act);
          }
          act.restartHeartbeatTimer();
        },
      }),
    ),
  },
  {
    name: 'batched-commands',
    chapter: '06-partitions',
    allowed: 'The leader gathers commands and appends them at its next heartbeat.',
    origin: 'thesis §10.2.2',
    node: batching,
  },
  {
    name: 'retry-at-next-heartbeat',
    chapter: '05-conflict-backoff',
    allowed: 'After a refusal the leader tries again at its next heartbeat, not at once.',
    origin: 'Fig. 2 Leaders 3',
    node: replacing(
      chapter5.conflictBackoff,
      refine<ConflictBackoff>()(chapter5.catchUp, {
        when: { 'the entries were accepted': (me, reply) => reply.success },
      }),
    ),
  },
  {
    name: 'next-entries-at-next-heartbeat',
    chapter: '06-partitions',
    allowed: 'After an acknowledgement the leader sends more entries at its next heartbeat only.',
    origin: `Fig. 2 Leaders 3; ${guide}`,
    node: replacing(
      chapter6.partitions,
      refine<Partitions>()(chapter5.catchUp, {
        when: { 'the entries were refused': (me, reply) => !reply.success },
      }),
    ),
  },
  {
    name: 'entries-with-heartbeats-only',
    chapter: '06-partitions',
    allowed: 'The leader never answers a reply; everything that is missing goes with heartbeats.',
    origin: 'Fig. 2 Leaders 3',
    node: chapter6.partitions.without('catch-up'),
  },
];

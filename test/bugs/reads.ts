// Mistakes about reads without an entry in the log: a leader that looks before it knows what it must.

import { confirmedRound, whose } from '../../chapters/09-clients/state.ts';
import type { Clients, ClientsState } from '../../chapters/09-clients/state.ts';
import * as chapter8 from '../../chapters/08-persistence/persistence.ts';
import * as chapter9 from '../../chapters/09-clients/clients.ts';
import { readsAtOnce, readsTooEarly } from '../../chapters/09-clients/mistakes.ts';
import { execute } from '../../lib/machine/key-value.ts';
import type { NodeId } from '../../lib/node/contract.ts';
import { edited, replacing } from '../../lib/rules/edit.ts';
import { nodeFromRules } from '../../lib/rules/node.ts';
import type { Bug } from './bug.ts';

const { clients } = chapter9;
const chapter = '09-clients';
const breaks = 'Linearizability';

/** Chapter 9 with a note, for each follower, of the round in which its latest answer arrived. */
interface Arriving {
  state: ClientsState & { answeredIn: Readonly<Record<NodeId, number>> };
  messages: Clients['messages'];
}

/** Chapter 9 with a lease for as many rounds. */
const leaseFor = (rounds: number) =>
  replacing(
    clients,
    edited<Clients>()(chapter9.readByLease, {
      when: {
        'the leader holds a lease': (me) =>
          confirmedRound(me) > 0 && me.round - confirmedRound(me) < rounds,
      },
    }),
  );

export const reads: readonly Bug[] = [
  {
    name: 'read-at-once',
    chapter,
    wrong: 'A leader answers a read from its state machine without asking whether it still leads.',
    origin: '§8; https://github.com/async-raft/async-raft/issues/143',
    breaks,
    damages: ['read-by-index'],
    node: readsAtOnce,
  },
  {
    name: 'read-before-term-commit',
    chapter,
    wrong: 'A new leader reads by its commitIndex before it has committed an entry of its term.',
    origin: 'thesis §6.4; https://github.com/etcd-io/etcd/issues/7331',
    breaks,
    damages: ['read-by-index'],
    node: readsTooEarly,
  },
  {
    name: 'lease-before-term-commit',
    chapter,
    wrong: 'A new leader with a lease reads before it has committed an entry of its term.',
    origin: 'https://github.com/tikv/tikv/issues/6340',
    breaks,
    damages: ['read-by-lease'],
    node: clients.without('read-by-lease', 'an entry of its own term is committed'),
  },
  {
    name: 'read-old-acks',
    chapter,
    wrong: 'Any answer confirms the latest round, also one to a message that was sent before.',
    origin: 'https://github.com/etcd-io/etcd/issues/20418',
    breaks,
    damages: ['note-round'],
    node: replacing(
      clients,
      edited<Clients>()(chapter9.noteRound, {
        when: {
          'it answers a later round than before': (me, reply) =>
            me.round > (me.roundAnswered[reply.from] ?? 0),
        },
        then(me, reply) {
          me.roundAnswered = { ...me.roundAnswered, [reply.from]: me.round };
        },
      }),
    ),
  },
  {
    name: 'read-quorum-minus-one',
    chapter,
    wrong: 'The leader counts itself twice among those that answered a round.',
    origin: 'https://github.com/async-raft/async-raft/issues/143',
    breaks,
    damages: ['answer-reads'],
    node: replacing(
      clients,
      edited<Clients>()(chapter9.answerReads, {
        when: {
          'a majority has answered since the oldest read came': (me) =>
            confirmedByOneLess(me) >= (me.waitingReads[0]?.round ?? Infinity),
        },
        then(me, event, act) {
          for (const read of me.waitingReads) {
            const { result } = execute(me.machine, read.command);
            act.answer(read.command, true, me.id, { ...whose(read), result });
          }
          me.waitingReads = [];
        },
      }),
    ),
  },
  {
    name: 'follower-answers-reads',
    chapter,
    wrong: 'Whoever is asked answers a read, as long as it hears from a leader.',
    origin: 'https://github.com/tikv/tikv/issues/6340; thesis §6.4',
    breaks,
    damages: ['read-by-index'],
    node: replacing(
      clients,
      edited<Clients>()(chapter9.readByIndex, {
        when: {
          'is the leader': (me) => me.leaderId !== null,
          'an entry of its own term is committed': () => true,
        },
        then(me, request, act) {
          const { result } = execute(me.machine, request.command);
          act.answer(request.command, true, me.leaderId, { ...whose(request), result });
        },
      }),
    ),
  },
  {
    name: 'waiting-reads-are-forgotten',
    chapter,
    wrong: 'A leader that steps down forgets the reads that wait, and tells nobody.',
    origin: 'https://github.com/softwaremill/saft/issues/6',
    breaks: 'liveness',
    damages: ['stop-reading'],
    harmless: 'the client hears nothing for a while, and asks again as it always must',
    node: replacing(
      clients,
      edited<Clients>()(chapter9.stopReading, {
        then(me) {
          me.waitingReads = [];
          me.round = 0;
          me.roundAnswered = {};
        },
      }),
    ),
  },
  {
    name: 'lease-from-reply-time',
    chapter,
    wrong: 'The lease is counted from when an answer came, not from when its round began.',
    origin: 'https://github.com/yugabyte/yugabyte-db/issues/16',
    breaks,
    damages: ['note-round', 'read-by-lease'],
    node: replacing<Arriving>(
      {
        init: (id, peers, saved) => ({ ...clients.init(id, peers, saved), answeredIn: {} }),
        rules: clients.rules,
      },
      edited<Arriving>()(chapter9.noteRound, {
        then(me, reply) {
          me.roundAnswered = { ...me.roundAnswered, [reply.from]: reply.round };
          me.answeredIn = { ...me.answeredIn, [reply.from]: me.round };
        },
      }),
      edited<Arriving>()(chapter9.stopReading, {
        then(me, event, act) {
          for (const read of me.waitingReads) {
            act.answer(read.command, false, me.leaderId, whose(read));
          }
          me.waitingReads = [];
          me.round = 0;
          me.roundAnswered = {};
          me.answeredIn = {};
        },
      }),
      edited<Arriving>()(chapter9.readByLease, {
        when: {
          'the leader holds a lease': (me) => {
            const latest = confirmedRound({ ...me, roundAnswered: me.answeredIn });
            return latest > 0 && me.round - latest < chapter9.leaseRounds;
          },
        },
      }),
    ),
  },
  {
    name: 'lease-ge-election-timeout',
    chapter,
    wrong: 'The lease is longer than the shortest election timeout.',
    origin: 'https://github.com/sofastack/sofa-jraft/issues/34',
    breaks,
    damages: ['read-by-lease'],
    node: leaseFor(6),
  },
  {
    name: 'lease-without-vote-block',
    chapter,
    wrong: 'A node that hears from a leader votes for another when it is asked to.',
    origin: 'thesis §6.4.1; https://github.com/tikv/raft-rs/issues/141',
    breaks,
    damages: ['grant-vote'],
    node: replacing(clients, chapter8.grantVote),
  },
  {
    name: 'lease-vote-after-restart',
    chapter,
    wrong: 'A node that starts again votes at once, although a leader may rely on it.',
    origin: 'thesis §6.4.1',
    breaks,
    damages: ['init'],
    node: nodeFromRules<Clients>({
      init: (id, peers, saved) => ({ ...clients.init(id, peers, saved), hearsLeader: false }),
      rules: clients.rules,
    }),
  },
  {
    name: 'lease-not-dropped-on-step-down',
    chapter,
    wrong: 'What a leader knows of its rounds outlives its office.',
    origin: 'https://github.com/databendlabs/openraft/issues/1747',
    breaks,
    damages: ['stop-reading'],
    node: replacing(
      clients,
      edited<Clients>()(chapter9.stopReading, {
        then(me, event, act) {
          for (const read of me.waitingReads) {
            act.answer(read.command, false, me.leaderId, whose(read));
          }
          me.waitingReads = [];
          me.round = 0;
        },
      }),
    ),
  },
];

/** The latest round that is answered by one node less than a majority. */
function confirmedByOneLess(me: ClientsState): number {
  const answered = me.peers.map((peer) => me.roundAnswered[peer] ?? 0);
  const latestFirst = [...answered, me.round, me.round].sort((a, b) => b - a);
  return latestFirst[Math.floor((me.peers.length + 1) / 2)] ?? 0;
}

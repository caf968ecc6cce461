// Claims that break no safety property, and cost time, messages or all progress.

import { inserting, replacing } from '../lib/rules/edit.ts';
import { refine, rulesOf } from '../lib/rules/rule.ts';
import * as chapter4 from '../chapters/04-replication/replication.ts';
import type { Replication, ReplicationState } from '../chapters/04-replication/state.ts';
import type { Partitions, PartitionsState } from '../chapters/06-partitions/partitions.ts';
import * as chapter6 from '../chapters/06-partitions/partitions.ts';
import type { RefutedByFigures } from './myth.ts';
import { nowhere } from './myth.ts';

interface Reporting {
  state: ReplicationState;
  messages: Replication['messages'] & { Heartbeat: { term: number } };
}

export const reportToLeader = rulesOf<Reporting>()({
  name: 'send-heartbeats',
  paper: nowhere,
  says: 'A follower repeats its heartbeat, so that the leader knows that it is there.',
  on: 'HeartbeatTimeout',
  when: {
    'is a follower': (me) => me.role === 'follower',
    'knows the leader': (me) => me.leaderId !== null,
  },
  then(me, timeout, act) {
    act.send(me.leaderId ?? me.id, { type: 'Heartbeat', term: me.currentTerm });
    act.restartHeartbeatTimer();
  },
});

export const followAndReport = refine<Reporting>()(chapter4.followLeader, {
  paper: nowhere,
  says: 'A node that hears from the leader of its term follows it and starts its own heartbeat.',
  also(me, append, act) {
    act.restartHeartbeatTimer();
  },
});

interface Busy {
  state: PartitionsState & {
    /** True on a leader that a client has asked since its last check. */
    busy: boolean;
  };
  messages: Partitions['messages'];
}

export const noteRequest = rulesOf<Busy>()({
  name: 'note-request',
  paper: nowhere,
  says: 'The leader notes that it is needed.',
  on: 'ClientRequest',
  then(me) {
    me.busy = true;
  },
});

export const stepDownWhenIdle = rulesOf<Busy>()({
  name: 'step-down',
  paper: nowhere,
  says: 'A leader that no client has asked for an election timeout becomes a follower.',
  on: 'ElectionTimeout',
  when: {
    'is the leader': (me) => me.role === 'leader',
    'no client has asked it': (me) => !me.busy,
  },
  then(me) {
    me.role = 'follower';
    me.leaderId = null;
    me.nextIndex = {};
    me.matchIndex = {};
  },
});

export const countAnew = refine<Busy>()(chapter6.waitAnew, {
  also(me) {
    me.busy = false;
  },
});

/** The highest index that every node is known to store. */
const storedByAll = (me: Readonly<PartitionsState>): number =>
  me.role === 'leader'
    ? Math.min(me.log.lastIndex, ...me.peers.map((peer) => me.matchIndex[peer] ?? 0))
    : 0;

export const waitForAll = rulesOf<Partitions>()({
  name: 'advance-commit-index',
  paper: nowhere,
  says: 'An entry is committed once every node stores it.',
  on: 'any event',
  when: {
    'all store a further entry of the current term': (me) =>
      storedByAll(me) > me.commitIndex && me.log.termAt(storedByAll(me)) === me.currentTerm,
  },
  then(me) {
    me.commitIndex = storedByAll(me);
  },
});

const counted = { nodes: ['A', 'B', 'C'], seeds: 20, milliseconds: 5000 } as const;

export const costs: readonly RefutedByFigures[] = [
  {
    name: 'followers-send-heartbeats',
    claim: 'Followers send heartbeats to the leader.',
    appeal:
      'In many systems the workers report to a coordinator, which takes for dead whoever is silent.',
    truth:
      'The leader sends heartbeats to the followers: AppendEntries without entries. They keep the ' +
      'followers from starting elections. A follower only answers. Without them every election ' +
      'timer runs out, and a healthy leader is deposed.',
    paper: '§5.2, Fig. 2 Leaders 1',
    chapter: '04-replication',
    node: replacing<Reporting>(chapter4.replication, reportToLeader, followAndReport),
    ...counted,
    shown: { milliseconds: 900, says: 'Nothing fails, and yet one leader deposes the other.' },
    faults: {},
    down: [],
    costs: 'an election after every election timeout',
  },
  {
    name: 'idle-leader-loses-leadership',
    claim: 'A leader that receives no requests loses leadership.',
    appeal:
      'Followers expect to hear from the leader, and it seems that there is nothing to say without requests.',
    truth:
      'An idle leader sends heartbeats, and they are enough. It leads until it hears of a newer ' +
      'term, or, with CheckQuorum, until it hears from no majority. Whether clients ask plays no part.',
    paper: '§5.2; thesis §6.2',
    chapter: '06-partitions',
    node: inserting(
      replacing<Busy>(
        {
          init: (id, peers) => ({ ...chapter6.partitions.init(id, peers), busy: false }),
          rules: chapter6.partitions.rules,
        },
        stepDownWhenIdle,
        countAnew,
      ),
      noteRequest,
      { before: 'append-command' },
    ),
    ...counted,
    shown: {
      milliseconds: 900,
      says: 'Nobody asks for anything, and the leader gives up again and again.',
    },
    faults: {},
    down: [],
    costs: 'elections for nothing',
  },
  {
    name: 'leader-waits-for-all',
    claim: 'The leader must wait until all followers have stored an entry.',
    appeal: 'What everybody stores is certainly safe.',
    truth:
      'A majority is enough, because every later leader needs the vote of a majority, and the two ' +
      'have a node in common. A slow or failed follower delays nobody. A leader that waits ' +
      'for all commits nothing while one node is down.',
    paper: '§5.3, §5.4.2',
    chapter: '06-partitions',
    node: replacing(chapter6.partitions, waitForAll),
    ...counted,
    shown: {
      milliseconds: 500,
      says: 'C is down. Entries are stored by a majority, and none is committed.',
    },
    faults: { request: { pause: 100 } },
    down: ['C'],
    costs: 'all progress while one node is down',
  },
];

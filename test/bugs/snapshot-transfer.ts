// Mistakes on the way of a snapshot from a leader to a follower.

import type { NodeId } from '../../lib/node/contract.ts';
import { edited, replacing } from '../../lib/rules/edit.ts';
import type { ActionsOf } from '../../lib/rules/rule.ts';
import { sendEntries, whose } from '../../chapters/09-clients/state.ts';
import * as chapter10 from '../../chapters/10-snapshots/snapshots.ts';
import type { Snapshots, SnapshotsState } from '../../chapters/10-snapshots/state.ts';
import { sendNext } from '../../chapters/10-snapshots/state.ts';
import type { Bug } from './bug.ts';

const { snapshots: protocol } = chapter10;
const chapter = '10-snapshots';

type Sends = ActionsOf<Snapshots, 'AppendEntries' | 'InstallSnapshot'>;
type SendAll = (me: SnapshotsState, peers: readonly NodeId[], act: Sends, offset?: number) => void;

/** Chapter 10 with another way to send some peers what they need next. */
const sendingBy = (sendAll: SendAll) =>
  replacing(
    protocol,
    edited<Snapshots>()(chapter10.sendHeartbeats, {
      then(me, timeout, act) {
        me.round += 1;
        sendAll(me, me.peers, act);
        act.restartHeartbeatTimer();
      },
    }),
    edited<Snapshots>()(chapter10.appendCommand, {
      then(me, request, act) {
        const entry = { term: me.currentTerm, command: request.command, ...whose(request) };
        me.log = me.log.append([entry]);
        act.persist({ log: { from: me.log.lastIndex, entries: [entry] } });
        sendAll(me, me.peers, act);
      },
    }),
    edited<Snapshots>()(chapter10.catchUp, {
      then(me, reply, act) {
        sendAll(me, [reply.from], act);
      },
    }),
    edited<Snapshots>()(chapter10.sendMore, {
      then(me, { from, lastIncludedIndex, offset }, act) {
        const isLatest = me.sending[from]?.lastIncludedIndex === lastIncludedIndex;
        sendAll(me, [from], act, isLatest ? offset : 0);
      },
    }),
  );

const senders = ['send-heartbeats', 'append-command', 'catch-up', 'send-more'];

export const snapshotTransfer: readonly Bug[] = [
  {
    name: 'edge-taken-for-an-entry',
    chapter,
    wrong:
      'A follower that needs the last entry of the snapshot is sent entries, not the snapshot.',
    origin: '§7; https://github.com/RedisLabs/raft/issues/47',
    breaks: 'liveness',
    damages: senders,
    node: sendingBy((me, peers, act, offset) => {
      for (const peer of peers) {
        if (me.nextIndex[peer] === me.log.lastIncludedIndex) sendEntries(me, peer, act);
        else sendNext(me, peer, act, offset);
      }
    }),
  },
  {
    name: 'snapshot-sent-once',
    chapter,
    wrong:
      'A snapshot that was begun is not sent again until it is answered, also when it is lost.',
    origin: 'https://github.com/scylladb/scylladb/issues/29264',
    breaks: 'liveness',
    damages: senders,
    node: sendingBy((me, peers, act, offset = 0) => {
      for (const peer of peers) {
        const needsSnapshot = (me.nextIndex[peer] ?? 1) <= me.log.lastIncludedIndex;
        if (!needsSnapshot || !me.sending[peer] || offset > 0) sendNext(me, peer, act, offset);
      }
    }),
  },
  {
    name: 'round-ends-at-a-snapshot',
    chapter,
    wrong: 'A leader that sends a peer a snapshot forgets the peers that come after it.',
    origin: 'https://github.com/RedisLabs/raft/issues/49',
    breaks: 'liveness',
    damages: senders,
    node: sendingBy((me, peers, act, offset) => {
      for (const peer of peers) {
        sendNext(me, peer, act, offset);
        if ((me.nextIndex[peer] ?? 1) <= me.log.lastIncludedIndex) return;
      }
    }),
  },
  {
    name: 'no-sign-of-life',
    chapter,
    wrong: 'A chunk of a snapshot does not restart the election timer.',
    origin: 'Fig. 13, thesis §5; https://github.com/canonical/raft, commit 4fbd3c0',
    breaks: 'A chunk is a sign of life',
    damages: ['follow-snapshot-leader'],
    node: replacing(
      protocol,
      edited<Snapshots>()(chapter10.followSnapshotLeader, {
        then(me, install, act) {
          me.role = 'follower';
          me.leaderId = install.from;
          me.hearsLeader = true;
          me.preVotesGranted = [];
          act.restartContactTimer();
        },
      }),
    ),
  },
  {
    name: 'campaigns-while-receiving',
    chapter,
    wrong: 'Who has lost patience goes on with its candidacy when the next chunk arrives.',
    origin: '§5.2; https://github.com/vesoft-inc/nebula/issues/1769',
    breaks: 'A chunk is a sign of life',
    damages: ['follow-snapshot-leader'],
    node: replacing(
      protocol,
      edited<Snapshots>()(chapter10.followSnapshotLeader, {
        then(me, install, act) {
          if (me.role !== 'follower') return;
          me.leaderId = install.from;
          me.hearsLeader = true;
          act.restartElectionTimer();
          act.restartContactTimer();
        },
      }),
    ),
  },
  {
    name: 'chunks-anywhere',
    chapter,
    wrong: 'A chunk is put at the end of what has arrived, wherever in the snapshot it begins.',
    origin: 'Fig. 13 InstallSnapshot 3; https://github.com/logcabin/logcabin/issues/174',
    breaks: 'A snapshot is what the log made of the machine',
    damages: ['store-chunk'],
    node: protocol.without('store-chunk', 'it begins where the last one ended'),
  },
  {
    name: 'chunks-of-two-snapshots',
    chapter,
    wrong: 'A chunk of an older snapshot is put into the one that is being received.',
    origin:
      'Fig. 13 InstallSnapshot 2 and 5; https://github.com/databendlabs/openraft, commit 2eccb9e1',
    breaks: 'A snapshot is what the log made of the machine',
    damages: ['store-chunk'],
    node: protocol.without('store-chunk', 'it is of the snapshot that is being received'),
  },
  {
    name: 'late-answer-counts',
    chapter,
    wrong: 'An answer about an old snapshot sets matchIndex back.',
    origin: 'Fig. 2 matchIndex',
    breaks: 'matchIndex only grows',
    damages: ['count-snapshot'],
    node: protocol.without('count-snapshot', 'it tells of more than was known'),
  },
  {
    name: 'next-index-at-the-edge',
    chapter,
    wrong: 'After a snapshot is installed, nextIndex is its last index, and not the one after it.',
    origin: '§7; https://github.com/RedisLabs/raft/issues/47',
    breaks: 'nextIndex is after matchIndex',
    damages: ['count-snapshot'],
    node: replacing(
      protocol,
      edited<Snapshots>()(chapter10.countSnapshot, {
        then(me, { from, lastIncludedIndex }) {
          me.matchIndex = { ...me.matchIndex, [from]: lastIncludedIndex };
          me.nextIndex = { ...me.nextIndex, [from]: lastIncludedIndex };
          me.sending = Object.fromEntries(
            Object.entries(me.sending).filter(([peer]) => peer !== from),
          );
        },
      }),
    ),
  },
  {
    name: 'unfinished-counts',
    chapter,
    wrong: 'The leader takes the answer to any chunk for the answer to the last one.',
    origin: 'Fig. 13 InstallSnapshot 4',
    breaks: 'matchIndex is true',
    damages: ['count-snapshot'],
    node: protocol.without('count-snapshot', 'the snapshot is installed'),
  },
  {
    name: 'former-leader-installs',
    chapter,
    wrong: 'A snapshot from a leader of an older term is received like any other.',
    origin: 'Fig. 13 InstallSnapshot 1',
    breaks: 'Figure 2',
    damages: ['refuse-stale-snapshot'],
    node: protocol.without('refuse-stale-snapshot'),
    harmless: 'What a leader of any term has in its snapshot is committed.',
  },
];

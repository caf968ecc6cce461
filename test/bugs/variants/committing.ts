// Variants of committing and applying: when, how far at once, and who is told.

import { sendEntries, startLeading } from '../../../chapters/04-replication/state.ts';
import type { ConflictBackoff } from '../../../chapters/05-conflict-backoff/conflict-backoff.ts';
import type { Partitions } from '../../../chapters/06-partitions/partitions.ts';
import * as chapter4 from '../../../chapters/04-replication/replication.ts';
import * as chapter5 from '../../../chapters/05-conflict-backoff/conflict-backoff.ts';
import * as chapter6 from '../../../chapters/06-partitions/partitions.ts';
import { noOp } from '../../../lib/machine/key-value.ts';
import { refine } from '../../../lib/rules/rule.ts';
import type { Variant } from '../bug.ts';
import { edited, first, replacing } from '../../../lib/rules/edit.ts';
import { applyNext, countingBy, isAwaited, stored } from '../parts.ts';

const { partitions } = chapter6;

export const committing: readonly Variant[] = [
  {
    name: 'no-entry-at-election',
    chapter: '06-partitions',
    allowed: 'A new leader begins its term without an entry of its own and waits for a command.',
    origin: 'thesis §6.4; https://github.com/canonical/raft/issues/336',
    node: replacing(
      partitions,
      edited<Partitions>()(chapter6.becomeLeader, {
        then(me, event, act) {
          startLeading(me);
          me.heardFrom = [];
          for (const peer of me.peers) sendEntries(me, peer, act);
          act.restartHeartbeatTimer();
          act.restartElectionTimer();
        },
      }),
    ),
  },
  {
    name: 'entry-at-election',
    chapter: '05-conflict-backoff',
    allowed: 'A new leader begins its term with an entry of its own before a chapter asks for it.',
    origin: '§8',
    node: replacing(
      chapter5.conflictBackoff,
      edited<ConflictBackoff>()(chapter4.becomeLeader, {
        then(me, event, act) {
          startLeading(me);
          me.log = me.log.append([{ term: me.currentTerm, command: noOp }]);
          for (const peer of me.peers) sendEntries(me, peer, act);
          act.restartHeartbeatTimer();
        },
      }),
    ),
  },
  {
    name: 'commit-told-at-once',
    chapter: '06-partitions',
    allowed:
      'The leader tells its followers of a new commitIndex at once, not with the next heartbeat.',
    origin: 'https://github.com/etcd-io/raft/issues/140',
    node: replacing(
      partitions,
      refine<Partitions>()(chapter6.advanceCommitIndex, {
        also(me, event, act) {
          for (const peer of me.peers) sendEntries(me, peer, act);
        },
      }),
    ),
  },
  {
    name: 'commit-one-by-one',
    chapter: '06-partitions',
    allowed: 'commitIndex moves on by one entry in each step.',
    origin: 'Fig. 2 Leaders 4',
    node: replacing(
      partitions,
      edited<Partitions>()(chapter6.advanceCommitIndex, {
        then(me) {
          me.commitIndex += 1;
        },
      }),
    ),
  },
  {
    name: 'commit-at-heartbeat',
    chapter: '06-partitions',
    allowed: 'The leader works out its commitIndex only when it sends heartbeats.',
    origin: 'Fig. 2 Leaders 4',
    node: replacing(partitions, { ...chapter6.advanceCommitIndex, on: 'HeartbeatTimeout' }),
  },
  {
    name: 'half-of-an-even-number-commits',
    chapter: '06-partitions',
    allowed:
      'With an even number of nodes half of them commit: a majority that elects meets any half.',
    origin: 'Howard, Malkhi, Spiegelman: Flexible Paxos (2016)',
    node: countingBy((me) => stored(me)[Math.ceil((me.peers.length + 1) / 2) - 1]),
  },
  {
    name: 'applied-at-the-next-event',
    chapter: '06-partitions',
    allowed: 'What is committed is applied at the beginning of the next event.',
    origin: 'Fig. 2 All Servers 1; https://thesquareplanet.com/blog/students-guide-to-raft/',
    node: first(partitions, 'apply-committed'),
  },
  {
    name: 'applied-one-by-one',
    chapter: '06-partitions',
    allowed: 'At most one entry is applied in each step.',
    origin: 'Fig. 2 All Servers 1',
    node: replacing(
      partitions,
      edited<Partitions>()(chapter4.applyCommitted, {
        then(me, event, act) {
          const entry = applyNext(me, act);
          if (isAwaited(me, entry)) act.answer(entry.command, true, me.id);
        },
      }),
    ),
  },
];

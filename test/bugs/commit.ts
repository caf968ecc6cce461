// Mistakes about commitIndex and lastApplied: counting wrongly, believing too much, skipping entries.

import { majority } from '../../chapters/03-voting/voting.ts';
import type { ReplicationState } from '../../chapters/04-replication/state.ts';
import { lastIndexOf } from '../../chapters/04-replication/state.ts';
import type { ConflictBackoff } from '../../chapters/05-conflict-backoff/conflict-backoff.ts';
import type { Partitions } from '../../chapters/06-partitions/partitions.ts';
import * as chapter4 from '../../chapters/04-replication/replication.ts';
import * as chapter5 from '../../chapters/05-conflict-backoff/conflict-backoff.ts';
import * as chapter6 from '../../chapters/06-partitions/partitions.ts';
import { applyCommand } from '../../lib/machine/key-value.ts';
import { refine } from '../../lib/rules/rule.ts';
import type { Bug } from './bug.ts';
import { edited, replacing } from '../../lib/rules/edit.ts';
import { emptyHeartbeats } from './variants/sending.ts';
import { applyNext, countingBy, isAwaited, stored, storedByFollowers } from './parts.ts';

const { conflictBackoff } = chapter5;
const { partitions } = chapter6;
const guide = 'https://thesquareplanet.com/blog/students-guide-to-raft/';

/** What a majority stores, when the indexes are compared as text. */
const medianOfTexts = (me: Readonly<ReplicationState>): number =>
  me.role === 'leader' ? (stored(me).sort().reverse()[majority(me) - 1] ?? 0) : 0;

export const commit: readonly Bug[] = [
  {
    name: 'old-term-committed-by-counting',
    chapter: '06-partitions',
    wrong: 'A leader takes an entry of an older term for committed because a majority stores it.',
    origin:
      '§5.4.2, Fig. 8; https://github.com/logcabin/logcabin/issues/44, ' +
      'https://github.com/canonical/raft/issues/220, https://github.com/bakwc/PySyncObj/issues/169',
    breaks: 'Leader Completeness',
    damages: ['advance-commit-index'],
    node: replacing(partitions, chapter4.advanceCommitIndex),
  },
  {
    name: 'indexes-sorted-as-text',
    chapter: '05-conflict-backoff',
    wrong: 'The indexes are sorted as text, so that 9 counts as more than 10: the median is wrong.',
    origin: 'Array.prototype.sort of JavaScript compares text',
    breaks: 'Leader Completeness',
    damages: ['advance-commit-index'],
    node: replacing(
      conflictBackoff,
      edited<ConflictBackoff>()(chapter4.advanceCommitIndex, {
        when: { 'a majority stores a further entry': (me) => medianOfTexts(me) > me.commitIndex },
        then(me) {
          me.commitIndex = medianOfTexts(me);
        },
      }),
    ),
  },
  {
    name: 'own-log-not-counted',
    chapter: '06-partitions',
    wrong: 'A leader does not count itself among those that store an entry.',
    origin: 'https://github.com/ben-ng/gaggle/issues/15',
    breaks: 'liveness',
    damages: ['advance-commit-index'],
    node: countingBy((me) => storedByFollowers(me)[majority(me) - 1]),
  },
  {
    name: 'one-follower-commits',
    chapter: '06-partitions',
    wrong: 'An entry is committed as soon as any follower stores it.',
    origin: 'https://github.com/willemt/raft/commit/05608a3',
    breaks: 'Leader Completeness',
    damages: ['advance-commit-index'],
    node: countingBy((me) => stored(me)[1]),
  },
  {
    name: 'half-commits',
    chapter: '06-partitions',
    wrong: 'Half of the nodes, rounded down, commit an entry: with three nodes, the leader alone.',
    origin: 'https://github.com/async-raft/async-raft/issues/143',
    breaks: 'Leader Completeness',
    damages: ['advance-commit-index'],
    node: countingBy((me) => stored(me)[Math.floor((me.peers.length + 1) / 2) - 1]),
  },
  {
    name: 'committed-when-appended',
    chapter: '06-partitions',
    wrong: 'A leader takes a command for committed when it appends it.',
    origin: '§5.3: committed once it is replicated on a majority',
    breaks: 'Leader Completeness',
    damages: ['append-command'],
    node: replacing(
      partitions,
      refine<Partitions>()(chapter4.appendCommand, {
        also(me) {
          me.commitIndex = me.log.lastIndex;
        },
      }),
    ),
  },
  {
    name: 'leader-commit-copied',
    chapter: '05-conflict-backoff',
    wrong: 'A follower copies leaderCommit, however far its log goes.',
    origin: `${guide}; https://github.com/eBay/NuRaft/issues/57`,
    breaks: 'commitIndex never decreases',
    damages: ['learn-commit-index'],
    node: replacing(
      conflictBackoff,
      edited<ConflictBackoff>()(chapter4.learnCommitIndex, {
        when: {
          'more is committed than this node knew': (me, append) =>
            append.leaderCommit > me.commitIndex,
        },
        then(me, append) {
          me.commitIndex = append.leaderCommit;
        },
      }),
    ),
  },
  {
    name: 'leader-commit-up-to-own-log',
    chapter: '06-partitions',
    wrong:
      'A follower believes leaderCommit as far as its log goes, not as far as it was compared.',
    origin: `${guide}; Fig. 2 AppendEntries 5: index of last new entry`,
    breaks: 'State Machine Safety',
    damages: ['learn-commit-index'],
    node: replacing(
      // With entries in every heartbeat, what conflicts is cut before anything can be believed.
      emptyHeartbeats,
      edited<Partitions>()(chapter4.learnCommitIndex, {
        when: {
          'more is committed than this node knew': (me, append) =>
            Math.min(append.leaderCommit, me.log.lastIndex) > me.commitIndex,
        },
        then(me, append) {
          me.commitIndex = Math.min(append.leaderCommit, me.log.lastIndex);
        },
      }),
    ),
  },
  {
    name: 'commit-index-goes-back',
    chapter: '06-partitions',
    wrong: 'A follower takes over the commitIndex of its leader, also when it is lower.',
    origin:
      'https://github.com/bakwc/PySyncObj/issues/166, ' +
      'https://github.com/wenweihu86/raft-java/issues/54',
    breaks: 'commitIndex never decreases',
    damages: ['learn-commit-index'],
    node: replacing(
      partitions,
      edited<Partitions>()(chapter4.learnCommitIndex, {
        when: {
          'more is committed than this node knew': (me, append) =>
            Math.min(append.leaderCommit, lastIndexOf(append)) !== me.commitIndex,
        },
      }),
    ),
  },
  {
    name: 'committed-entries-skipped',
    chapter: '06-partitions',
    wrong: 'At most one entry is applied at a time, but lastApplied jumps to commitIndex.',
    origin: 'Fig. 2 All Servers 1; https://github.com/etcd-io/raft/commit/8ecce32',
    breaks: 'State Machine Safety',
    damages: ['apply-committed'],
    node: replacing(
      partitions,
      edited<Partitions>()(chapter4.applyCommitted, {
        then(me, event, act) {
          const entry = applyNext(me, act);
          if (isAwaited(me, entry)) act.answer(entry.command, true, me.id);
          me.lastApplied = me.commitIndex;
        },
      }),
    ),
  },
  {
    name: 'result-depends-on-the-node',
    chapter: '06-partitions',
    wrong: 'What a command does to the state machine depends on the node that applies it.',
    origin: '§2; thesis §6.3',
    breaks: 'State Machine Safety',
    damages: ['apply-committed'],
    node: replacing(
      partitions,
      edited<Partitions>()(chapter4.applyCommitted, {
        then(me, event, act) {
          while (me.lastApplied < me.commitIndex) {
            const entry = applyNext(me, act);
            me.machine = applyCommand(me.machine, `lastWriter=${me.id}`);
            if (isAwaited(me, entry)) act.answer(entry.command, true, me.id);
          }
        },
      }),
    ),
  },
];

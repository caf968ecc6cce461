// Variants of going back after a refusal: what a follower tells, and what the leader makes of it.

import type { ConflictBackoff } from '../../../chapters/05-conflict-backoff/conflict-backoff.ts';
import { replyTo } from '../../../chapters/04-replication/state.ts';
import * as chapter5 from '../../../chapters/05-conflict-backoff/conflict-backoff.ts';
import * as chapter6 from '../../../chapters/06-partitions/partitions.ts';
import type { Variant } from '../bug.ts';
import { edited, replacing } from '../../../lib/rules/edit.ts';

type Me = Readonly<ConflictBackoff['state']>;

/** Chapter 5 with a follower that names another place to go back to, whatever the term there. */
const hinting = (indexFor: (me: Me, prevLogIndex: number) => number) =>
  replacing(
    chapter5.conflictBackoff,
    edited<ConflictBackoff>()(chapter5.checkConsistency, {
      then(me, append, act) {
        const conflictIndex = indexFor(me, append.prevLogIndex);
        act.reply({ ...replyTo(me, append, false), conflictTerm: 0, conflictIndex });
      },
    }),
  );

const guide = 'https://thesquareplanet.com/blog/students-guide-to-raft/';

export const hints: readonly Variant[] = [
  {
    name: 'one-index-at-a-time',
    chapter: '05-conflict-backoff',
    allowed: 'The leader goes back one index at a time and takes no hint.',
    origin: '§5.3, Fig. 2 Leaders 3',
    node: chapter5.oneByOne,
  },
  {
    name: 'one-index-at-a-time-in-partitions',
    chapter: '06-partitions',
    allowed: 'The same in chapter 6.',
    origin: '§5.3, Fig. 2 Leaders 3',
    node: replacing(chapter6.partitions, { ...chapter5.stepBack, name: 'jump-back' }),
  },
  {
    name: 'hint-is-the-last-index',
    chapter: '05-conflict-backoff',
    allowed: 'A follower tells only where its log ends; within it the leader goes back by one.',
    origin: guide,
    node: hinting((me, prevLogIndex) => Math.min(me.log.lastIndex + 1, prevLogIndex)),
  },
  {
    name: 'hint-is-the-commit-index',
    chapter: '05-conflict-backoff',
    allowed: 'A follower asks for everything after what it knows to be committed.',
    origin: 'https://github.com/databendlabs/openraft/pull/2076',
    node: hinting((me) => me.commitIndex + 1),
  },
  {
    name: 'binary-search',
    chapter: '05-conflict-backoff',
    allowed: 'The leader goes back half-way to what is known to match.',
    origin: 'thesis §3.5 leaves the way back open',
    node: replacing(
      chapter5.conflictBackoff,
      edited<ConflictBackoff>()(chapter5.jumpBack, {
        then(me, { from, prevLogIndex }) {
          const known = me.matchIndex[from] ?? 0;
          const nextIndex = known + Math.ceil((prevLogIndex - known) / 2);
          me.nextIndex = { ...me.nextIndex, [from]: nextIndex };
        },
      }),
    ),
  },
  {
    name: 'late-refusals-heeded',
    chapter: '05-conflict-backoff',
    allowed: 'A refusal of an earlier attempt is heeded as well, but never below matchIndex.',
    origin: 'https://github.com/etcd-io/raft, on probing',
    node: replacing(
      chapter5.conflictBackoff,
      edited<ConflictBackoff>()(chapter5.jumpBack, {
        when: {
          'the reply is about the latest attempt': (me, reply) => reply.from in me.nextIndex,
        },
        then(me, { from, conflictIndex, prevLogIndex }) {
          const { [from]: before = 1 } = me.nextIndex;
          const lowest = (me.matchIndex[from] ?? 0) + 1;
          const nextIndex = Math.max(lowest, Math.min(before, conflictIndex, prevLogIndex));
          me.nextIndex = { ...me.nextIndex, [from]: nextIndex };
        },
      }),
    ),
  },
  {
    name: 'cut-while-refusing',
    chapter: '05-conflict-backoff',
    allowed: 'A follower that refuses cuts the entry at prevLogIndex, which conflicts, at once.',
    origin: 'https://github.com/willemt/raft/commit/396f7b7',
    node: replacing(
      chapter5.conflictBackoff,
      edited<ConflictBackoff>()(chapter5.checkConsistency, {
        then(me, append, act) {
          act.reply({ ...replyTo(me, append, false), ...chapter5.hintFor(me, append) });
          me.log = me.log.upTo(Math.max(me.commitIndex, append.prevLogIndex - 1));
        },
      }),
    ),
  },
];

// Mistakes about going back after a refusal.

import type { ConflictBackoff } from '../../chapters/05-conflict-backoff/conflict-backoff.ts';
import type { Partitions } from '../../chapters/06-partitions/partitions.ts';
import * as chapter5 from '../../chapters/05-conflict-backoff/conflict-backoff.ts';
import * as chapter6 from '../../chapters/06-partitions/partitions.ts';
import type { Bug } from './bug.ts';
import { edited, replacing } from '../../lib/rules/edit.ts';

const { conflictBackoff } = chapter5;

export const backoff: readonly Bug[] = [
  {
    name: 'next-index-below-one',
    chapter: '05-conflict-backoff',
    wrong: 'Every refusal, even a repeated one, lowers nextIndex by one, past the first index.',
    origin: 'https://github.com/willemt/raft/commit/f297457',
    breaks: 'liveness',
    damages: ['jump-back'],
    node: replacing(
      conflictBackoff,
      edited<ConflictBackoff>()(chapter5.jumpBack, {
        when: {
          'the reply is about the latest attempt': (me, reply) => reply.from in me.nextIndex,
          'the logs are not known to match there': () => true,
        },
        then(me, { from }) {
          me.nextIndex = { ...me.nextIndex, [from]: (me.nextIndex[from] ?? 1) - 1 };
        },
      }),
    ),
  },
  {
    name: 'late-refusal-lowers-next-index',
    chapter: '06-partitions',
    wrong: 'A late refusal takes nextIndex back below what the follower is known to store.',
    origin: '§5.3; https://github.com/willemt/raft/commit/f297457',
    breaks: 'liveness',
    damages: ['jump-back'],
    node: replacing(
      chapter6.partitions,
      edited<Partitions>()(chapter5.jumpBack, {
        when: {
          'the reply is about the latest attempt': (me, reply) => reply.from in me.nextIndex,
          'the logs are not known to match there': () => true,
        },
      }),
    ),
  },
];

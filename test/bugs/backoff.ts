// Mistakes about going back after a refusal.

import type { ConflictBackoff } from '../../chapters/05-conflict-backoff/conflict-backoff.ts';
import * as chapter5 from '../../chapters/05-conflict-backoff/conflict-backoff.ts';
import type { Bug } from './bug.ts';
import { edited, replacing } from './edit.ts';

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
          'the reply is about the latest attempt': () => true,
          'the logs are not known to match there': () => true,
        },
        then(me, { from }) {
          me.nextIndex = { ...me.nextIndex, [from]: (me.nextIndex[from] ?? 1) - 1 };
        },
      }),
    ),
  },
  {
    name: 'refusal-by-term-lowers-next-index',
    chapter: '05-conflict-backoff',
    wrong:
      'A refusal that is about the term is taken for one about the log, and nextIndex goes back.',
    origin: 'https://thesquareplanet.com/blog/students-guide-to-raft/',
    breaks: 'cost',
    damages: ['jump-back'],
    node: replacing(
      conflictBackoff,
      edited<ConflictBackoff>()(chapter5.jumpBack, {
        when: {
          'the reply is about the latest attempt': () => true,
          'the logs are not known to match there': () => true,
        },
      }),
    ),
  },
];

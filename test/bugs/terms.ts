// Mistakes about terms: going back, believing the past, or not learning of the future.

import type { ConflictBackoff } from '../../chapters/05-conflict-backoff/conflict-backoff.ts';
import type { Partitions } from '../../chapters/06-partitions/partitions.ts';
import * as chapter5 from '../../chapters/05-conflict-backoff/conflict-backoff.ts';
import * as chapter6 from '../../chapters/06-partitions/partitions.ts';
import { refine } from '../../lib/rules/rule.ts';
import type { Bug } from './bug.ts';
import { edited, replacing } from '../../lib/rules/edit.ts';

export const terms: readonly Bug[] = [
  {
    name: 'term-goes-back-with-the-log',
    chapter: '05-conflict-backoff',
    wrong: 'When the log is cut, currentTerm becomes the term of the entry that is last now.',
    origin: 'https://github.com/nats-io/nats-server/issues/5975',
    breaks: 'Terms never decrease',
    damages: ['truncate-conflict'],
    node: replacing(
      chapter5.conflictBackoff,
      refine<ConflictBackoff>()(chapter5.truncateConflict, {
        also(me) {
          me.currentTerm = me.log.lastTerm;
        },
      }),
    ),
  },
  {
    name: 'stale-leader-accepted',
    chapter: '06-partitions',
    wrong: 'Entries from the leader of an older term are taken like any others.',
    origin: 'Fig. 2 AppendEntries 1; https://thesquareplanet.com/blog/students-guide-to-raft/',
    breaks: 'Leader Completeness',
    damages: ['refuse-stale-leader'],
    node: chapter6.partitions.without('refuse-stale-leader'),
  },
  {
    name: 'newer-term-in-reply-ignored',
    chapter: '06-partitions',
    wrong: 'A newer term is adopted from requests, but not from replies.',
    origin: '§5.1, Fig. 2 All Servers 2',
    breaks: 'liveness',
    damages: ['adopt-newer-term'],
    node: replacing(
      chapter6.partitions,
      edited<Partitions>()(chapter6.adoptNewerTerm, {
        when: {
          'the message has a newer term': (me, message) =>
            message.term > me.currentTerm && !message.type.endsWith('Reply'),
        },
      }),
    ),
  },
];

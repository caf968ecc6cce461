// Mistakes about being a pure function: changing what belongs to another, or giving up half-way.

import type { ConflictBackoff } from '../../chapters/05-conflict-backoff/conflict-backoff.ts';
import * as chapter4 from '../../chapters/04-replication/replication.ts';
import * as chapter5 from '../../chapters/05-conflict-backoff/conflict-backoff.ts';
import { refine } from '../../lib/rules/rule.ts';
import type { Bug } from './bug.ts';
import { edited, replacing } from '../../lib/rules/edit.ts';

export const determinism: readonly Bug[] = [
  {
    name: 'entries-shared-with-the-sender',
    chapter: '05-conflict-backoff',
    wrong: 'A follower changes the entries of a message, which are those in the log of the leader.',
    origin: 'https://github.com/willemt/raft/commit/b870595; https://github.com/etcd-io/raft',
    breaks: 'purity',
    damages: ['append-entries'],
    node: replacing(
      chapter5.conflictBackoff,
      refine<ConflictBackoff>()(chapter4.appendEntries, {
        also(me, append) {
          for (const entry of append.entries) Object.assign(entry, { term: me.currentTerm });
        },
      }),
    ),
  },
  {
    name: 'throws-on-a-gap',
    chapter: '05-conflict-backoff',
    wrong: 'A node throws when it is sent entries that begin beyond the end of its log.',
    origin: 'https://github.com/zhebrak/raftos/issues/27',
    breaks: 'purity',
    damages: ['check-consistency'],
    node: replacing(
      chapter5.conflictBackoff,
      edited<ConflictBackoff>()(chapter5.checkConsistency, {
        when: {
          'the log has no such entry': (me, { prevLogIndex, prevLogTerm }) => {
            if (prevLogIndex === 0) return false;
            const entry = me.log.entryAt(prevLogIndex);
            if (!entry) throw new Error(`there is no entry ${prevLogIndex}`);
            return entry.term !== prevLogTerm;
          },
        },
      }),
    ),
  },
];

// Mistakes about AppendEntries without entries, which is no different from one with entries.

import type { ConflictBackoff } from '../../chapters/05-conflict-backoff/conflict-backoff.ts';
import { replyTo } from '../../chapters/04-replication/state.ts';
import * as chapter5 from '../../chapters/05-conflict-backoff/conflict-backoff.ts';
import { rulesOf } from '../../lib/rules/rule.ts';
import type { Bug } from './bug.ts';
import { edited, inserting, replacing } from '../../lib/rules/edit.ts';
import { emptyHeartbeats, pipelining } from './variants/sending.ts';

const { conflictBackoff } = chapter5;
const guide = 'https://thesquareplanet.com/blog/students-guide-to-raft/';

/** Says yes to every AppendEntries without entries, before the log is asked. */
const welcomeHeartbeat = rulesOf<ConflictBackoff>()({
  name: 'welcome-heartbeat',
  paper: 'nowhere',
  says: 'A heartbeat is always answered with yes.',
  on: 'AppendEntries',
  when: { 'there are no entries': (me, append) => append.entries.length === 0 },
  then(me, append, act) {
    act.reply({ ...replyTo(me, append, true), conflictTerm: 0, conflictIndex: 0 });
  },
  last: true,
});

const cutAfterHeartbeat = edited<ConflictBackoff>()(chapter5.truncateConflict, {
  when: {
    'an entry conflicts with the log': (me, append) =>
      append.entries.length === 0 ||
      me.log.firstConflict(append.prevLogIndex + 1, append.entries) !== undefined,
  },
});

export const heartbeats: readonly Bug[] = [
  {
    name: 'heartbeat-always-accepted',
    chapter: '05-conflict-backoff',
    wrong: 'A heartbeat gets a yes without a look at prevLogIndex and prevLogTerm.',
    origin: `${guide}; https://github.com/cloud-software-foundation/c5/issues/43`,
    breaks: 'Leader Completeness',
    damages: ['check-consistency'],
    node: inserting(conflictBackoff, welcomeHeartbeat, { before: 'check-consistency' }),
  },
  {
    name: 'heartbeat-always-accepted-when-pipelining',
    chapter: '06-partitions',
    wrong: 'The same with a leader that pipelines: the yes counts for entries that were lost.',
    origin: `${guide}; thesis §10.2.1`,
    breaks: 'Leader Completeness',
    damages: ['check-consistency'],
    node: inserting(pipelining, welcomeHeartbeat, { before: 'check-consistency' }),
  },
  {
    name: 'heartbeat-not-checked',
    chapter: '05-conflict-backoff',
    wrong: 'The consistency check is skipped without entries, but leaderCommit is believed.',
    origin: `${guide}; Fig. 2 AppendEntries 2 and 5`,
    breaks: 'State Machine Safety',
    damages: ['check-consistency'],
    node: replacing(
      conflictBackoff,
      edited<ConflictBackoff>()(chapter5.checkConsistency, {
        when: {
          'the log has no such entry': (me, append) =>
            append.entries.length > 0 && me.log.termAt(append.prevLogIndex) !== append.prevLogTerm,
        },
      }),
    ),
  },
  {
    name: 'heartbeat-cuts-the-log',
    chapter: '05-conflict-backoff',
    wrong: 'A heartbeat cuts the log after prevLogIndex; a late one removes acknowledged entries.',
    origin: 'https://github.com/willemt/raft/commit/3e011ae',
    breaks: 'Leader Completeness',
    damages: ['truncate-conflict'],
    node: replacing(conflictBackoff, cutAfterHeartbeat),
  },
  {
    name: 'empty-heartbeat-cuts-the-log',
    chapter: '06-partitions',
    wrong: 'The same with a leader whose heartbeats never carry entries.',
    origin: 'https://github.com/willemt/raft/commit/3e011ae',
    breaks: 'Leader Completeness',
    damages: ['truncate-conflict'],
    node: replacing(emptyHeartbeats, cutAfterHeartbeat),
  },
];

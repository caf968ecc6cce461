// Mistakes about entries: where they go in a log, what is cut, and how they are sent.

import type { ConflictBackoff } from '../../chapters/05-conflict-backoff/conflict-backoff.ts';
import type { Partitions } from '../../chapters/06-partitions/partitions.ts';
import type { ReplicationState } from '../../chapters/04-replication/state.ts';
import { entriesPerMessage, replyTo, sendEntries } from '../../chapters/04-replication/state.ts';
import * as chapter4 from '../../chapters/04-replication/replication.ts';
import * as chapter5 from '../../chapters/05-conflict-backoff/conflict-backoff.ts';
import * as chapter6 from '../../chapters/06-partitions/partitions.ts';
import type { MessageOf } from '../../lib/rules/rule.ts';
import { refine } from '../../lib/rules/rule.ts';
import type { Bug } from './bug.ts';
import { edited, replacing } from '../../lib/rules/edit.ts';
import { sendThese, sendingBy } from './parts.ts';

const { conflictBackoff } = chapter5;
const guide = 'https://thesquareplanet.com/blog/students-guide-to-raft/';

/** The first index in a message where the log holds an entry of another term than the leader's; or 0. */
function otherTerm(
  { log }: Readonly<ReplicationState>,
  { term, prevLogIndex, entries }: MessageOf<ConflictBackoff, 'AppendEntries'>,
): number {
  const place = entries.findIndex((_, i) => (log.termAt(prevLogIndex + 1 + i) ?? term) !== term);
  return place < 0 ? 0 : prevLogIndex + 1 + place;
}

export const replication: readonly Bug[] = [
  {
    name: 'always-cut-after-prev',
    chapter: '05-conflict-backoff',
    wrong: 'The log is cut after prevLogIndex even when nothing conflicts.',
    origin: `${guide}; Fig. 2 AppendEntries 3`,
    breaks: 'Leader Completeness',
    damages: ['truncate-conflict'],
    node: replacing(
      conflictBackoff,
      edited<ConflictBackoff>()(chapter5.truncateConflict, {
        when: { 'an entry conflicts with the log': () => true },
        then(me, append) {
          me.log = me.log.upTo(append.prevLogIndex);
        },
      }),
    ),
  },
  {
    name: 'cut-and-not-appended',
    chapter: '05-conflict-backoff',
    wrong:
      'After a conflict the log is cut and the new entries are acknowledged, but not appended.',
    origin: 'https://github.com/willemt/raft/commit/e4c4029; Fig. 2 AppendEntries 4',
    breaks: 'Leader Completeness',
    damages: ['truncate-conflict'],
    node: replacing(
      conflictBackoff,
      edited<ConflictBackoff>()(chapter5.truncateConflict, {
        then(me, append, act) {
          const conflict = me.log.firstConflict(append.prevLogIndex + 1, append.entries) ?? 1;
          me.log = me.log.upTo(conflict - 1);
          act.reply({ ...replyTo(me, append, true), conflictTerm: 0, conflictIndex: 0 });
        },
        last: true,
      }),
    ),
  },
  {
    name: 'gap-accepted',
    chapter: '05-conflict-backoff',
    wrong: 'Entries are accepted although the log ends before prevLogIndex.',
    origin: `${guide}; https://github.com/ktoso/akka-raft/issues/32`,
    breaks: 'Log Matching',
    damages: ['check-consistency'],
    node: replacing(
      conflictBackoff,
      edited<ConflictBackoff>()(chapter5.checkConsistency, {
        when: {
          'the log has no such entry': (me, append) =>
            append.prevLogIndex <= me.log.lastIndex &&
            me.log.termAt(append.prevLogIndex) !== append.prevLogTerm,
        },
      }),
    ),
  },
  {
    name: 'prev-term-not-compared',
    chapter: '05-conflict-backoff',
    wrong: 'An entry at prevLogIndex is enough; its term is not compared.',
    origin: `Fig. 2 AppendEntries 2; ${guide}`,
    breaks: 'Log Matching',
    damages: ['check-consistency'],
    node: replacing(
      conflictBackoff,
      edited<ConflictBackoff>()(chapter5.checkConsistency, {
        when: {
          'the log has no such entry': (me, append) => append.prevLogIndex > me.log.lastIndex,
        },
      }),
    ),
  },
  {
    name: 'conflict-with-the-term-of-the-message',
    chapter: '05-conflict-backoff',
    wrong:
      'An entry is a conflict when its term is not that of the message, so old entries are cut.',
    origin: 'https://github.com/zhebrak/raftos/issues/26',
    breaks: 'Leader Completeness',
    damages: ['truncate-conflict'],
    node: replacing(
      conflictBackoff,
      edited<ConflictBackoff>()(chapter5.truncateConflict, {
        when: { 'an entry conflicts with the log': (me, append) => otherTerm(me, append) > 0 },
        then(me, append) {
          me.log = me.log.upTo(otherTerm(me, append) - 1);
        },
      }),
    ),
  },
  {
    name: 'entries-appended-blindly',
    chapter: '05-conflict-backoff',
    wrong: 'Entries of a message are put at the end of the log, also when it holds them already.',
    origin: 'Fig. 2 AppendEntries 4',
    breaks: 'Log Matching',
    damages: ['append-entries'],
    node: replacing(
      conflictBackoff,
      edited<ConflictBackoff>()(chapter4.appendEntries, {
        when: {
          'there are entries beyond the end of the log': (me, append) => append.entries.length > 0,
        },
        then(me, append) {
          me.log = me.log.append(append.entries);
        },
      }),
    ),
  },
  {
    name: 'entries-stored-with-own-term',
    chapter: '05-conflict-backoff',
    wrong: 'A follower stores entries with its currentTerm instead of the term they came with.',
    origin: '§5.3: each entry keeps the term of the leader that received it',
    breaks: 'Log Matching',
    damages: ['append-entries'],
    node: replacing(
      conflictBackoff,
      edited<ConflictBackoff>()(chapter4.appendEntries, {
        then(me, append) {
          const { currentTerm: term } = me;
          const entries = append.entries.map(({ command }) => ({ term, command }));
          me.log = me.log.upTo(append.prevLogIndex).append(entries);
        },
      }),
    ),
  },
  {
    name: 'entries-sent-with-own-term',
    chapter: '06-partitions',
    wrong: 'A leader sends old entries as if they were of its own term.',
    origin: '§5.4.2: log entries retain their original term numbers',
    breaks: 'Log Matching',
    damages: ['become-leader', 'send-heartbeats', 'append-command', 'catch-up'],
    node: sendingBy((me, peer, act) => {
      const { currentTerm: term } = me;
      const entries = me.log.entriesFrom(me.nextIndex[peer] ?? 1, entriesPerMessage);
      sendThese(
        me,
        peer,
        entries.map(({ command }) => ({ term, command })),
        act,
      );
    }),
  },
  {
    name: 'leader-overwrites-its-log',
    chapter: '06-partitions',
    wrong: 'A leader puts a new command after what is committed, over entries that are not.',
    origin: 'Fig. 3 Leader Append-Only; https://github.com/cloudwalk/stratus/pull/1337',
    breaks: 'Leader Append-Only',
    damages: ['append-command'],
    node: replacing(
      chapter6.partitions,
      edited<Partitions>()(chapter4.appendCommand, {
        then(me, { command }, act) {
          me.log = me.log.upTo(me.commitIndex).append([{ term: me.currentTerm, command }]);
          for (const peer of me.peers) sendEntries(me, peer, act);
        },
      }),
    ),
  },
  {
    name: 'entries-sent-once',
    chapter: '05-conflict-backoff',
    wrong: 'Entries are sent when they are new, and never again unless the follower refuses.',
    origin: '§5.3: the leader retries AppendEntries indefinitely',
    breaks: 'liveness',
    damages: ['send-heartbeats', 'catch-up'],
    node: replacing(
      conflictBackoff,
      edited<ConflictBackoff>()(chapter4.sendHeartbeats, {
        then(me, timeout, act) {
          for (const peer of me.peers) sendThese(me, peer, [], act);
          act.restartHeartbeatTimer();
        },
      }),
      refine<ConflictBackoff>()(chapter5.catchUp, {
        when: { 'the entries were refused': (me, reply) => !reply.success },
      }),
    ),
  },
  {
    name: 'entries-beyond-the-message-acknowledged',
    chapter: '05-conflict-backoff',
    wrong: 'A follower acknowledges its whole log instead of what the message speaks of.',
    origin: `${guide}; Fig. 2 matchIndex`,
    breaks: 'Leader Completeness',
    damages: ['acknowledge'],
    node: replacing(
      conflictBackoff,
      edited<ConflictBackoff>()(chapter5.acknowledge, {
        then(me, append, act) {
          const { lastIndex } = me.log;
          const hint = { conflictTerm: 0, conflictIndex: 0 };
          act.reply({ ...replyTo(me, append, true), ...hint, lastIndex });
        },
      }),
    ),
  },
];

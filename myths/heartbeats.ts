// Claims about what a follower does with an AppendEntries.

import { replacing } from '../lib/rules/edit.ts';
import { refine, rulesOf } from '../lib/rules/rule.ts';
import type { ConflictBackoff } from '../chapters/05-conflict-backoff/conflict-backoff.ts';
import * as chapter5 from '../chapters/05-conflict-backoff/conflict-backoff.ts';
import type { RefutedBySearch } from './myth.ts';
import { nowhere } from './myth.ts';

export const checkOnlyEntries = refine<ConflictBackoff>()(chapter5.checkConsistency, {
  paper: nowhere,
  says: 'Refuse entries that do not fit onto the log; a heartbeat, which has none, always fits.',
  when: {
    'it is no heartbeat': (me, append) => append.entries.length > 0,
  },
});

export const cutAfterPrev = rulesOf<ConflictBackoff>()({
  name: 'truncate-conflict',
  paper: nowhere,
  says: 'Cut the log after prevLogIndex; the leader has sent what comes there.',
  on: 'AppendEntries',
  when: {
    'the log goes on after prevLogIndex': (me, append) => me.log.lastIndex > append.prevLogIndex,
  },
  then(me, append) {
    me.log = me.log.upTo(append.prevLogIndex);
  },
});

export const heartbeats: readonly RefutedBySearch[] = [
  {
    name: 'heartbeats-need-no-check',
    claim: 'A heartbeat carries no entries, so it needs no consistency check.',
    appeal: 'A heartbeat seems to say no more than "I am here".',
    truth:
      'A heartbeat is an AppendEntries without entries, and all conditions apply. Its answer tells the leader that the logs agree up to prevLogIndex, and its leaderCommit tells the follower what is committed. Both are wrong when nobody has checked.',
    paper: '§5.3, Fig. 2 AppendEntries 2',
    chapter: '05-conflict-backoff',
    node: replacing<ConflictBackoff>(chapter5.conflictBackoff, checkOnlyEntries),
    bounds: { terms: 3, log: 1 },
    filter: 'dead',
    breaks: 'State Machine Safety',
    notes: {
      5: 'A leads term 1 and takes x=1.',
      6: 'C stores x=1.',
      7: 'A commits x=1: it is on A and C.',
      8: 'A learns of term 2.',
      9: 'A starts term 3.',
      10: 'B votes for A: its own log is empty.',
      11: 'A leads term 3. It sends heartbeats after index 1, which say that index 1 is committed.',
      12: 'B lacks index 1. Unchecked, the heartbeat makes it commit and apply an entry that it does not have.',
    },
  },
  {
    name: 'always-cut-after-prev',
    claim: 'A follower cuts its log after prevLogIndex and appends what the leader has sent.',
    appeal:
      "The leader's log is the one that counts, so it seems right to make the follower's log end where the message ends.",
    truth:
      'The follower cuts only where an entry conflicts. Messages arrive late and out of order, and one that is older says less than the log holds by now. To cut for it takes back what the follower has acknowledged.',
    paper: '§5.3, Fig. 2 AppendEntries 3',
    chapter: '05-conflict-backoff',
    node: replacing<ConflictBackoff>(chapter5.conflictBackoff, cutAfterPrev),
    bounds: { terms: 2, log: 1 },
    breaks: 'Leader Completeness',
    notes: {
      4: 'B starts term 2. Its log is empty.',
      5: 'A leads term 1 and takes x=1.',
      6: 'The message with x=1 is the faster one. C stores and acknowledges it.',
      7: "Now A's first heartbeat arrives, which was sent before. It has no entries, and C cuts x=1.",
      8: 'The log of C is empty again, so C votes for B.',
      9: 'B leads term 2.',
      10: 'The acknowledgement of C arrives, and A commits x=1. The leader of term 2 does not have it.',
    },
  },
];

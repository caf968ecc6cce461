// Help with the exercise of chapter 5: for each rule three hints, from a question to nearly the answer.

import type { Hints } from '../../lib/scenario/hints.ts';

export const hints: Hints = {
  'refuse-stale-leader': [
    'Every AppendEntriesReply has two more fields now. What can a node tell about a conflict when it has not even looked at its log?',
    'The reply of chapter 4, with conflictTerm and conflictIndex added. The docstring of Hint says what stands for nothing to tell.',
    'Spread what replyTo gives for success false, and add the two fields, both 0.',
  ],
  'check-consistency': [
    'The follower refuses because its log does not fit at prevLogIndex. There are two ways not to fit: it ends before that, or it has another term there. What would help the leader in each case? See the end of §5.3.',
    'me.log.termAt(prevLogIndex) tells the two apart. For a log that ends earlier, think of lastIndex; for another term, of firstIndexOf that term.',
    'Too short: conflictTerm 0, and conflictIndex one past the last index. Another term: that term, and the first index that the log has of it. The reply is the one of chapter 4 with success false, and these two fields.',
  ],
  'truncate-conflict': [
    "Chapter 4 refused here. What has to go so that the leader's entries fit, and what must stay because it may be acknowledged already? See Fig. 2 AppendEntries 3.",
    'The condition is the one of refuse-conflict in chapter 4: me.log.firstConflict(…). The action keeps what is before that index: me.log.upTo.',
    'Where firstConflict gives an index, the log becomes itself up to the index before that one. Nothing is appended here; the next rule does that.',
  ],
  acknowledge: [
    'Every AppendEntriesReply has two more fields now. What is there to tell about a conflict when all is well?',
    'The reply of chapter 4, with conflictTerm and conflictIndex added.',
    'Spread what replyTo gives for success true, and add the two fields, both 0.',
  ],
  'jump-back': [
    'A refusal may be late or doubled: is it about what the leader tried last, and does the leader not know better by now? Then: if the leader has entries of the conflicting term, where could the logs meet? If it has none? See the end of §5.3.',
    'For the conditions: reply.success; reply.prevLogIndex + 1 and me.nextIndex[reply.from]; reply.prevLogIndex and me.matchIndex[reply.from] (0 where it is missing). For the action: me.log.lastIndexOf(conflictTerm) gives 0 when the leader has no such entry.',
    'Go back when it was refused, prevLogIndex + 1 is still the next index, and prevLogIndex lies beyond what is known to match. The target is one after the last entry that the leader has of conflictTerm; without one, or with conflictTerm 0, it is conflictIndex. The next index becomes the target, but never more than prevLogIndex and never less than 1.',
  ],
  'catch-up': [
    'One message carries only a few entries. Should a follower that lacks many wait for the next heartbeat each time?',
    'Compare me.nextIndex[reply.from] with me.log.lastIndex. A node that does not lead has no nextIndex, and must send nothing.',
    'The follower lacks entries when its next index is at most the last index of the log; a missing one counts as Infinity. Then sendEntries to the sender of the reply.',
  ],
};

// Help with the exercise of chapter 10: for each rule three hints, from a question to nearly the answer.

import type { Hints } from '../../lib/scenario/hints.ts';

export const hints: Hints = {
  'refuse-stale-snapshot': [
    'A leader of an older term is refused, whatever it sends. What must it learn from the answer? See refuse-stale-leader.',
    'The condition compares install.term with me.currentTerm. state.ts has a function for the answer to a chunk that does not end the matter.',
    'install.term < me.currentTerm; then act.reply with progress(me, install).',
  ],
  'stop-reading': [
    'Which of the fields that are new in this chapter is of use to a leader only?',
    'me.sending says which snapshot each follower is being sent.',
    'me.sending = {}.',
  ],
  'send-heartbeats': [
    'Not every follower can be sent entries any more. Where is it decided what a follower is sent?',
    'state.ts has a startRound of its own, which uses sendNext for each peer.',
    'startRound(me, act), that of this chapter.',
  ],
  'read-by-index': [
    'A read starts a round of messages. One of the followers may wait for a snapshot. What changes?',
    'Only the function that starts the round; the read waits as in chapter 9.',
    "startRound(me, act) from this chapter's state.ts. Then append to me.waitingReads the command, whose(request), readIndex me.commitIndex and round me.round.",
  ],
  'append-command': [
    'The leader appends and writes the command as in chapter 9. To whom can it send the new entry?',
    'To those who need no snapshot. sendNext decides that for each peer.',
    'Append the entry with term, command and whose(request); act.persist it from its index on; then sendNext(me, peer, act) for each peer.',
  ],
  'follow-snapshot-leader': [
    'A node that is sent a snapshot hears from the leader of its term. What does it do when that leader sends entries instead?',
    'The same as follow-leader of chapter 7, with all that it does since chapter 1: role, leader, contact, pre-votes and two timers.',
    "me.role = 'follower', me.leaderId = install.from, me.hearsLeader = true, me.preVotesGranted = []; restart the election timer and the contact timer.",
  ],
  'skip-old-snapshot': [
    'When does a snapshot tell a node nothing that it does not know already? What would go wrong if it was installed?',
    'Compare install.lastIncludedIndex with me.commitIndex. The leader still has to learn that nothing is missing.',
    'install.lastIncludedIndex <= me.commitIndex; then act.reply with installed(me, install).',
  ],
  'begin-snapshot': [
    'A chunk arrives. When does it belong to a snapshot of which nothing has arrived yet, and when to one that is too old to care about?',
    'Nothing is being received, or what is being received is of an older term, or it ends at a lower index.',
    'receiving === null, or receiving.term < install.term, or receiving.lastIncludedIndex < install.lastIncludedIndex. Then me.receiving is the term of install, its lastIncludedIndex and lastIncludedTerm, with empty data.',
  ],
  'store-chunk': [
    'Chunks can come twice, out of order, and from an older snapshot. Which one may be put at the end of what has arrived?',
    'belongs(me, install) tells whether it is the same snapshot. The place must fit as well.',
    'Conditions: belongs(me, install), and install.offset === me.receiving?.data.length. Then replace me.receiving by itself with the data of install at the end of its data.',
  ],
  'ask-for-chunk': [
    'How does the leader learn which chunk to send next?',
    'isComplete tells whether this was the last one that was missing. progress makes the answer.',
    'Not isComplete(me, install); then act.reply with progress(me, install).',
  ],
  'discard-log': [
    'The snapshot is complete. When is what follows it in the log still good? See Fig. 13, steps 6 and 7.',
    'When the log has an entry of the same index and term as the last one of the snapshot. me.log.termAt answers undefined where there is none.',
    'me.log.termAt(install.lastIncludedIndex) !== install.lastIncludedTerm; then me.log = me.log.upTo(me.log.lastIncludedIndex), a log without entries.',
  ],
  'install-snapshot': [
    'What of the node does a snapshot replace? And what has to be on disk before the leader is told?',
    'restore sets snapshot, state machine, sessions, commitIndex and lastApplied. The log must begin after the snapshot. Snapshot and log are written at once.',
    'restore(me, snapshotOf(me.receiving)); me.receiving = null; me.log = me.log.compactedTo(lastIncludedIndex, lastIncludedTerm); act.persist with snapshot, and log: upTo me.log.lastIndex, lastIncludedIndex, lastIncludedTerm; then act.reply with installed(me, install).',
  ],
  'skip-discarded': [
    'Entries arrive that begin where this log has nothing any more. Why can they not be in conflict with it?',
    'What a snapshot covers is committed. So this node agrees with any leader up to me.log.lastIncludedIndex, and can say so.',
    'append.prevLogIndex < me.log.lastIncludedIndex; then act.reply with replyTo(me, append, true), and lastIndex replaced by me.log.lastIncludedIndex.',
  ],
  'note-snapshot-contact': [
    'A leader that hears from no majority steps down. Does a follower that receives a snapshot count?',
    'The same conditions and the same action as note-contact of chapter 6, for another reply.',
    "me.role === 'leader'; reply.term === me.currentTerm; the sender is not in me.heardFrom. Then add it, in alphabetical order.",
  ],
  'count-snapshot': [
    'What does a leader know of a follower that has installed a snapshot? And which answers must it not count?',
    'As count-acknowledgement: only a leader, only its own term, only good news, and only when it is news. The follower needs this snapshot no more.',
    'Conditions: leader, current term, reply.installed, lastIncludedIndex greater than matchIndex. Then matchIndex is lastIncludedIndex and nextIndex one more; take the follower out of me.sending.',
  ],
  'catch-up': [
    'A follower refuses, and the leader goes back. What if it goes back to an index that it has discarded?',
    'sendNext sends entries or a snapshot, whichever is needed.',
    'sendNext(me, reply.from, act).',
  ],
  'send-more': [
    'An answer to a chunk has arrived. What can the follower need next?',
    'The chunk at reply.offset, if the answer is about the snapshot that it is being sent; else a snapshot from its beginning, or entries. catch-up has the same condition.',
    'nextIndex of the follower is at most me.log.lastIndex. Then sendNext(me, from, act, offset), with offset 0 when me.sending[from] has another lastIncludedIndex than the reply.',
  ],
  'compact-log': [
    'Which entries may a node discard, without asking anybody? What must it know about the last of them?',
    'Those that are applied. When compactAfter of them are in the log, take a snapshot at me.lastApplied with its term, and write it together with the shorter log.',
    'me.lastApplied - me.log.lastIncludedIndex >= compactAfter. Then me.snapshot is lastIncludedIndex me.lastApplied, its term from me.log.termAt, machine and sessions; me.log = me.log.compactedTo(…); act.persist with snapshot, and log: lastIncludedIndex and lastIncludedTerm.',
  ],
};

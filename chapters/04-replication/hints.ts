// Help with the exercise of chapter 4: for each rule three hints, from a question to nearly the answer.

import type { Hints } from '../../lib/scenario/hints.ts';

export const hints: Hints = {
  'adopt-newer-term': [
    'What does a node know only as the leader, or only about the leader of its old term? None of it is true in a newer term.',
    'Three fields: leaderId, nextIndex, matchIndex. state.ts has a function for exactly that.',
    'Call stopLeading with the node.',
  ],
  'refuse-stale-leader': [
    'The refusal is the one of chapter 2. But an answer says more now: which entries it is about. Who works that out?',
    'Look at the fields of AppendEntriesReply in state.ts, and at the function there that makes one.',
    'Reply with what replyTo gives for this node, this message, and success false.',
  ],
  'start-election': [
    'A node that stands for election: does it still know a leader? A client might ask.',
    'One field: me.leaderId.',
    'There is no known leader any more: the field becomes null.',
  ],
  'request-votes': [
    "A voter shall compare logs. What does it have to know about the candidate's? See Fig. 2, arguments of RequestVote.",
    'The message carries lastLogIndex and lastLogTerm besides the term. me.log knows both: see lastIndex and lastTerm in lib/log/log.ts.',
    "Broadcast a 'RequestVote' with the current term, the last index of the log and the last term of the log.",
  ],
  'grant-vote': [
    'Which of two logs is more up to date: the longer one, or the one that ends in a newer term? See the last paragraph of §5.4.1.',
    'First compare request.lastLogTerm with me.log.lastTerm. Only if they are equal, compare request.lastLogIndex with me.log.lastIndex.',
    "The condition holds when the candidate's last term is greater, or when it is the same and the candidate's last index is at least as great.",
  ],
  'become-leader': [
    'A fresh leader has no idea what the others store. From where on does it send, and what does it suppose to be stored? See Fig. 2, State on leaders.',
    'role, leaderId, nextIndex and matchIndex have to be set; state.ts does that in one call. Then each peer gets its first AppendEntries, and a timer starts.',
    'startLeading, then sendEntries to each of me.peers, then restart the heartbeat timer.',
  ],
  'send-heartbeats': [
    'Followers differ in what they lack. Can the leader still send the same message to all? See Fig. 2 Leaders 3.',
    'Instead of a broadcast, each peer gets what its nextIndex asks for: see sendEntries in state.ts.',
    'sendEntries to each of me.peers, then restart the heartbeat timer.',
  ],
  'append-command': [
    'What does a leader do first with a command, and what comes after? What can a node that does not lead tell the client? See Fig. 2 Leaders 2 and §8.',
    'An entry has a term and a command; me.log.append takes a list of entries and gives a new log. Others use act.answer, which takes the command, whether it was applied, and the leader.',
    "A 'leader' sets its log to the log with { term: currentTerm, command } appended, and calls sendEntries for each peer; it does not answer yet. Anybody else answers the command with false and leaderId.",
  ],
  'follow-leader': [
    'A client may ask this node. What could it want to know that the heartbeat has just told?',
    'One field: me.leaderId. The message says who sent it.',
    'The leader is append.from.',
  ],
  'check-consistency': [
    'The leader names the entry just before the new ones. When is it safe to attach the new ones there? See §5.3 and Fig. 2 AppendEntries 2.',
    'Compare me.log.termAt(…) with append.prevLogTerm. termAt gives undefined beyond the end of the log, and 0 at index 0. What is the reply when they do not fit?',
    'The condition holds when the term at prevLogIndex is not prevLogTerm; this also covers a log that is too short. Then reply with replyTo and success false.',
  ],
  'refuse-conflict': [
    'The entry before the new ones fits. May the follower still hold something else where the new ones belong? See Fig. 2 AppendEntries 3. (This chapter only refuses.)',
    'me.log.firstConflict takes the index where the first of the entries belongs, and the entries. It gives undefined when nothing conflicts.',
    'The entries begin one after prevLogIndex. When firstConflict gives an index, reply with replyTo and success false.',
  ],
  'append-entries': [
    'A message may be doubled or come late, so that the log already holds more than it brings. What must not happen then? See Fig. 2 AppendEntries 4: "not already in the log".',
    'Compare lastIndexOf(append) with me.log.lastIndex. Nothing conflicts any more at this point, so the entries that overlap are the same.',
    'Only when the message ends beyond the log: the new log is the old one up to prevLogIndex, with all the entries appended.',
  ],
  acknowledge: [
    'The rules before this one have ended the event if anything was wrong. What does the leader want to hear now?',
    'The reply is an AppendEntriesReply with success. state.ts makes it, with the index of the last entry that the message spoke of.',
    'Reply with what replyTo gives for this node, this message, and success true.',
  ],
  'learn-commit-index': [
    'The leader says how much is committed. Why may a follower not believe that of everything in its own log? See Fig. 2 AppendEntries 5.',
    'Two numbers bound it: append.leaderCommit, and lastIndexOf(append), up to which the log is known to be the same. Compare with me.commitIndex.',
    'Take the smaller of the two numbers. When it is greater than commitIndex, it becomes the commitIndex.',
  ],
  'count-acknowledgement': [
    'Answers come late, doubled and out of order. Which of them may change what the leader believes, and can it ever go down? See Fig. 2 Leaders 3.',
    'Compare reply.term with me.currentTerm, look at reply.success, and compare reply.lastIndex with me.matchIndex[reply.from], which is missing where nothing is known: take 0.',
    'When all three hold, the match index of the sender becomes lastIndex and its next index one more. Both are records that you replace: { ...me.matchIndex, [reply.from]: … }.',
  ],
  'advance-commit-index': [
    'Up to which index does a majority store the log? Think of three nodes that store up to 5, 3 and 1. Now of five. The leader is one of those who store. See Fig. 2 Leaders 4.',
    "On a leader: the numbers are matchIndex for each peer (0 where it is missing) and the leader's own log.lastIndex. On anybody else there is nothing to count. chapter3.majority says how many are needed. Compare with me.commitIndex.",
    'Sort the numbers, highest first. At the place of the majority (the second of three, the third of five) stands the highest index that a majority stores. A function of this file can work it out for both the condition and the action; for a node that is not the leader it gives 0.',
  ],
  'apply-committed': [
    'What is committed and not applied may be more than one entry. In which order do they go to the state machine, and which client is still waiting for an answer? See Fig. 2 All Servers 1.',
    'lastApplied follows commitIndex, one by one. For each entry: me.machine changes by applyCommand, act.apply tells the world. act.answer is for a leader only, and only for what a client asked in this very term.',
    'As long as lastApplied is smaller than commitIndex: add one, take log.entryAt of it, apply its command to the machine, call act.apply. Then answer (command, true, me.id) if this node leads, the entry is of currentTerm, and the command is not noOp (an entry that no client asked for; the first appear in chapter 6).',
  ],
};

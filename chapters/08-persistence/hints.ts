// Help with the exercise of chapter 8: for each rule three hints, from a question to nearly the answer.

import type { Hints } from '../../lib/scenario/hints.ts';

export const hints: Hints = {
  'adopt-newer-term': [
    'The node is about to answer a message of the newer term. Which of the fields that this rule changes must it still know after a crash? See "Persistent state on all servers" in Fig. 2.',
    'Two fields: me.currentTerm, and me.votedFor, which belongs to it. Both go to disk in one write.',
    'act.persist with both fields and their new values. The rules that answer come later in the list, so their messages leave later.',
  ],
  'start-election': [
    'The request for votes says that the candidate has started a term. What would go wrong if it crashed and had never been in it?',
    'The same changes as in chapter 7, and a write of me.currentTerm and me.votedFor. Where does it stand?',
    'Change the fields as in chapter 7, write term and vote with act.persist, and only then restart the election timer and broadcast the RequestVote.',
  ],
  'grant-vote': [
    'After a crash the node must not vote for somebody else in the same term. At which moment does its vote begin to count?',
    'The term was written by adopt-newer-term, if it was new. Here it is me.votedFor alone. Compare the places of the write and of the reply.',
    'Set me.votedFor to the sender, write it with act.persist, restart the election timer, and then reply with voteGranted true.',
  ],
  'become-leader': [
    'The new leader counts itself among the nodes that store its first entry. What must be so for that to be true after a crash?',
    'The entry is written at the index at which it stands, me.log.lastIndex once it is appended. See LogWrite in lib/node/contract.ts.',
    'As in chapter 6: start leading, nobody is heard from yet, append the no-op of the current term. Then act.persist with log: from that index, that one entry. Then send, and restart both timers.',
  ],
  'append-command': [
    'advance-commit-index counts the log of the leader itself. Where must an entry be when the leader counts it?',
    'One entry, written at me.log.lastIndex, before it is sent to the peers.',
    'Append the entry, with the current term and the command. Then act.persist with log: from its index, that one entry. Then sendEntries to each peer.',
  ],
  'truncate-conflict': [
    'The new entries are written over the old ones, place by place. What remains on disk behind the last of them?',
    'me.log is cut already. Its last index is where the log on disk must end, too.',
    'act.persist with log: upTo, the last index of me.log.',
  ],
  'append-entries': [
    'The next rule tells the leader that the entries are stored. What must be done before?',
    'The entries of the message belong in the places just after append.prevLogIndex.',
    'act.persist with log: from prevLogIndex + 1, the entries of the message.',
  ],
};

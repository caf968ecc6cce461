// Help with the exercise of chapter 7: for each rule three hints, from a question to nearly the answer.

import type { Hints } from '../../lib/scenario/hints.ts';

export const hints: Hints = {
  'adopt-newer-term': [
    'A pre-candidate asked about the term after its own. What are the answers worth once its own term has changed?',
    'One field: me.preVotesGranted.',
    'The list becomes empty.',
  ],
  'start-pre-vote': [
    'The node wants to know whether it could win, and must not disturb anybody. Which of the things that an election changes must it leave alone? See thesis §9.6.',
    "It leaves currentTerm and votedFor alone. It changes role, leaderId, hearsLeader, votesGranted and preVotesGranted. The 'PreVote' tells the term it would start, and how far its log goes.",
    "Unless it leads, it becomes 'pre-candidate', knows no leader and hears from none, has no votes, and has one pre-vote, its own. It broadcasts nextTerm, one more than its term, with the last index and the last term of its log. wait-anew restarts the timer.",
  ],
  'grant-pre-vote': [
    'A pre-vote promises nothing. But it should tell the truth: would a real vote in that term be possible, and is one needed at all? See thesis §9.6 and §4.2.3.',
    'Compare request.nextTerm with me.currentTerm; look at me.role and me.hearsLeader; compare the logs as for a vote, with isUpToDate. Neither answer changes any field or timer.',
    "The next term is greater than mine; I neither lead nor hear from a leader; isUpToDate(request, me.log). Reply with a 'PreVoteReply' that carries my term, the nextTerm of the request, and voteGranted true, or else false.",
  ],
  'count-pre-vote': [
    'This is the sister of count-vote in chapter 3. Which term is a pre-vote about?',
    'Compare reply.nextTerm with me.currentTerm + 1; look at me.role, at reply.voteGranted, and whether me.preVotesGranted has reply.from already.',
    "When it is about the next term, the role is 'pre-candidate', the answer is yes and the voter is new, the list becomes a new one with the voter added, in alphabetical order (sort it).",
  ],
  'start-election': [
    'Now the real election begins. Which things did the elections of chapters 2 to 4 change and send? All of them have to stand here, for this rule refines none.',
    'The condition compares me.preVotesGranted.length with chapter3.majority(me). The action changes role, currentTerm, votedFor, votesGranted and preVotesGranted, restarts a timer and sends RequestVote.',
    "With pre-votes from a majority: become 'candidate', add one to the term, vote for yourself, empty the pre-votes so that the rule fires only once, restart the election timer, and broadcast a RequestVote with the new term and the last index and term of the log.",
  ],
  'follow-leader': [
    'How long may a node that has just heard from a leader say that it hears from one? And is it still a pre-candidate?',
    'Two fields, me.hearsLeader and me.preVotesGranted, and the timer that measures the contact.',
    'It hears from a leader (true), its pre-votes are gone, and the contact timer starts anew.',
  ],
  'lose-contact': [
    'The contact timer has run out: no leader was heard for the shortest election timeout. What may the node do now that it refused before?',
    'One field: me.hearsLeader.',
    'It becomes false. The node does not stand for election itself; that is up to its election timer.',
  ],
};

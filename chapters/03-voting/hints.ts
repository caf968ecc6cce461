// Help with the exercise of chapter 3: for each rule three hints, from a question to nearly the answer.

import type { Hints } from '../../lib/scenario/hints.ts';

export const hints: Hints = {
  'adopt-newer-term': [
    'A node has one vote per term (§5.2). What does it know about a term that has just begun for it?',
    'Two fields belong to a term and are out of date when the term changes: me.votedFor and me.votesGranted.',
    'Nobody has its vote now (null), and nobody has voted for it (an empty list).',
  ],
  'refuse-stale-candidate': [
    'This is the sister of refuse-stale-leader in chapter 2. What does a candidate of an older term have to learn? See Fig. 2 RequestVote 1.',
    'Compare request.term with me.currentTerm. The reply carries a term and voteGranted.',
    "The condition holds when request.term is smaller than me.currentTerm. Reply with a 'RequestVoteReply' of this node's term and voteGranted false.",
  ],
  'start-election': [
    'Who is the first to vote for a candidate? See Fig. 2 Candidates 1.',
    'Two fields: me.votedFor says who has the vote of this node, me.votesGranted lists who voted for it.',
    'Its vote goes to me.id, and the list of its voters holds just that name.',
  ],
  'request-votes': [
    'start-election comes before this rule in the list and sees the same event. What has it made of the node by now?',
    "The condition looks at me.role. The message is a 'RequestVote' and carries the term in which the candidate stands.",
    "If the role is 'candidate' by now, broadcast { type: 'RequestVote', term: … } with the current term.",
  ],
  'grant-vote': [
    'Which requests may a node that has voted still answer with yes? A message can arrive twice. And why should a node that voted be patient for a while? See Fig. 2 RequestVote 2 and Followers 2.',
    'Look at me.votedFor: it is null, or a name to compare with request.from. On yes, one field changes and one timer restarts. Both answers carry the term.',
    "The condition holds when votedFor is null or the candidate that asks. Then note the candidate in votedFor, restart the election timer and reply with voteGranted true. Otherwise only reply with voteGranted false. Both replies are 'RequestVoteReply' with the current term.",
  ],
  'count-vote': [
    'A vote can come late, come twice, be a no, or come when the election is over. Which of these may count? The four conditions name them.',
    'Compare reply.term with me.currentTerm; look at me.role, at reply.voteGranted, and whether me.votesGranted has reply.from already.',
    'The terms are equal; the role is candidate; the vote was granted; the list does not include the voter. Then the list becomes a new one with the voter added, in alphabetical order (sort it).',
  ],
  'become-leader': [
    'How many votes does a candidate need so that no other can have as many in the same term? Count the whole cluster, and mind that me.peers leaves out the node itself. See §5.2.',
    'majority(me) is worked out from me.peers.length. The new condition compares it with me.votesGranted.length.',
    'The cluster has one node more than there are peers. A majority is half of that, rounded down, and one. The condition holds when there are at least as many votes.',
  ],
};

// Help with the exercise of chapter 11: for each rule three hints, from a question to nearly the answer.

import type { Hints } from '../../lib/scenario/hints.ts';

export const hints: Hints = {
  'disregard-candidate': [
    'A removed node asks for votes in a term that is newer than that of anybody else. Which nodes have no reason to listen, and which candidate has the leader itself on its side?',
    'Compare request.term with me.currentTerm. Look at me.role and me.hearsLeader. Look at request.transfer.',
    'Three conditions: the term of the request is newer; this node is the leader or hears from one; request.transfer is false. There is nothing to do then, and later rules must not see the request.',
  ],
  'start-pre-vote': [
    'A node that is in no configuration must not ask for votes for ever. But one that is removed may be the only one to know of it. How can it tell?',
    'mayLead of state.ts asks two things: whether this node has a vote in me.configuration, and whether the latest configuration is settled.',
    'One more condition: mayLead(me). A node may lead when isVoter(me.configuration, me.id), or when isSettled(me) is false.',
  ],
  'start-election': [
    'me.preVotesGranted names the nodes that said yes. Which of them count, and how many groups must agree?',
    'isMajority of state.ts takes a configuration and a list of nodes. What stands for an election is in stand, of state.ts as well.',
    'The condition is isMajority(me.configuration, me.preVotesGranted). Then stand(me, act, false): nobody has asked for this election.',
  ],
  'obey-timeout-now': [
    'The message says: your election timer has run out. Whose word is that, and is there a node that should not follow it?',
    'Compare request.term with me.currentTerm. A node that knows it is removed does not stand; see mayLead.',
    'Two conditions: the term is the same, and mayLead(me). Then stand(me, act, true), so that the voters know who wants this.',
  ],
  'abort-transfer': [
    'The leader has waited for an election timeout, and still leads. What has it refused to do all the while?',
    'me.transfer says to whom it was handing over; null when to nobody.',
    'When me.transfer is not null: answer that `leader X` was not done, with X the target, and name me.leaderId. Then set me.transfer to null.',
  ],
  'step-down': [
    'The leader counts who answered. It may have no vote itself. Who counts?',
    'me.heardFrom names those who answered. isMajority looks only at who has a vote.',
    'isMajority(me.configuration, …) must be false for the leader itself together with me.heardFrom.',
  ],
  'wait-anew': [
    'A node without a vote never asks for one. What would it go on believing when its leader is gone?',
    'me.hearsLeader makes it refuse its vote. An election timeout without a leader is longer than the contact timer.',
    'After what the rule did before: me.hearsLeader is false.',
  ],
  'stop-reading': [
    'What does only a leader know in this chapter? None of it may be left when it leads again.',
    'me.change, me.transfer and me.leaseGivenUp; and me.peers may still name new nodes that were catching up.',
    'Set change and transfer to null and leaseGivenUp to false. Then me.peers is receivers(me).',
  ],
  'grant-vote': [
    'A voter that hears from a leader votes for nobody. There is one exception in this chapter.',
    'The condition of chapter 9 looks at me.hearsLeader. The request says whether the leader asked for the election.',
    'It holds when me.hearsLeader is false, or request.transfer is true.',
  ],
  'become-leader': [
    'me.votesGranted always holds the candidate itself. Does its own vote count when it has none?',
    'The same function as for pre-votes.',
    'isMajority(me.configuration, me.votesGranted).',
  ],
  'read-by-lease': [
    'A lease says that nobody else can be elected for a while. What can a leader of this chapter do that makes it untrue?',
    'holdsLease of state.ts counts by the configuration. me.leaseGivenUp says whether somebody was told to stand in this term.',
    'Two conditions: holdsLease(me), in the place of that of chapter 9; and me.leaseGivenUp is false.',
  ],
  'append-command': [
    'With ever new entries, the successor would never store them all. Whom does the leader name to a client that it sends away meanwhile?',
    'me.transfer is null as long as nobody is to lead instead.',
    'One more condition: me.transfer is null. When a rule refuses: answer with me.leaderId as before, but with null while leadership is being transferred.',
  ],
  'begin-change': [
    'Three things must hold before a leader may change the members: which of them was found to be missing in 2015?',
    'The role; chapter9.knowsCommitted; isSettled. Then me.change is roundFor(me, voters), and me.peers is receivers(me). Some of the new nodes were not peers before: they are joining.',
    'Before me.change is set, find who is joining: those of newcomers(me, voters) that are not in me.peers. After it, give each of them nextIndex me.log.lastIndex + 1 and matchIndex 0, and sendNext. When refused, answer commandOf([voters]) with me.leaderId.',
  ],
  'transfer-leadership': [
    'To whom can a leader hand over, and what must happen first?',
    'isVoter of the configuration, and not the leader itself. me.transfer begins with told false.',
    'Set me.transfer to the target with told false, restart the election timer, so that the transfer has that long, and sendNext to the target. When refused, answer `leader X` with me.leaderId.',
  ],
  'begin-snapshot': [
    'What does a snapshot tell in this chapter that the message must bring along?',
    'The message has a field configuration, next to lastIncludedIndex and lastIncludedTerm.',
    'me.receiving as in chapter 10, with the configuration of the message.',
  ],
  'advance-commit-index': [
    'A follower may be the only voter of its configuration. What would it take for committed by itself?',
    'majorityIndex of state.ts goes by the configuration. The two old conditions stay what they are, with this function.',
    'majorityIndex(me) is beyond me.commitIndex, and the term there is me.currentTerm; and me.role is leader. Then me.commitIndex is majorityIndex(me).',
  ],
  'answer-reads': [
    'Nothing is new but who counts as a majority. When can the oldest read be answered?',
    'As in chapter 9: compare its round with confirmedRound, here that of state.ts, and its readIndex with me.lastApplied.',
    'The condition holds when there is an oldest read, its round is at most confirmedRound(me), and its readIndex at most me.lastApplied. The action is that of chapter 9: answer the oldest read, as long as that holds.',
  ],
  'begin-next-round': [
    'The new nodes have what they were to get, but it took long. What have they missed in the meantime?',
    'tookTooLong asks for that. A catch-up round ends at the present end of the log, and begins in the present round of messages.',
    'me.change is roundFor(me, …) with the same voters.',
  ],
  'change-one': [
    'Any majority of the old voters and any majority of the new ones must share a node. For which changes is that so without more ado?',
    'caughtUp(me), and the number of nodes in difference(me). appendConfiguration writes the entry.',
    'Conditions: caughtUp(me), and difference(me) has length 1. Then append the configuration with one group, the voters of the change, and set me.change to null.',
  ],
  'enter-joint': [
    'The rule before has taken the changes of one node. How are all others written?',
    'A joint configuration has two groups: the voters until now, and those of the change.',
    'When caughtUp(me): append [me.configuration.flat(), the voters of the change], and set me.change to null.',
  ],
  'leave-joint': [
    'Who ends a joint configuration, and when? It may be another leader than the one that began it.',
    'The role; the number of groups; isSettled.',
    'When this node leads, me.configuration has more than one group, and isSettled(me): append the last group alone.',
  ],
  'use-configuration': [
    'An entry may come or go in many rules. How can one rule see to it that the right configuration is in force?',
    'latestConfiguration(me) finds it, in the log or in the snapshot. commandOf makes two of them easy to compare.',
    'When they differ: take it, set me.peers to receivers(me), and if this node leads, sendNext to each peer.',
  ],
  resign: [
    'A leader has removed itself. Until when is it needed?',
    'The role; isVoter; isSettled. stopLeading of chapter 4 makes it forget what only a leader knows.',
    'When it leads, has no vote, and isSettled(me): become a follower, and stopLeading(me).',
  ],
  'send-timeout-now': [
    'When can the other win an election for sure, as far as logs go? And what is over for this leader once it has said so?',
    'me.transfer.told; me.matchIndex of the target compared with me.log.lastIndex; me.leaseGivenUp.',
    'Conditions: me.transfer?.told is false, and the matchIndex of the target is me.log.lastIndex. Send TimeoutNow with the term, note that it is told, and give the lease up.',
  ],
  'compact-log': [
    'Which configuration belongs to a snapshot, when later ones are in the log already?',
    'latestConfiguration takes an index up to which to look.',
    'As in chapter 10, with the configuration of latestConfiguration(me, lastIncludedIndex). Find it before the log is cut.',
  ],
};

// Help with the exercise of chapter 6: for each rule three hints, from a question to nearly the answer.

import type { Hints } from '../../lib/scenario/hints.ts';

export const hints: Hints = {
  'adopt-newer-term': [
    'The answers that a leader has noted were answers to the leader of an older term. What are they worth now?',
    'One field: me.heardFrom.',
    'The list becomes empty.',
  ],
  'become-leader': [
    'A leader may not count entries of older terms, so they can wait for ever. What can it do at once to get them committed (§8)? And from now on a leader needs its election timer, too: what for? See thesis §6.2.',
    'Start as in chapter 4: startLeading, entries to all peers, the heartbeat timer. New are me.heardFrom, one entry at the end of the log with the command noOp, and the election timer.',
    'After startLeading nobody has answered yet: heardFrom is empty. Append { term: currentTerm, command: noOp } before you send to the peers, so that it travels at once. Restart both timers.',
  ],
  'count-acknowledgement': [
    'Since step-down, a node can be a follower in the very term in which it led. What must it not do with acknowledgements that come after that?',
    'The condition looks at me.role.',
    "It holds for a 'leader' only.",
  ],
  'advance-commit-index': [
    'In Figure 8, a majority stores an entry of an old term, and it is lost all the same. Which entries may a leader count, then? See §5.4.2.',
    'majorityIndex(me) is the highest index that a majority stores. Compare it with me.commitIndex as before, and the term of the entry there, me.log.termAt, with me.currentTerm.',
    'Both must hold: the index is greater than commitIndex, and the term at the index is the current term. The action is the one of chapter 4; what lies before the index is committed with it.',
  ],
  'note-contact': [
    'A refusal is also a sign of life. Which replies prove that a follower can be reached by this leader, in this term?',
    'Look at me.role, compare reply.term with me.currentTerm, and ask whether me.heardFrom has reply.from already.',
    'When all three hold, heardFrom becomes a new list with the sender added, in alphabetical order (sort it). Whether the entries were accepted does not matter.',
  ],
  'step-down': [
    'A leader hears from some followers and not from others. Does it count itself? What does it have to forget when it stops? See thesis §6.2.',
    'Look at me.role, and compare me.heardFrom.length with chapter3.majority(me). state.ts of chapter 4 has a function for a leader that stops.',
    "The followers heard from and the leader itself are fewer than a majority. Then the role becomes 'follower', and stopLeading does the rest. The term stays.",
  ],
  'wait-anew': [
    'An election timer that has run out does not restart by itself, neither on a leader nor on others. And what do the answers of the last period say about the next one?',
    'One field, me.heardFrom, and one timer. There is no condition.',
    'Empty the list, and restart the election timer. The rule comes after step-down, which still needs the list.',
  ],
};

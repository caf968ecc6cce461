// Help with the exercise of chapter 12: for each rule three hints, from a question to nearly the answer.

import type { Hints } from '../../lib/scenario/hints.ts';

export const hints: Hints = {
  propose: [
    'A client may come too late, or ask for a second value. In which of these cases is there nothing to begin?',
    'Two fields are null as long as there is something to begin: me.chosen and me.wanted.',
    'The conditions hold when the field is null. Then me.wanted is the command, and startBallot(me, act) does all of phase 1a.',
  ],
  'try-again': [
    'The timer of every node runs out now and then. Which nodes have a reason to begin another ballot, and what must the others do to be asked again?',
    'A reason to begin: me.wanted is not null, and me.chosen still is.',
    'Then startBallot(me, act), which restarts the timer itself. Otherwise restart the election timer.',
  ],
  promise: [
    'What does a promise forbid from now on? And what must be so for it to hold after a crash?',
    'Compare prepare.ballot with me.promised. The answer carries what this acceptor accepted last, and leaves after the write.',
    "The condition holds when the ballot is at least me.promised. Then the role is 'acceptor', for a ballot of its own is over; promised is the ballot; persist it; restart the election timer; reply a Promise with the ballot and me.accepted. Otherwise reply a Nack with the ballot and me.promised.",
  ],
  'count-promise': [
    'A promise may be for an older ballot, or come when the proposal has been made. What does each have to tell then?',
    'Compare reply.ballot with me.ballot, and look at the role.',
    'The ballots are equal, and the role is preparing. Then me.promises becomes a new record, with what the sender had accepted under its name.',
  ],
  'ask-to-accept': [
    'Which values may have been chosen in a lower ballot, and who would have told of them?',
    'me.promises holds what each acceptor had accepted, or null. Only the proposal with the highest ballot counts. If all are null, me.wanted is free.',
    "Preparing, with as many promises as majority(me). Take the value of the accepted proposal with the highest ballot, or me.wanted. Then: role 'proposing', proposed and accepted are that value in me.ballot, acceptedBy is this node alone, persist accepted, broadcast an Accept.",
  ],
  accept: [
    'An acceptor may accept in a ballot that it never promised. When must it not?',
    'Compare request.ballot with me.promised. Two fields go to disk in one write, before the answer.',
    "The condition holds when the ballot is at least me.promised. Then the role is 'acceptor', promised is the ballot, accepted is the ballot and the value; persist both; restart the election timer; reply Accepted. Otherwise reply a Nack, as in promise.",
  ],
  'give-up': [
    'Another proposer has a higher ballot. What happens if both outbid each other at once?',
    'Only a refusal of me.ballot counts. The node remembers for which ballot it was refused, so that its next one is above it.',
    "Compare nack.ballot with me.ballot. Then the role is 'acceptor', me.refusedFor is the greater of itself and nack.promised, and the election timer is restarted: that is the back-off.",
  ],
  'count-accepted': [
    'A value is chosen by a majority in one ballot. Which answers do not belong to it?',
    'Compare reply.ballot with me.ballot; see whether me.chosen is null, and whether me.acceptedBy has reply.from.',
    'The ballots are equal, chosen is null, and the list does not include the sender. Then the list becomes a new one with the sender, in alphabetical order.',
  ],
  choose: [
    'When is a value chosen, and who has to hear of it?',
    'Count me.acceptedBy, which includes the node itself. The value is me.proposed.',
    "chosen is null, and acceptedBy has majority(me) members. Then the role is 'acceptor', chosen is proposed, and a Chosen with the value is broadcast. It does not matter whether the ballot was given up in between.",
  ],
  learn: [
    'Somebody who knows tells. What is left to do for a proposer with a ballot under way?',
    'Two fields change: chosen and role.',
    "chosen is the value of the message, and the role is 'acceptor'.",
  ],
};

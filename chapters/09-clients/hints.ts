// Help with the exercise of chapter 9: for each rule three hints, from a question to nearly the answer.

import type { Hints } from '../../lib/scenario/hints.ts';

export const hints: Hints = {
  'refuse-stale-leader': [
    'Every AppendEntriesReply now has one field more. Which round does a reply belong to: one of the sender, or of the receiver?',
    'It repeats the round of the message that it answers. There is a helper in state.ts that fills in all fields.',
    'act.reply with replyTo(me, append, false).',
  ],
  'stop-reading': [
    'Who keeps on counting rounds after it has lost its office? And who tells a client that waits for an answer to a read?',
    'The role tells who does not lead; me.round is above 0 only on a node that has led. Three fields belong to a leader: waitingReads, round and roundAnswered.',
    'When the role is not leader and me.round is above 0: act.answer(read.command, false, me.leaderId, whose(read)) for each waiting read, then make the three fields [], 0 and {}.',
  ],
  'grant-vote': [
    'A leader that reads by lease relies on its followers for 150 ms. On what exactly?',
    'On their not helping to elect another. There is a field that says whether a node has heard from a leader lately, since chapter 7.',
    'The condition is !me.hearsLeader.',
  ],
  'become-leader': [
    'The first messages of a leader are a round like any other. What has to be counted?',
    'As in chapter 8, but sending, counting and restarting the heartbeat timer are one thing now: see startRound in state.ts.',
    'As in chapter 8 up to act.persist. Then startRound(me, act), and restart the election timer.',
  ],
  'send-heartbeats': [
    'What is the difference between a heartbeat and a round of messages?',
    'There is none: each heartbeat begins a round.',
    'startRound(me, act).',
  ],
  'answer-again': [
    'How does a node know that it has executed this very command before?',
    'The session of the client has its latest number and its result: see sessionOf in state.ts.',
    'The condition is sessionOf(me, request) !== undefined. Answer with applied true, me.leaderId, and { ...whose(request), result } with the result of the session, or null.',
  ],
  'read-by-lease': [
    'Three things must be so before a leader may look into its state machine without asking anybody. The client allows one of them. Which are the others?',
    "request.read says what the client allows: 'lease'. holdsLease asks how many rounds ago a majority has answered: compare me.round with confirmedRound(me), and with leaseRounds. knowsCommitted asks of which term the entry at commitIndex is.",
    'holdsLease: confirmedRound(me) is above 0, and me.round is less than leaseRounds above it. knowsCommitted: me.log.termAt(me.commitIndex) is me.currentTerm. Then execute the command on me.machine, keep the result but not the store, and answer with applied true, me.id and { ...whose(request), result }.',
  ],
  'read-by-index': [
    'A read may wait for a round that began after it came. What has to be remembered until then?',
    'The command, whose it is, the commitIndex at this moment as readIndex, and the number of the round. The round must begin first.',
    'The conditions: request.read is given, me.role is leader, knowsCommitted(me). Then startRound(me, act), and put { command, ...whose(request), readIndex: me.commitIndex, round: me.round } at the end of me.waitingReads.',
  ],
  'append-command': [
    'Every node that applies the entry must know whose command it is. What must the entry hold?',
    'The client and its number, when the request has them: whose(request). Who does not lead sends the client on, and tells which command it speaks of.',
    'As in chapter 8, with ...whose(request) in the entry. Otherwise act.answer(request.command, false, me.leaderId, whose(request)).',
  ],
  'check-consistency': [
    'This reply, too, tells which round it answers. What else does it tell?',
    'The hint of chapter 5: hintFor(me, append).',
    'act.reply with replyTo(me, append, false, hintFor(me, append)).',
  ],
  acknowledge: [
    'What does the leader learn from this reply besides how far the logs are the same?',
    'That this node took it for the leader when the message arrived, which was in that round or later.',
    'act.reply with replyTo(me, append, true).',
  ],
  'note-round': [
    'Answers may be late, doubled, or from another term in which this node led as well. Which of them tell something new?',
    'Compare role, reply.term and reply.round with me.role, me.currentTerm and the latest round that this follower has answered, 0 when it has answered none.',
    'Note reply.round under reply.from in me.roundAnswered. Make a new object. Whether the entries were accepted does not matter.',
  ],
  'catch-up': [
    'These messages are no new round. Which round do they belong to?',
    'To the latest: sendEntries of state.ts fills it in.',
    'sendEntries(me, reply.from, act).',
  ],
  'apply-committed': [
    'An entry may hold a command that was executed before. Must it be handed to the state machine? Must it be executed?',
    'executeOnce compares the number of the command with the latest of its client in me.sessions. Lower: there is nothing to do, and nothing to tell. The same: there is only something to tell. Else it is executed, and noted.',
    'As in chapter 4, in a loop up to commitIndex: executeOnce(me, entry), act.apply, and where the leader has a client waiting and there is something to tell, act.answer with it. executeOnce sets me.machine and me.sessions (a new object), and gives { ...whose(command), result }; without a client there is no session, and nothing but {} to tell.',
  ],
  'answer-reads': [
    'Reads wait in the order in which they came. When may the oldest be answered?',
    'When a majority has answered its round or a later one, and its readIndex is applied: see confirmedRound in state.ts.',
    'Take the oldest read away and answer it from me.machine, as in read-by-lease; go on as long as the next may be answered too.',
  ],
};

// Help with the exercise of chapter 2: for each rule three hints, from a question to nearly the answer.

import type { Hints } from '../../lib/scenario/hints.ts';

export const hints: Hints = {
  'adopt-newer-term': [
    'What does a newer term tell a node about its own role? See §5.1. And think of a leader: its election timer may have run out long ago, and nothing has restarted it.',
    'Compare message.term with me.currentTerm. The action sets currentTerm and role. Whether to restart the election timer depends on the role before that.',
    "The condition holds when message.term is greater than me.currentTerm. Ask first whether the role is 'leader'; if so, restart the election timer. Then take over the term and become a 'follower'.",
  ],
  'refuse-stale-leader': [
    'How does a node know that a heartbeat comes from a leader of the past? And how does that leader learn that it is one? See Fig. 2 AppendEntries 1.',
    'Compare heartbeat.term with me.currentTerm. The reply carries a term and success; which of the two terms helps the sender?',
    "The condition holds when heartbeat.term is smaller than me.currentTerm. Reply with an 'AppendEntriesReply' of success false and the term of this node. No timer is restarted.",
  ],
  'start-election': [
    'Chapter 1 made the node a candidate. What makes its attempt newer than everything before? See §5.2.',
    'One field is missing: me.currentTerm.',
    'The term grows by one. Everything else has happened in the earlier action.',
  ],
  'become-leader': [
    'The action of chapter 1 is replaced, so its three steps have to stand here again. What does every message carry from now on? See §5.1.',
    'The AppendEntries has a field term. Take it from me.currentTerm.',
    "As in chapter 1: become 'leader', broadcast, restart the heartbeat timer. The message is { type: 'AppendEntries', term: … }.",
  ],
  'send-heartbeats': [
    'The heartbeat of chapter 1 did not say of which term it was. What would a receiver make of it now?',
    'The AppendEntries has a field term. Take it from me.currentTerm.',
    'As in chapter 1: broadcast and restart the heartbeat timer, with the current term in the message.',
  ],
};

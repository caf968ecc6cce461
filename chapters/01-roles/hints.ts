// Help with the exercise of chapter 1: for each rule three hints, from a question to nearly the answer.

import type { Hints } from '../../lib/scenario/hints.ts';

export const hints: Hints = {
  'start-election': [
    'Which of the three roles waits for no leader? And a timer that ran out does not start itself again: what if the next try fails, too? See Fig. 4 and §5.2.',
    'The condition looks at me.role. The action changes me.role, and act has the timer that just ran out.',
    "Any role but 'leader' may go on. It becomes 'candidate' and restarts the election timer.",
  ],
  'become-leader': [
    'Nobody has to agree in this chapter. Who becomes leader, then, and how do the others hear of it? See §5.2.',
    'The condition looks at me.role. A leader sends an AppendEntries to everybody, and needs a timer that reminds it to send the next one.',
    "A 'candidate' becomes 'leader', broadcasts { type: 'AppendEntries' } and restarts the heartbeat timer.",
  ],
  'send-heartbeats': [
    'A heartbeat timer may run out on a node that leads no more. What must it not do then? And what makes the next heartbeat come? See Fig. 2 Leaders 1.',
    'The condition looks at me.role. The action needs two things of act: a message to all, and a timer.',
    "Only a 'leader' broadcasts { type: 'AppendEntries' } and restarts its heartbeat timer.",
  ],
  'follow-leader': [
    'A candidate hears that somebody else leads. What is it from now on? And how long should a follower wait for the next sign of life? See Fig. 2 Candidates 3.',
    'No condition: it is so whatever the role was. Change me.role, and restart one timer.',
    "The role becomes 'follower', and the election timer starts anew.",
  ],
};

// Chapter 1, Roles: write the rules yourself. Each todo names the rule that has the gap.
//
//   npm run watch -- 1             replays the chapter's runs each time you save
//   npm run hint -- 1              lists the gaps, and how to get a hint
//   npm run repl -- 1 --exercise   lets you play with your nodes
//   npm run exercises -- 1         begins anew, and throws away what you wrote
//
// You may import from lib/ and from earlier chapters, but not from roles.ts, the solution. You may
// also export any other RaftNode instead: pure init and step, as in lib/node/contract.ts.

import { todo } from '../../lib/exercise/todo.ts';
import type { NodeState } from '../../lib/node/contract.ts';
import { rulesOf } from '../../lib/rules/rule.ts';
import { nodeFromRules } from '../../lib/rules/node.ts';

export interface Roles {
  state: NodeState;
  messages: {
    /** In this chapter a mere heartbeat: "I lead." */
    AppendEntries: object;
  };
}

const rule = rulesOf<Roles>();

// A node that hears from no leader for an election timeout becomes a candidate.
// §5.2, Fig. 2 Followers 2, Candidates 1
// Hints: npm run hint -- 1 start-election
export const startElection = rule({
  name: 'start-election',
  paper: '§5.2, Fig. 2 Followers 2, Candidates 1',
  says: 'A node that hears from no leader for an election timeout becomes a candidate.',
  on: 'ElectionTimeout',
  when: {
    'is not the leader': (me) => todo('start-election'),
  },
  then(me, timeout, act) {
    todo('start-election');
  },
});

// A candidate becomes leader and tells everyone at once.
// §5.2, Fig. 2 Leaders 1
// Hints: npm run hint -- 1 become-leader
export const becomeLeader = rule({
  name: 'become-leader',
  paper: '§5.2, Fig. 2 Leaders 1',
  says: 'A candidate becomes leader and tells everyone at once.',
  on: 'any event',
  when: {
    'is a candidate': (me) => todo('become-leader'),
  },
  then(me, event, act) {
    todo('become-leader');
  },
});

// The leader repeats its heartbeat, so that no follower times out.
// §5.2, Fig. 2 Leaders 1
// Hints: npm run hint -- 1 send-heartbeats
export const sendHeartbeats = rule({
  name: 'send-heartbeats',
  paper: '§5.2, Fig. 2 Leaders 1',
  says: 'The leader repeats its heartbeat, so that no follower times out.',
  on: 'HeartbeatTimeout',
  when: {
    'is the leader': (me) => todo('send-heartbeats'),
  },
  then(me, timeout, act) {
    todo('send-heartbeats');
  },
});

// A node that hears from a leader follows it and waits for an election timeout anew.
// §5.2, Fig. 2 Followers 2, Candidates 3
// Hints: npm run hint -- 1 follow-leader
export const followLeader = rule({
  name: 'follow-leader',
  paper: '§5.2, Fig. 2 Followers 2, Candidates 3',
  says: 'A node that hears from a leader follows it and waits for an election timeout anew.',
  on: 'AppendEntries',
  then(me, heartbeat, act) {
    todo('follow-leader');
  },
});

export const roles = nodeFromRules<Roles>({
  init: (id, peers) => ({ id, peers, role: 'follower' }),
  rules: [startElection, becomeLeader, sendHeartbeats, followLeader],
});

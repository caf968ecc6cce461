// Chapter 1: three roles and two timers. Whoever times out first leads, without asking anyone.

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

export const startElection = rule({
  name: 'start-election',
  paper: '§5.2, Fig. 2 Followers 2, Candidates 1',
  says: 'A node that hears from no leader for an election timeout becomes a candidate.',
  on: 'ElectionTimeout',
  when: {
    'is not the leader': (me) => me.role !== 'leader',
  },
  then(me, timeout, act) {
    me.role = 'candidate';
    act.restartElectionTimer();
  },
});

export const becomeLeader = rule({
  name: 'become-leader',
  paper: '§5.2, Fig. 2 Leaders 1',
  says: 'A candidate becomes leader and tells everyone at once.',
  on: 'any event',
  when: {
    'is a candidate': (me) => me.role === 'candidate',
  },
  then(me, event, act) {
    me.role = 'leader';
    act.broadcast({ type: 'AppendEntries' });
    act.restartHeartbeatTimer();
  },
});

export const sendHeartbeats = rule({
  name: 'send-heartbeats',
  paper: '§5.2, Fig. 2 Leaders 1',
  says: 'The leader repeats its heartbeat, so that no follower times out.',
  on: 'HeartbeatTimeout',
  when: {
    'is the leader': (me) => me.role === 'leader',
  },
  then(me, timeout, act) {
    act.broadcast({ type: 'AppendEntries' });
    act.restartHeartbeatTimer();
  },
});

export const followLeader = rule({
  name: 'follow-leader',
  paper: '§5.2, Fig. 2 Followers 2, Candidates 3',
  says: 'A node that hears from a leader follows it and waits for an election timeout anew.',
  on: 'AppendEntries',
  then(me, heartbeat, act) {
    me.role = 'follower';
    act.restartElectionTimer();
  },
});

export const roles = nodeFromRules<Roles>({
  init: (id, peers) => ({ id, peers, role: 'follower' }),
  rules: [startElection, becomeLeader, sendHeartbeats, followLeader],
});

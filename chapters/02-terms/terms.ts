// Chapter 2: terms. Every message carries its sender's term: a newer term wins, an older one is refused.

import type { NodeState } from '../../lib/node/contract.ts';
import { refine, rulesOf } from '../../lib/rules/rule.ts';
import { nodeFromRules } from '../../lib/rules/node.ts';
import * as chapter1 from '../01-roles/roles.ts';

export interface TermsState extends NodeState {
  /** The latest term this node has seen. It starts at 0 and never decreases (Fig. 2). */
  currentTerm: number;
}

export interface Terms {
  state: TermsState;
  messages: {
    AppendEntries: { term: number };
    /** In this chapter the only answer is no. */
    AppendEntriesReply: { term: number; success: boolean };
  };
}

const rule = rulesOf<Terms>();

export const adoptNewerTerm = rule({
  name: 'adopt-newer-term',
  paper: '§5.1, Fig. 2 All Servers 2',
  says: 'A node that sees a newer term adopts it and becomes a follower.',
  on: 'any message',
  when: {
    'the message has a newer term': (me, message) => message.term > me.currentTerm,
  },
  then(me, message, act) {
    // A leader waits for nobody, so its election timer may have run out. A follower needs one.
    if (me.role === 'leader') act.restartElectionTimer();
    me.currentTerm = message.term;
    me.role = 'follower';
  },
});

export const refuseStaleLeader = rule({
  name: 'refuse-stale-leader',
  paper: '§5.1, Fig. 2 AppendEntries 1',
  says: 'A heartbeat from an older term is refused; the reply tells its sender the newer term.',
  on: 'AppendEntries',
  when: {
    'the heartbeat has an older term': (me, heartbeat) => heartbeat.term < me.currentTerm,
  },
  then(me, heartbeat, act) {
    act.reply({ type: 'AppendEntriesReply', term: me.currentTerm, success: false });
  },
  last: true,
});

export const startElection = refine<Terms>()(chapter1.startElection, {
  says: 'A node that hears from no leader for an election timeout starts a new term as candidate.',
  also(me) {
    me.currentTerm += 1;
  },
});

export const becomeLeader = refine<Terms>()(chapter1.becomeLeader, {
  then(me, event, act) {
    me.role = 'leader';
    act.broadcast({ type: 'AppendEntries', term: me.currentTerm });
    act.restartHeartbeatTimer();
  },
});

export const sendHeartbeats = refine<Terms>()(chapter1.sendHeartbeats, {
  then(me, timeout, act) {
    act.broadcast({ type: 'AppendEntries', term: me.currentTerm });
    act.restartHeartbeatTimer();
  },
});

export const terms = nodeFromRules<Terms>({
  init: (id, peers) => ({ id, peers, role: 'follower', currentTerm: 0 }),
  rules: [
    adoptNewerTerm,
    refuseStaleLeader,
    startElection,
    becomeLeader,
    sendHeartbeats,
    chapter1.followLeader,
  ],
});

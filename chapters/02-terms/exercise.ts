// Chapter 2, Terms: write the rules yourself. Each todo names the rule that has the gap.
//
//   npm run watch -- 2             replays the chapter's runs each time you save
//   npm run hint -- 2              lists the gaps, and how to get a hint
//   npm run repl -- 2 --exercise   lets you play with your nodes
//   npm run exercises -- 2         begins anew, and throws away what you wrote
//
// You may import from lib/ and from earlier chapters, but not from terms.ts, the solution. You may
// also export any other RaftNode instead: pure init and step, as in lib/node/contract.ts.

import { todo } from '../../lib/exercise/todo.ts';
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

// A node that sees a newer term adopts it and becomes a follower.
// §5.1, Fig. 2 All Servers 2
// Hints: npm run hint -- 2 adopt-newer-term
export const adoptNewerTerm = rule({
  name: 'adopt-newer-term',
  paper: '§5.1, Fig. 2 All Servers 2',
  says: 'A node that sees a newer term adopts it and becomes a follower.',
  on: 'any message',
  when: {
    'the message has a newer term': (me, message) => todo('adopt-newer-term'),
  },
  then(me, message, act) {
    todo('adopt-newer-term');
  },
});

// A heartbeat from an older term is refused; the reply tells its sender the newer term.
// §5.1, Fig. 2 AppendEntries 1
// Hints: npm run hint -- 2 refuse-stale-leader
export const refuseStaleLeader = rule({
  name: 'refuse-stale-leader',
  paper: '§5.1, Fig. 2 AppendEntries 1',
  says: 'A heartbeat from an older term is refused; the reply tells its sender the newer term.',
  on: 'AppendEntries',
  when: {
    'the heartbeat has an older term': (me, heartbeat) => todo('refuse-stale-leader'),
  },
  then(me, heartbeat, act) {
    todo('refuse-stale-leader');
  },
  last: true,
});

// A node that hears from no leader for an election timeout starts a new term as candidate.
// §5.2, Fig. 2 Followers 2, Candidates 1
// Refines chapter1.startElection, which asks: is not the leader. `also` comes after its action.
// Hints: npm run hint -- 2 start-election
export const startElection = refine<Terms>()(chapter1.startElection, {
  says: 'A node that hears from no leader for an election timeout starts a new term as candidate.',
  also(me) {
    todo('start-election');
  },
});

// A candidate becomes leader and tells everyone at once.
// §5.2, Fig. 2 Leaders 1
// Refines chapter1.becomeLeader, which asks: is a candidate. `then` replaces its action.
// Hints: npm run hint -- 2 become-leader
export const becomeLeader = refine<Terms>()(chapter1.becomeLeader, {
  then(me, event, act) {
    todo('become-leader');
  },
});

// The leader repeats its heartbeat, so that no follower times out.
// §5.2, Fig. 2 Leaders 1
// Refines chapter1.sendHeartbeats, which asks: is the leader. `then` replaces its action.
// Hints: npm run hint -- 2 send-heartbeats
export const sendHeartbeats = refine<Terms>()(chapter1.sendHeartbeats, {
  then(me, timeout, act) {
    todo('send-heartbeats');
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

// The recorded runs of chapter 2.

import type { Script } from '../../lib/cluster/script.ts';
import type { ScriptedScenario } from '../../lib/scenario/scenario.ts';
import { oldLeaderReturns } from '../01-roles/scenarios.ts';

const newerTermWins: ScriptedScenario = {
  name: 'newer-term-wins',
  title: 'The newer term wins',
  about: 'The run that chapter 1 got wrong, act for act the same, now with terms.',
  nodes: ['A', 'B', 'C'],
  script(run) {
    oldLeaderReturns(run, {
      second: 'B starts term 2 and leads it. A still leads, but only term 1.',
      healed:
        'The network heals. Two nodes lead again, but in different terms, and terms can be compared.',
      oldMeetsNew:
        "The old leader's heartbeat reaches B. Its term is older, so B refuses it and stays leader.",
      newMeetsOld: "B's heartbeat reaches A. Its term is newer, so A adopts it and follows.",
    });
    run.note('The refusals were answers as well: they carry term 2. By now A knows.');
    run.deliverAll();
  },
  outcome: {
    says: 'B leads term 2; A and C follow it.',
    nodes: {
      A: { role: 'follower', currentTerm: 2 },
      B: { role: 'leader', currentTerm: 2 },
      C: { role: 'follower', currentTerm: 2 },
    },
  },
};

const refusalTeaches: ScriptedScenario = {
  name: 'refusal-teaches',
  title: 'A refusal teaches the newer term',
  about: 'An old leader that hears no newer heartbeat still learns: from the answer to its own.',
  nodes: ['A', 'B', 'C'],
  script(run) {
    run.timeout('A');
    run.deliverAll();
    run.partition(['A'], ['B', 'C']);
    run.timeout('B');
    run.deliver('AppendEntries', 'B', 'C');
    run.heal();
    run.note('A knows of no newer term and sends its heartbeats.');
    run.timeout('A', 'heartbeat');
    run.deliver('AppendEntries', 'A', 'C');
    run.drop('AppendEntries', 'A', 'B');
    run.ask(
      'C has refused, and its answer carries term 2. What does A do?',
      'It adopts term 2 and becomes a follower. A message of any type can bring a newer term.',
    );
    run.deliver('AppendEntriesReply', 'C', 'A');
    run.note('The heartbeat timer of the deposed leader runs out. It does nothing.');
    run.timeout('A', 'heartbeat');
  },
  outcome: {
    says: 'A has stepped down before it heard anything from B.',
    nodes: {
      A: { role: 'follower', currentTerm: 2 },
      B: { role: 'leader', currentTerm: 2 },
      C: { role: 'follower', currentTerm: 2 },
    },
  },
};

const lateHeartbeat: ScriptedScenario = {
  name: 'late-heartbeat',
  title: 'A heartbeat that arrives too late',
  about:
    'A network may hold a message back for as long as it likes. The term tells that it is from the past.',
  nodes: ['A', 'B', 'C'],
  script(run) {
    run.timeout('A');
    run.deliver('AppendEntries', 'A', 'B');
    run.note("A's heartbeat to C is held back in the network. A crashes.");
    run.crash('A');
    run.timeout('B');
    run.deliver('AppendEntries', 'B', 'C');
    run.drop('AppendEntries', 'B', 'A');
    run.note("Now A's heartbeat of term 1 arrives after all.");
    run.ask(
      'Does C follow A again?',
      'No. C is in term 2 and refuses. It does not restart its election timer either.',
    );
    run.deliver('AppendEntries', 'A', 'C');
    run.note(
      "B's election timer, left from its candidacy, runs out. B leads, so it starts no election.",
    );
    run.timeout('B');
  },
  outcome: {
    says: 'B leads term 2 and C follows it, whatever A said earlier.',
    nodes: {
      B: { role: 'leader', currentTerm: 2 },
      C: { role: 'follower', currentTerm: 2 },
    },
  },
};

/** A and B lose patience at the same moment, before either hears of the other. */
export function bothTimeOut(run: Script, says: { first: string; second: string }): void {
  run.note(says.first);
  run.timeout('A');
  run.note(says.second);
  run.timeout('B');
}

const twoLeadersInOneTerm: ScriptedScenario = {
  name: 'two-leaders-in-one-term',
  title: 'Two leaders in one term',
  about: 'What is still broken: two nodes that time out together both lead the same term.',
  nodes: ['A', 'B', 'C'],
  script(run) {
    bothTimeOut(run, {
      first: 'A starts term 1 and leads it.',
      second: 'B has not heard from A yet. It starts term 1 as well, and leads it as well.',
    });
    run.note('Both heartbeats carry term 1. Neither is older, so nobody can refuse either.');
    run.deliverAll();
  },
  outcome: {
    says: 'A and B both led term 1. The term no longer tells who leads.',
    nodes: {
      A: { role: 'follower', currentTerm: 1 },
      B: { role: 'follower', currentTerm: 1 },
      C: { role: 'follower', currentTerm: 1 },
    },
    violates: 'Election Safety',
  },
};

export const scenarios = [newerTermWins, refusalTeaches, lateHeartbeat, twoLeadersInOneTerm];

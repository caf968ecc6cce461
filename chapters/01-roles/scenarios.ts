// The recorded runs of chapter 1.

import type { Script } from '../../lib/cluster/script.ts';
import type { ScriptedScenario } from '../../lib/scenario/scenario.ts';

const firstToTimeOut: ScriptedScenario = {
  name: 'first-to-time-out',
  title: 'The first to time out leads',
  about: 'Three nodes start. Nobody leads, so the first one to lose patience takes the lead.',
  nodes: ['A', 'B', 'C'],
  script(run) {
    run.note(
      'All three nodes start as followers and wait for a leader. A has drawn the shortest wait.',
    );
    run.timeout('A');
    run.ask(
      "B was waiting too. What does B do with A's heartbeat?",
      'It follows A and starts its wait anew. As long as heartbeats come, it will not time out.',
    );
    run.deliver('AppendEntries', 'A', 'B');
    run.deliver('AppendEntries', 'A', 'C');
    run.note('A repeats its heartbeat well before the others can time out.');
    run.timeout('A', 'heartbeat');
    run.deliverAll();
    run.note("A's own election timer, set while it was a candidate, runs out too.");
    run.ask(
      'A is the leader now. Does it start another election?',
      'No. The rule asks for the role first, so a timer that has outlived its role does no harm.',
    );
    run.timeout('A');
  },
  outcome: {
    says: 'A leads; B and C follow.',
    nodes: { A: { role: 'leader' }, B: { role: 'follower' }, C: { role: 'follower' } },
  },
};

const leaderCrashes: ScriptedScenario = {
  name: 'leader-crashes',
  title: 'The leader crashes and another takes over',
  about: 'A leader that is gone sends no heartbeats. That silence is how the others notice.',
  nodes: ['A', 'B', 'C'],
  script(run) {
    run.timeout('A');
    run.deliverAll();
    run.note('A stops. No message says so: B and C merely hear nothing any more.');
    run.crash('A');
    run.note('B has waited for a whole election timeout and takes the lead.');
    run.timeout('B');
    run.deliver('AppendEntries', 'B', 'C');
    run.note('What is sent to A is lost; B need not know that.');
    run.drop('AppendEntries', 'B', 'A');
  },
  outcome: {
    says: 'B leads and C follows; A is down.',
    nodes: { B: { role: 'leader' }, C: { role: 'follower' } },
  },
};

const lostHeartbeat: ScriptedScenario = {
  name: 'lost-heartbeat',
  title: 'A lost heartbeat costs the leader its lead',
  about: 'Silence can also mean that a message was lost. A follower cannot tell the difference.',
  nodes: ['A', 'B', 'C'],
  script(run) {
    run.timeout('A');
    run.deliver('AppendEntries', 'A', 'B');
    run.note('The network loses the heartbeat to C. For C this looks like a crash of A.');
    run.drop('AppendEntries', 'A', 'C');
    run.timeout('C');
    run.deliver('AppendEntries', 'C', 'B');
    run.ask(
      'A still leads, and now hears from another leader. What does it do?',
      'It follows: in this chapter, whoever spoke last leads.',
    );
    run.deliver('AppendEntries', 'C', 'A');
    run.note(
      "A's heartbeat timer was still running. A does not lead any more, so it sends nothing.",
    );
    run.timeout('A', 'heartbeat');
  },
  outcome: {
    says: 'C leads; A, which did nothing wrong, follows.',
    nodes: { A: { role: 'follower' }, B: { role: 'follower' }, C: { role: 'leader' } },
  },
};

/** What the narrator says at the turns of `oldLeaderReturns`, which chapters 1 and 2 share. */
interface Turns {
  readonly second: string;
  readonly healed: string;
  readonly oldMeetsNew: string;
  readonly newMeetsOld: string;
}

/** A leads and is cut off; B takes over; the network heals, and the heartbeats of both cross. */
export function oldLeaderReturns(run: Script, says: Turns): void {
  run.timeout('A');
  run.deliverAll();
  run.note('The network splits. A is alone; B and C still reach each other.');
  run.partition(['A'], ['B', 'C']);
  run.note(says.second);
  run.timeout('B');
  run.deliver('AppendEntries', 'B', 'C');
  run.note(says.healed);
  run.heal();
  run.timeout('A', 'heartbeat');
  run.timeout('B', 'heartbeat');
  run.note(says.oldMeetsNew);
  run.deliver('AppendEntries', 'A', 'B');
  run.deliver('AppendEntries', 'A', 'C');
  run.note(says.newMeetsOld);
  run.deliver('AppendEntries', 'B', 'A');
  run.deliver('AppendEntries', 'B', 'C');
}

const twoLeaders: ScriptedScenario = {
  name: 'two-leaders',
  title: 'Two leaders at once',
  about: 'What is still broken: after a split, nothing says which of two leaders is the newer one.',
  nodes: ['A', 'B', 'C'],
  script(run) {
    oldLeaderReturns(run, {
      second:
        'B hears nothing from A and takes the lead. A, which hears nothing at all, still leads.',
      healed: 'The network heals. There are two leaders, and neither knows of the other.',
      oldMeetsNew: "The old leader's heartbeat reaches the new one. B gives way to A.",
      newMeetsOld: "But B's heartbeat is on its way as well. A gives way to B.",
    });
  },
  outcome: {
    says: 'First two nodes led at once, then each gave way to the other, and nobody leads.',
    nodes: { A: { role: 'follower' }, B: { role: 'follower' }, C: { role: 'follower' } },
  },
};

export const scenarios = [firstToTimeOut, leaderCrashes, lostHeartbeat, twoLeaders];

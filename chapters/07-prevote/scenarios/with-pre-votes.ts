// Runs earlier scripts with the rules of chapter 7: before a node can stand, the others lose contact with
// their leader, and the pre-votes are asked and answered.

import type { Script } from '../../../lib/cluster/script.ts';
import type { Scenario } from '../../../lib/scenario/scenario.ts';

/** From here on, every election timeout is followed by a round of pre-votes, in short. */
export function addPreVotes(run: Script): void {
  run.aroundElections({
    before() {
      for (const node of run.cluster.nodes) {
        if (run.cluster.timerDue(node, 'contact') !== undefined) run.timeout(node, 'contact');
      }
    },
    after(node) {
      askPreVotes(run, node);
    },
  });
}

/** Delivers the pre-votes of a node and their answers; what goes to a crashed node is lost. */
export function askPreVotes(run: Script, candidate: string): void {
  for (const type of ['PreVote', 'PreVoteReply']) {
    for (const { message } of [...run.cluster.inFlight]) {
      const { from, to } = message;
      if (message.type !== type || (from !== candidate && to !== candidate)) continue;
      if (run.cluster.isUp(to)) run.deliver(type, from, to);
      else run.drop(type, from, to);
    }
  }
}

/** An earlier scenario with pre-votes added to its script. */
export function withPreVotes(scenario: Scenario): Scenario {
  if (!('script' in scenario)) return scenario;
  return {
    ...scenario,
    script(run) {
      addPreVotes(run);
      scenario.script(run);
    },
  };
}

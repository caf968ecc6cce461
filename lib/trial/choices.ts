// The trials of Paxos: nodes that choose one value, or a log of them, come through the same storms as those of Raft, and
// choose when the faults stop.

import { chosenOf } from '../check/paxos-properties.ts';
import type { Property } from '../check/property.ts';
import { checkerOf, describeViolation, sightingOf } from '../check/property.ts';
import { Cluster } from '../cluster/cluster.ts';
import type { FaultRun } from './fault-run.ts';
import { faultRun } from './fault-run.ts';
import { randomFrom } from '../cluster/random.ts';
import { runUntil } from '../cluster/schedule.ts';
import type { Step } from '../cluster/step.ts';
import { seededTiming } from '../cluster/timing.ts';
import type { NodeState, RaftNode } from '../node/contract.ts';
import { canonical } from '../trace/canonical.ts';
import type { Trial } from './trial.ts';
import { nodesNamed } from './trial.ts';

/** Once the faults stop, every node that is up has learned the value within so many virtual ms. */
export const chosenWithin = 4000;

/** Three, five or seven nodes in turn; every node has clients of its own, also in the calm. */
const storm = (seed: number): FaultRun => ({
  seed,
  nodes: nodesNamed(3 + 2 * (seed % 3)),
  stormy: 2500,
  calm: chosenWithin,
  quiet: 1000,
  faults: {
    drop: 0.1,
    duplicate: 0.1,
    partition: { pause: 300 },
    crash: { pause: 400 },
    crashWithin: 0.01,
    restart: { pause: 250 },
    request: { pause: 30 },
  },
  latency: { low: 1, high: 60 },
  delay: { chance: 0.05, by: 400 },
});

/** Sends nodes through the storm of a seed; gives what went wrong, in words. */
export function passChoices(
  node: RaftNode,
  properties: readonly Property[],
  seed: number,
  onStep?: (step: Step) => void,
): string | undefined {
  const { cluster, violation } = faultRun(node, properties, {
    ...storm(seed),
    ...(onStep && { onStep }),
  });
  return violation ? describeViolation(violation) : disagreement(cluster);
}

/** What the nodes that are up have not learned, or not all the same. */
function disagreement(cluster: Cluster): string | undefined {
  const up = cluster.nodes.filter((id) => cluster.isUp(id)).map((id) => cluster.stateOf(id));
  const missing = up.find((state) => Object.keys(chosenOf(state)).length === 0);
  if (missing) return `${missing.id} has not learned what is chosen`;
  const [first, ...others] = up;
  const other = first && others.find((state) => told(state) !== told(first));
  return other && `${first.id} has learned ${told(first)}, and ${other.id} ${told(other)}`;
}

const told = (state: NodeState): string => canonical(chosenOf(state));

export const choices: Trial = {
  name: 'choices',
  title: 'Chooses one value in storms and restarts',
  paper: 'Paxos Made Simple §2.1, §2.4, §2.5',
  says:
    'Whatever is lost, late, doubled or cut, and whoever crashes and starts again, one value is chosen; and when the faults ' +
    'stop, every node learns it.',
  nodes: (seed) => storm(seed).nodes,
  run: (node, seed, properties, onStep) => passChoices(node, properties, seed, onStep),
};

/** Of several proposers at once, one gets through within so many virtual ms. */
export const settledWithin = 2000;

/** How long every message takes, in virtual ms: nobody is faster by chance. */
const evenLatency = 10;

export const duels: Trial = {
  name: 'duels',
  title: 'Proposers do not outbid each other for ever',
  paper: 'Paxos Made Simple §2.4',
  says:
    'Every node has a client at about the same time, and all messages take equally long: one proposer gets through all ' +
    'the same, and every node learns the value.',
  nodes: (seed) => nodesNamed(3 + 2 * (seed % 2)),
  run(node, seed, properties, onStep) {
    const random = randomFrom(seed);
    const nodes = duels.nodes(seed);
    const timing = { ...seededTiming(random), latency: () => evenLatency };
    const cluster = new Cluster(node, nodes, timing);
    const check = checkerOf(properties);
    let steps = 0;
    let problem: string | undefined;
    const see = (step: Step) => {
      steps += 1;
      onStep?.(step);
      const sighting = sightingOf(steps, step);
      const violation = sighting && problem === undefined ? check(sighting) : undefined;
      if (violation) problem = describeViolation(violation);
    };
    for (const id of nodes) {
      see(cluster.request(id, `x=${id}`));
      const next = cluster.now + random.between(0, 2 * evenLatency);
      for (const step of runUntil(cluster, random, next)) see(step);
      cluster.advanceTo(next);
    }
    for (const step of runUntil(cluster, random, settledWithin)) {
      see(step);
      if (problem !== undefined) return problem;
    }
    return problem ?? disagreement(cluster);
  },
};

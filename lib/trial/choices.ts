// The trials of Paxos: nodes that choose one value, or a log of them, come through the same storms as those of Raft, and
// choose when the faults stop.

import { chosenOf } from '../check/paxos-properties.ts';
import type { Property } from '../check/property.ts';
import { describeViolation } from '../check/property.ts';
import type { Cluster } from '../cluster/cluster.ts';
import type { FaultRun } from '../cluster/fault-run.ts';
import { faultRun } from '../cluster/fault-run.ts';
import type { Step } from '../cluster/step.ts';
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

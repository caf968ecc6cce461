// The trial of storms: messages lost, doubled, late and out of order, links cut, nodes crashed, for good or until they
// start again. Safety must hold at every step, and in the calm that follows a leader must keep its word to its clients.

import { describeViolation } from '../check/property.ts';
import type { Property } from '../check/property.ts';
import type { FaultRun } from '../cluster/fault-run.ts';
import { faultRun } from '../cluster/fault-run.ts';
import type { Step } from '../cluster/step.ts';
import type { RaftNode } from '../node/contract.ts';
import { Requests } from './requests.ts';
import type { Trial } from './trial.ts';
import { appliedWithin, leaderWithin, nodesNamed } from './trial.ts';

/** Three, five or seven nodes in turn; in the calm, time to elect, then to take and apply requests. */
const storm = (seed: number, promises: Promises): FaultRun => ({
  seed,
  nodes: nodesNamed(3 + 2 * (seed % 3)),
  stormy: 2500,
  calm: leaderWithin + 500,
  quiet: appliedWithin,
  faults: {
    drop: 0.1,
    duplicate: 0.1,
    partition: { pause: 300 },
    crash: { pause: 1500 },
    request: { pause: 30 },
    ...(promises === 'restarts' && restarts),
  },
  latency: { low: 1, high: 60 },
  delay: { chance: 0.05, by: 400 },
});

/** Nodes crash more often, also in the middle of a step, and most of them start again. */
const restarts = { crash: { pause: 400 }, crashWithin: 0.01, restart: { pause: 250 } };

/**
 * What a chapter's nodes promise their clients once the storm is over: a leader; that it does what
 * it accepts; the same when nodes also start again in the storm.
 */
export type Promises = 'leader' | 'requests' | 'restarts';

/** How nodes came through one storm. Times are virtual milliseconds. */
export interface Passage {
  /** What went wrong, in words; undefined when nothing did. */
  readonly problem: string | undefined;
  readonly ledAfter: number;
  readonly appliedAfter: number;
  readonly lostNodes: boolean;
}

/** Sends nodes through the storm of a seed. */
export function passStorm(
  node: RaftNode,
  properties: readonly Property[],
  promises: Promises,
  seed: number,
  watch?: (step: Step) => void,
): Passage {
  const run = storm(seed, promises);
  const requests = new Requests();
  const onStep = (step: Step) => {
    requests.see(step);
    watch?.(step);
  };
  const { cluster, violation, ledAfter } = faultRun(node, properties, { ...run, onStep });
  const { accepted, slowest, broken } = requests.kept(cluster, run.stormy);
  const problem = () => {
    if (violation) return describeViolation(violation);
    if (ledAfter === undefined) return 'there is no leader that everyone follows';
    if (ledAfter > leaderWithin) return `the leader came after ${ledAfter} ms`;
    if (promises === 'leader') return undefined;
    if (accepted === 0) return 'the leader accepted no request';
    return slowest > appliedWithin ? `a request took ${slowest} ms` : broken[0];
  };
  return {
    problem: problem(),
    ledAfter: ledAfter ?? Infinity,
    appliedAfter: slowest,
    lostNodes: cluster.nodes.some((id) => !cluster.isUp(id)),
  };
}

/** The storms, for nodes that promise so much. */
export const storms = (promises: Promises): Trial => ({
  name: promises === 'restarts' ? 'storms-with-restarts' : 'storms',
  title: promises === 'restarts' ? 'Comes through storms and restarts' : 'Comes through storms',
  paper: promises === 'restarts' ? '§5.2, §5.4.3, §5.6, thesis §3.8' : '§5.2, §5.4.3, §5.6',
  says:
    'Whatever is lost, late, doubled or cut, ' +
    (promises === 'restarts' ? 'and whoever crashes and starts again, ' : '') +
    'safety holds; and when the faults stop, ' +
    (promises === 'leader'
      ? 'a leader is followed by all.'
      : 'a leader is followed by all and does what it accepted.'),
  nodes: (seed) => storm(seed, promises).nodes,
  run: (node, seed, properties, onStep) =>
    passStorm(node, properties, promises, seed, onStep).problem,
});

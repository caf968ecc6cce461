// A seeded fault run: a while with every fault, then calm. Safety must hold throughout; liveness is
// what the calm is for.

import type { Property, Violation } from '../check/property.ts';
import { checkerOf } from '../check/property.ts';
import type { NodeId, RaftNode } from '../node/contract.ts';
import { Cluster } from './cluster.ts';
import { randomFrom } from './random.ts';
import type { Faults } from './schedule.ts';
import { runUntil } from './schedule.ts';
import { seededTiming } from './timing.ts';

export interface FaultRun {
  readonly seed: number;
  readonly nodes: readonly NodeId[];
  /** Virtual milliseconds with faults, then without. */
  readonly stormy: number;
  readonly calm: number;
  readonly faults: Faults;
  /** A wide range makes messages overtake each other. */
  readonly latency: { readonly low: number; readonly high: number };
}

export interface FaultRunResult {
  readonly cluster: Cluster;
  readonly steps: number;
  readonly violation: Violation | undefined;
  /** When a leader that everyone follows was first seen in the calm, in milliseconds after the storm. */
  readonly ledAfter: number | undefined;
}

/** Runs to the end, or to the first violation of a property. The same run for the same seed. */
export function faultRun(
  node: RaftNode,
  properties: readonly Property[],
  { seed, nodes, stormy, calm, faults, latency }: FaultRun,
): FaultRunResult {
  const random = randomFrom(seed);
  const cluster = new Cluster(node, nodes, seededTiming(random, latency));
  const check = checkerOf(properties);
  let steps = 0;
  let ledAfter: number | undefined;
  const runPhase = (end: number, phaseFaults: Faults, onStep?: () => void) => {
    for (const step of runUntil(cluster, random, end, phaseFaults)) {
      steps += 1;
      if (step.node === undefined || !step.after) continue;
      const violation = check({ step: steps, node: step.node, state: step.after });
      if (violation) return violation;
      onStep?.();
    }
    return undefined;
  };
  let violation = runPhase(stormy, faults);
  if (!violation) {
    cluster.heal();
    violation = runPhase(stormy + calm, {}, () => {
      if (ledAfter === undefined && hasAgreedLeader(cluster)) ledAfter = cluster.now - stormy;
    });
  }
  return { cluster, steps, violation, ledAfter };
}

/** True when one node leads, and every other node that is up follows in the same term. */
export function hasAgreedLeader(cluster: Cluster): boolean {
  const up = cluster.nodes.filter((id) => cluster.isUp(id)).map((id) => cluster.stateOf(id));
  const leaders = up.filter(({ role }) => role === 'leader');
  const [leader] = leaders;
  return (
    leader !== undefined &&
    leaders.length === 1 &&
    up.every(({ role, currentTerm }) => role !== 'candidate' && currentTerm === leader.currentTerm)
  );
}

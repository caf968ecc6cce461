// A seeded fault run: a while with every fault, then calm. Safety must hold throughout; liveness is
// what the calm is for.

import type { Property, Violation } from '../check/property.ts';
import { checkerOf, sightingOf } from '../check/property.ts';
import type { NodeId, NodeState, RaftNode } from '../node/contract.ts';
import type { Start } from '../cluster/cluster.ts';
import { Cluster } from '../cluster/cluster.ts';
import { randomFrom } from '../cluster/random.ts';
import type { Faults } from '../cluster/schedule.ts';
import { runUntil } from '../cluster/schedule.ts';
import type { Step } from '../cluster/step.ts';
import type { ClockRates } from '../cluster/timing.ts';
import { seededTiming } from '../cluster/timing.ts';

/** All times are virtual milliseconds. */
export interface FaultRun {
  readonly seed: number;
  readonly nodes: readonly NodeId[];
  /** The fields in which nodes do not start fresh. */
  readonly start?: Start;
  /** How fast clocks run that are not right. */
  readonly clockRates?: ClockRates;
  /** How long there are faults; after it every link is healed, but who crashed stays down, unless all come back. */
  readonly stormy: number;
  readonly comeBack?: boolean;
  /** How long there is nothing but client requests, if there are any, after that. */
  readonly calm: number;
  /** How long there are not even requests, at the end. */
  readonly quiet?: number;
  readonly faults: Faults;
  /** A wide range makes messages overtake each other. */
  readonly latency: { readonly low: number; readonly high: number };
  /** In the storm, this share of the messages, from 0 to 1, is held up, each by up to `by`. */
  readonly delay?: { readonly chance: number; readonly by: number };
  /** Is shown every step. */
  readonly onStep?: (step: Step) => void;
}

export interface FaultRunResult {
  readonly cluster: Cluster;
  readonly steps: number;
  readonly violation: Violation | undefined;
  /**
   * How long after the storm the leader of the end was first followed by everyone that is up, in
   * virtual milliseconds; undefined when the run does not end with such a leader.
   */
  readonly ledAfter: number | undefined;
}

/** Runs to the end, or to the first violation of a property. The same run for the same seed. */
export function faultRun(
  node: RaftNode,
  properties: readonly Property[],
  run: FaultRun,
): FaultRunResult {
  const { seed, nodes, stormy, calm, quiet = 0, faults, latency, delay, onStep } = run;
  const random = randomFrom(seed);
  const timing = seededTiming(random, latency);
  let inStorm = true;
  const heldUp = () =>
    inStorm && delay && random.chance(delay.chance) ? random.between(0, delay.by) : 0;
  const slowed = { ...timing, latency: () => timing.latency() + heldUp() };
  const cluster = new Cluster(node, nodes, slowed, run.start, run.clockRates);
  const check = checkerOf(properties);
  let steps = 0;
  let led: { term: number; since: number } | undefined;
  const lookForLeader = () => {
    const term = agreedTerm(cluster);
    if (term !== undefined && term !== led?.term) led = { term, since: cluster.now };
  };

  const see = (step: Step): Violation | undefined => {
    steps += 1;
    onStep?.(step);
    const { before, after } = step;
    const sighting = sightingOf(steps, step);
    if (!sighting || !after) return undefined;
    const violation = check(sighting);
    if (violation) return violation;
    const newRole = before?.role !== after.role || before.currentTerm !== after.currentTerm;
    if (!inStorm && newRole) lookForLeader();
    return undefined;
  };

  const runPhase = (end: number, phaseFaults: Faults): Violation | undefined => {
    for (const step of runUntil(cluster, random, end, phaseFaults)) {
      const violation = see(step);
      if (violation) return violation;
    }
    cluster.advanceTo(end);
    return undefined;
  };

  let violation = runPhase(stormy, faults);
  if (!violation) {
    inStorm = false;
    cluster.heal();
    faults.clients?.hearAll();
    const down = run.comeBack ? nodes.filter((id) => !cluster.isUp(id)) : [];
    for (const id of down) violation ??= see(cluster.restart(id));
    lookForLeader();
    violation ??=
      runPhase(stormy + calm, {
        ...(faults.request && { request: faults.request }),
        ...(faults.clients && { clients: faults.clients }),
      }) ?? runPhase(stormy + calm + quiet, {});
  }
  const ledAfter =
    led && led.term === agreedTerm(cluster) ? Math.max(0, led.since - stormy) : undefined;
  return { cluster, steps, violation, ledAfter };
}

/** The nodes that are up and belong to the cluster, as far as its leaders know; without a leader, all that are up. */
export function membersUp(cluster: Cluster): NodeState[] {
  const up = cluster.nodes.filter((id) => cluster.isUp(id)).map((id) => cluster.stateOf(id));
  const leaders = up.filter(({ role }) => role === 'leader');
  if (leaders.some(({ configuration }) => configuration === undefined)) return up;
  const members = new Set(
    leaders.flatMap(({ id, configuration = [] }) => [id, ...configuration.flat()]),
  );
  return leaders.length === 0 ? up : up.filter(({ id }) => members.has(id));
}

/** The term of the leader that every other member which is up follows; undefined without one. */
export function agreedTerm(cluster: Cluster): number | undefined {
  const up = membersUp(cluster);
  const leaders = up.filter(({ role }) => role === 'leader');
  const term = leaders[0]?.currentTerm;
  const agreed =
    leaders.length === 1 &&
    up.every(({ role, currentTerm }) => currentTerm === term && /^(leader|follower)$/.test(role));
  return agreed ? term : undefined;
}

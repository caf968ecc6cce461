// Where a search starts: fresh nodes, or what the node under search makes of the first acts of a run.
// A search never starts from a state that no run has reached.

import { checkerOf, describeViolation } from '../check/property.ts';
import { Cluster } from '../cluster/cluster.ts';
import { perform } from '../cluster/script.ts';
import { scriptedTiming } from '../cluster/timing.ts';
import type { Message, NodeState, TimerName } from '../node/contract.ts';
import type { Judge } from './facts.ts';
import type { Problem } from './problem.ts';

export interface PlaceAtStart {
  readonly state: NodeState;
  readonly timers: readonly TimerName[];
  readonly up: boolean;
  /** What it has sent and has not arrived, by the place of the receiver. */
  readonly sent: readonly (readonly Message[])[];
}

export interface StartOfSearch {
  readonly places: readonly PlaceAtStart[];
  /** What the first acts have shown. */
  readonly facts: readonly number[];
  /** How many requests were among them. */
  readonly requests: number;
}

const timerNames: readonly TimerName[] = ['election', 'heartbeat', 'contact'];

/**
 * Carries out the first acts. Throws when the node cannot follow them, or breaks a property on the
 * way.
 */
export function startOf(
  { node, nodes, properties, start = [] }: Problem,
  judge: Judge,
): StartOfSearch {
  const cluster = new Cluster(node, nodes, scriptedTiming);
  const check = checkerOf(properties);
  let facts: readonly number[] = [];
  start.forEach((act, index) => {
    const { node: id, before, after } = perform(cluster, act);
    if (id === undefined || !before || !after) return;
    const violation = check({ step: index + 1, node: id, state: after });
    if (violation) throw new Error(`The start is broken already. ${describeViolation(violation)}`);
    for (const fact of judge.see(before, after).facts) {
      const more = judge.add(facts, fact);
      if (typeof more !== 'string') facts = more;
    }
  });
  const places = nodes.map((id) => ({
    state: cluster.stateOf(id),
    timers: timerNames.filter((timer) => cluster.timerDue(id, timer) !== undefined),
    up: cluster.isUp(id),
    sent: nodes.map((to) =>
      cluster.inFlight
        .map(({ message }) => message)
        .filter((message) => message.from === id && message.to === to),
    ),
  }));
  return { places, facts, requests: start.filter(({ type }) => type === 'request').length };
}

// Where a search starts: fresh nodes, or what the node under search makes of the first acts of a run, which
// may begin in the middle of a story as a recorded run does.

import { checkerOf, describeViolation, sightingOf } from '../check/property.ts';
import { Cluster } from '../cluster/cluster.ts';
import { ImpossibleAct } from '../cluster/network.ts';
import { perform } from '../cluster/script.ts';
import type { Act, Step } from '../cluster/step.ts';
import { scriptedTiming } from '../cluster/timing.ts';
import type { Message, NodeState, TimerName } from '../node/contract.ts';
import type { Disk } from '../node/disk.ts';
import { entriesOf, numberOf } from '../node/number.ts';
import type { Judge } from './judge.ts';
import type { Bounds, Prefix, Problem } from './problem.ts';

export interface PlaceAtStart {
  readonly state: NodeState;
  readonly disk: Disk;
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

/** The node cannot follow the acts with which the search is to start, or is broken after them. */
export class ImpossibleStart extends Error {}

const timerNames: readonly TimerName[] = ['election', 'heartbeat', 'contact'];

/** The first acts, and after them every link is whole: a search loses messages one by one. */
export function firstActs({ start = [] }: Pick<Problem, 'start'>): Prefix {
  const last = start.findLast(({ type }) => /^(partition|cut|heal)$/.test(type));
  return !last || last.type === 'heal' ? start : [...start, { type: 'heal' }];
}

/** The cluster before the first acts of a run. */
export const clusterOf = ({ node, nodes, given }: Pick<Problem, 'node' | 'nodes' | 'given'>) =>
  new Cluster(node, nodes, scriptedTiming, given);

/** Carries out the first acts. Throws ImpossibleStart. */
export function startOf(problem: Problem, judge: Judge): StartOfSearch {
  const { nodes, properties, given } = problem;
  const start = firstActs(problem);
  const cluster = clusterOf(problem);
  const check = checkerOf(properties);
  let facts: readonly number[] = given ? factsGiven(problem, cluster, judge) : [];
  let requests = 0;
  start.forEach((act, index) => {
    const step = carryOut(cluster, act, index + 1);
    if (act.type === 'request') requests += 1;
    const sighting = sightingOf(index + 1, step);
    if (!sighting || !step.before) return;
    const violation = check(sighting);
    if (violation) {
      throw new ImpossibleStart(`The start is broken already. ${describeViolation(violation)}`);
    }
    for (const fact of judge.see(step.before, [sighting]).facts) {
      const more = judge.add(facts, judge.dated(fact, requests));
      if (typeof more !== 'string') facts = more;
    }
  });
  const places = nodes.map((id) => ({
    state: cluster.stateOf(id),
    disk: cluster.diskOf(id),
    timers: timerNames.filter((timer) => cluster.timerDue(id, timer) !== undefined),
    up: cluster.isUp(id),
    sent: nodes.map((to) =>
      cluster.inFlight
        .map(({ message }) => message)
        .filter((message) => message.from === id && message.to === to),
    ),
  }));
  return { places, facts, requests };
}

/** What nodes show that do not start fresh: they store and have applied what is given. */
function factsGiven({ node, nodes }: Problem, cluster: Cluster, judge: Judge): readonly number[] {
  let facts: readonly number[] = [];
  for (const id of nodes) {
    const peers = nodes.filter((other) => other !== id);
    const sighting = { step: 0, node: id, state: cluster.stateOf(id) };
    for (const fact of judge.see(node.init(id, peers), [sighting]).facts) {
      const more = judge.add(facts, fact);
      if (typeof more !== 'string') facts = more;
    }
  }
  return facts;
}

/**
 * Bounds that go on from the start: the numbers that they are given are those by which terms, log and
 * fields may exceed what any node has there. Throws ImpossibleStart.
 */
export function beyondStart(problem: Omit<Problem, 'bounds'>, further: Bounds): Bounds {
  const cluster = clusterOf(problem);
  firstActs(problem).forEach((act, index) => carryOut(cluster, act, index + 1));
  const states = problem.nodes.map((id) => cluster.stateOf(id));
  const highest = (numberIn: (state: NodeState) => number) => Math.max(...states.map(numberIn));
  const { fields = {} } = further;
  return {
    ...further,
    terms: further.terms + highest(numberOf),
    log: further.log + highest(entriesOf),
    fields: Object.fromEntries(
      Object.entries(fields).map(([field, more]): [string, number] => [
        field,
        more + highest((state) => Number(Reflect.get(state, field))),
      ]),
    ),
  };
}

function carryOut(cluster: Cluster, act: Act, number: number): Step {
  try {
    return perform(cluster, act);
  } catch (error) {
    if (!(error instanceof ImpossibleAct)) throw error;
    throw new ImpossibleStart(
      `This node cannot follow the run to there, at step ${number}. ${error.message}`,
    );
  }
}

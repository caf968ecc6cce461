// From a world that a search found back to a run: the events that lead there, and the acts with which a
// real cluster does the same. Only what the safety properties then confirm counts as found.

import type { Violation } from '../check/property.ts';
import { checkerOf, sightingOf } from '../check/property.ts';
import type { Cluster } from '../cluster/cluster.ts';
import { perform } from '../cluster/script.ts';
import type { Act, Address, Envelope } from '../cluster/step.ts';
import type { Message } from '../node/contract.ts';
import { recordRun } from '../scenario/record.ts';
import type { Trace, TraceHeader } from '../trace/trace.ts';
import { expectReceivers } from './effects.ts';
import { askedByAdministrator, requestOf, restartEvent, timerOf } from './events.ts';
import { keyOf } from './intern.ts';
import { noStepThrows } from './outcomes.ts';
import type { Counterexample, Problem } from './problem.ts';
import { askOf } from './problem.ts';
import { clusterOf, firstActs } from './start.ts';
import type { Ints, TupleTable } from './tables.ts';
import type { Visitor, Worlds } from './worlds.ts';

/** One step of a search. */
export interface Move {
  readonly place: number;
  readonly event: number;
}

/** The moves from the start to the world `last`, and then one that breaks the property. */
export function routeTo(
  worlds: Worlds,
  table: TupleTable,
  parents: Ints,
  last: number,
  { property }: { readonly property: string },
): Move[] {
  const chain: number[] = [];
  for (let id = last; id > 0; id = parents.get(id)) chain.unshift(id);
  const world = Int32Array.from(worlds.start);
  const route = chain.map((id) => {
    const wanted = new Int32Array(world.length);
    table.read(id, wanted);
    return moveTo(worlds, world, wanted);
  });
  return [...route, breachOf(worlds, world, property)];
}

/** Finds the move that leads to a wanted world, or one it stands for, and makes it. */
function moveTo(worlds: Worlds, world: Int32Array, wanted: Int32Array): Move {
  let found: Move | undefined;
  const after = new Int32Array(world.length);
  worlds.expand(world, {
    reach(place, event) {
      if (found || worlds.next.some((word, at) => word !== wanted[at])) return;
      found = { place, event };
      after.set(worlds.reached);
    },
    breach() {},
  });
  if (!found) throw new Error('a world that was found cannot be reached');
  world.set(after);
  return found;
}

function breachOf(worlds: Worlds, world: Int32Array, property: string): Move {
  let found: Move | undefined;
  const visitor: Visitor = {
    reach() {},
    breach(place, event, broken) {
      if (broken === property) found ??= { place, event };
    },
  };
  worlds.expand(world, visitor);
  if (!found) throw new Error(`${property} was broken and is not any more`);
  return found;
}

/** Carries out a route in a real cluster; undefined when no property is broken on it. */
export function confirm(
  problem: Problem,
  worlds: Worlds,
  route: readonly Move[],
): Counterexample | undefined {
  // A message that arrives twice and was sent once must be duplicated before it first arrives.
  const copies = new Set<number>();
  for (;;) {
    const run = new Rerun(problem);
    const missing = run.follow(worlds, route, copies);
    if (missing === undefined) return run.result();
    copies.add(missing);
  }
}

class Rerun {
  private readonly acts: Act[] = [];
  private readonly cluster: Cluster;
  private readonly check: ReturnType<typeof checkerOf>;
  private readonly problem: Problem;
  private violation: Violation | undefined;
  private error: string | undefined;
  private depth = 0;

  constructor(problem: Problem) {
    this.problem = problem;
    this.cluster = clusterOf(problem);
    this.check = checkerOf(problem.properties);
  }

  /** Gives the step before which a message would have to be duplicated, when there is one. */
  follow(worlds: Worlds, route: readonly Move[], copies: ReadonlySet<number>): number | undefined {
    for (const act of firstActs(this.problem)) this.perform(act);
    const arrivals = new Map<number, number>();
    for (const [index, { place, event }] of route.entries()) {
      if (this.ended) return undefined;
      this.depth += 1;
      const id = this.problem.nodes[place] ?? '';
      const { outcomes } = worlds.moves;
      const crash = outcomes.crashes.of(event);
      const handled = crash ? crash.event : event;
      const crashAfter = crash ? { crashAfter: crash.effects } : {};
      const timer = timerOf(handled);
      const asked = askedByAdministrator(handled, this.problem.nodes);
      if (timer) this.perform({ type: 'timeout', node: id, timer: timer.name, ...crashAfter });
      else if (handled === restartEvent) this.restart(id);
      else if (requestOf(handled) > 0) {
        const ask = askOf(this.problem, requestOf(handled));
        if (ask) this.perform({ type: 'request', node: id, ...ask, ...crashAfter });
      } else if (asked?.type === 'ChangeConfiguration') {
        const voters = [...asked.voters];
        this.perform({ type: 'change', node: id, voters, ...crashAfter });
      } else if (asked) {
        this.perform({ type: 'transfer', node: id, target: asked.target, ...crashAfter });
      } else {
        const envelope = this.inFlight(outcomes.messages.value(handled));
        if (!envelope) {
          const earlier = arrivals.get(handled);
          if (earlier === undefined) throw new Error('a message arrives that was never sent');
          return earlier;
        }
        arrivals.set(handled, index);
        const message = addressOf(this.cluster, envelope);
        if (copies.has(index)) this.perform({ type: 'duplicate', message });
        this.perform({ type: 'deliver', message, ...crashAfter });
      }
      if (crash && !this.ended) this.restart(id);
    }
    return undefined;
  }

  result(): Counterexample | undefined {
    const { acts, violation, error, depth } = this;
    if (!this.ended) return undefined;
    const property = violation?.property ?? noStepThrows;
    return { property, violation, ...(error !== undefined && { error }), acts, depth };
  }

  private get ended(): boolean {
    return this.violation !== undefined || this.error !== undefined;
  }

  private restart(id: string): void {
    if (this.cluster.isUp(id)) this.perform({ type: 'crash', node: id });
    this.perform({ type: 'restart', node: id });
  }

  private perform(act: Act): void {
    this.acts.push(act);
    try {
      const step = perform(this.cluster, act);
      expectReceivers(step.effects ?? [], this.problem.nodes);
      const sighting = sightingOf(this.acts.length, step);
      if (sighting) this.violation ??= this.check(sighting);
    } catch (error) {
      this.error = error instanceof Error ? error.message : String(error);
    }
  }

  private inFlight(message: Message): Envelope | undefined {
    const key = keyOf(message);
    return this.cluster.inFlight.find((envelope) => keyOf(envelope.message) === key);
  }
}

/** Where a message in flight is found: the how-manieth of its type, sender and receiver. */
function addressOf({ inFlight }: Cluster, envelope: Envelope): Address {
  const { type, from, to } = envelope.message;
  const alike = inFlight.filter(
    ({ message }) => message.type === type && message.from === from && message.to === to,
  );
  const nth = alike.indexOf(envelope) + 1;
  return nth === 1 ? { type, from, to } : { type, from, to, nth };
}

/**
 * The trace of a counterexample, which is a trace like any other. A step that throws an error is not
 * in it, because it never ended.
 */
export function counterexampleTrace(
  problem: Problem,
  { acts, error }: Counterexample,
  about: Omit<TraceHeader, 'initial' | 'steps' | 'nodes'>,
): Trace {
  const cluster = clusterOf(problem);
  const given = problem.given && { given: true as const };
  const header = { ...about, ...given, nodes: [...problem.nodes] };
  const whole = error === undefined ? acts : acts.slice(0, -1);
  return recordRun(header, cluster, problem.properties, (onStep) => {
    for (const act of whole) onStep(perform(cluster, act));
  }).trace;
}

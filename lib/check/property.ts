// A safety property: something that must hold after every step, judged against the run so far.

import type { Effect, NodeEvent, NodeId, NodeState } from '../node/contract.ts';
import type { Disk } from '../node/disk.ts';

/** Something that happened, and the step (from 1) at which it did; step 0 is the start. */
export interface Fact {
  readonly step: number;
  readonly says: string;
}

/** Two facts that cannot both be. */
export interface Contradiction {
  readonly earlier: Fact;
  readonly later: Fact;
}

export interface Violation extends Contradiction {
  readonly property: string;
  readonly paper: string;
}

/** What a watch sees: the state of one node after a step of its own, and what happened in that step. */
export interface Sighting {
  readonly step: number;
  readonly node: NodeId;
  readonly state: NodeState;
  /** What the node handled; not there when it crashed in the middle. */
  readonly event?: NodeEvent;
  /** What it was handling when it crashed in the middle. */
  readonly interrupted?: NodeEvent;
  readonly effects?: readonly Effect[];
  /** What the node would have been, had it not crashed in the middle of the step. */
  readonly lost?: NodeState;
  /** Its disk before and after the step. */
  readonly diskBefore?: Disk;
  readonly diskAfter?: Disk;
  /** True when the node has just started again after a crash. */
  readonly restarted?: boolean;
}

/** The sighting of a step that some node made; undefined when none did. */
export function sightingOf(
  step: number,
  { act, node, event, after, effects, lost, diskBefore, diskAfter }: SeenStep,
): Sighting | undefined {
  if (node === undefined || !after) return undefined;
  const isRestart = act.type === 'restart';
  // Not by spreading what may be absent: this is asked at every step of every run.
  if (event && effects && !lost && !diskBefore && !diskAfter && !isRestart) {
    return { step, node, state: after, event, effects };
  }
  return {
    step,
    node,
    state: after,
    ...(event && (lost ? { interrupted: event } : { event })),
    ...(effects && { effects }),
    ...(lost && { lost }),
    ...(diskBefore && { diskBefore }),
    ...(diskAfter && { diskAfter }),
    ...(isRestart && { restarted: true }),
  };
}

interface SeenStep {
  readonly act: { readonly type: string };
  readonly node?: NodeId;
  readonly event?: NodeEvent;
  readonly after?: NodeState;
  readonly effects?: readonly Effect[];
  readonly lost?: NodeState;
  readonly diskBefore?: Disk;
  readonly diskAfter?: Disk;
}

export interface Property {
  readonly name: string;
  readonly paper: string;
  readonly says: string;
  /** What may come of it when it does not hold, where that is not one of the properties of Fig. 3. */
  readonly otherwise?: string;
  /** Starts watching one run. The watch remembers what it saw, and answers at the first breach. */
  watch(): (sighting: Sighting) => Contradiction | undefined;
}

/** A run's watches over several properties. */
export type Checker = (sighting: Sighting) => Violation | undefined;

/** Watches all the properties over one run; gives the first violation at each sighting. */
export function checkerOf(properties: readonly Property[]): Checker {
  const watches = properties.map((property) => ({ property, see: property.watch() }));
  return (sighting) => {
    for (const { property, see } of watches) {
      const contradiction = see(sighting);
      if (contradiction) {
        return { property: property.name, paper: property.paper, ...contradiction };
      }
    }
    return undefined;
  };
}

/** A violation as two lines for a person. */
export function describeViolation({ property, paper, earlier, later }: Violation): string {
  return (
    `${property} (${paper}) is violated at step ${later.step}:\n` +
    `  step ${earlier.step}: ${earlier.says}\n  step ${later.step}: ${later.says}`
  );
}

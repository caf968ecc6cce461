// A trial: seeded runs of a cluster, and what it must live through. Recorded scenarios say what happens in one run;
// trials say what must come of many.

import type { Property, Violation } from '../check/property.ts';
import { checkerOf, describeViolation, sightingOf } from '../check/property.ts';
import { Cluster } from '../cluster/cluster.ts';
import type { Random } from '../cluster/random.ts';
import { randomFrom } from '../cluster/random.ts';
import type { Faults } from '../cluster/schedule.ts';
import { runUntil } from '../cluster/schedule.ts';
import type { Step } from '../cluster/step.ts';
import { seededTiming } from '../cluster/timing.ts';
import type { NodeId, RaftNode } from '../node/contract.ts';

export interface Trial {
  /** `storms`, as the manifest of points lists it. */
  readonly name: string;
  readonly title: string;
  readonly paper: string;
  /** What must hold, in a sentence. */
  readonly says: string;
  /** The nodes of the run of a seed. */
  nodes(seed: number): readonly NodeId[];
  /**
   * One run, the same for the same seed: what went wrong, in words, or undefined. Every step is
   * shown to `onStep`. An error thrown by the node is passed on.
   */
  run(
    node: RaftNode,
    seed: number,
    properties: readonly Property[],
    onStep?: (step: Step) => void,
  ): string | undefined;
}

/** Once nothing disturbs it, a cluster follows one leader within this many virtual ms. */
export const leaderWithin = 3000;

/** What a lasting leader accepts is applied on every node that is up within this many virtual ms. */
export const appliedWithin = 1000;

const names = ['A', 'B', 'C', 'D', 'E', 'F', 'G'];

/** The first `count` names. */
export const nodesNamed = (count: number): readonly NodeId[] => names.slice(0, count);

/** A cluster of a trial on the virtual clock. It stands still from the first violation on. */
export class World {
  readonly cluster: Cluster;
  violation: Violation | undefined;
  private readonly random: Random;
  private readonly onStep: (step: Step) => void;
  private readonly check: ReturnType<typeof checkerOf>;
  private steps = 0;

  constructor(
    node: RaftNode,
    nodes: readonly NodeId[],
    seed: number,
    properties: readonly Property[],
    onStep: (step: Step) => void = () => undefined,
  ) {
    this.random = randomFrom(seed);
    this.cluster = new Cluster(node, nodes, seededTiming(this.random));
    this.check = checkerOf(properties);
    this.onStep = onStep;
  }

  /** Runs on for so many virtual milliseconds. */
  runFor(milliseconds: number, faults: Faults = {}): void {
    const end = this.cluster.now + milliseconds;
    for (const step of runUntil(this.cluster, this.random, end, faults)) {
      this.see(step);
      if (this.violation) return;
    }
    this.cluster.advanceTo(end);
  }

  /** Takes note of a step that the trial itself made: a cut, a crash. */
  see(step: Step): Step {
    this.steps += 1;
    this.onStep(step);
    const sighting = sightingOf(this.steps, step);
    if (sighting) {
      this.violation ??= this.check(sighting);
      this.violation ??= timerMissing(this.cluster, step, this.steps);
    }
    return step;
  }

  /** Cuts one node off from all others, which hear each other. */
  cutOff(id: NodeId): void {
    const others = this.cluster.nodes.filter((other) => other !== id);
    this.see(this.cluster.partition([id], others));
  }

  /** The violation in words, when there is one. */
  get problem(): string | undefined {
    return this.violation && describeViolation(this.violation);
  }
}

/** Who waits for a leader needs a running election timer; a leader needs one for its heartbeats. */
function timerMissing(
  cluster: Cluster,
  { node, after }: Step,
  step: number,
): Violation | undefined {
  if (node === undefined || !after || !cluster.isUp(node)) return undefined;
  const timer = after.role === 'leader' ? 'heartbeat' : 'election';
  if (cluster.timerDue(node, timer) !== undefined) return undefined;
  return {
    property: 'Nobody waits for ever',
    paper: '§5.2, Fig. 2 Followers 2, Leaders 1',
    earlier: { step, says: `${node} is ${after.role} in term ${after.currentTerm ?? 0}` },
    later: { step, says: `${node} has no ${timer} timer running` },
  };
}

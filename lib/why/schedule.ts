// Carries out a list of acts with any node, leaving out what its world gives no occasion for.

import type { Property, Violation } from '../check/property.ts';
import { checkerOf, sightingOf } from '../check/property.ts';
import type { Start } from '../cluster/cluster.ts';
import { Cluster } from '../cluster/cluster.ts';
import { ImpossibleAct } from '../cluster/network.ts';
import { perform } from '../cluster/script.ts';
import type { Act, Step } from '../cluster/step.ts';
import { scriptedTiming } from '../cluster/timing.ts';
import type { NodeId, NodeState, RaftNode } from '../node/contract.ts';

/** Which nodes act, from which states, and what must hold. */
export interface Stage {
  readonly nodes: readonly NodeId[];
  readonly start?: Start;
  readonly properties: readonly Property[];
}

export interface Played {
  /** For each act the step that it made; undefined for one that could not be carried out. */
  readonly steps: readonly (Step | undefined)[];
  /** The first breach of a property; the run ends there. */
  readonly violation: Violation | undefined;
  /** What a node threw, or which field it lost, where one did; the run ends there too. */
  readonly error: string | undefined;
  readonly stateOf: (node: NodeId) => NodeState;
}

/** Carries out the acts one by one, up to the first breach. */
export function play(
  node: RaftNode,
  { nodes, start, properties }: Stage,
  acts: readonly Act[],
): Played {
  const cluster = new Cluster(node, nodes, scriptedTiming, start);
  const check = checkerOf(properties);
  const steps: (Step | undefined)[] = [];
  let violation: Violation | undefined;
  let error: string | undefined;
  for (const act of acts) {
    try {
      const step = perform(cluster, act);
      steps.push(step);
      const sighting = sightingOf(steps.length, step);
      error = missingIn(step);
      violation = error === undefined ? sighting && check(sighting) : undefined;
    } catch (thrown) {
      if (thrown instanceof ImpossibleAct) steps.push(undefined);
      else error = thrown instanceof Error ? thrown.message : String(thrown);
    }
    if (violation || error !== undefined) break;
  }
  return { steps, violation, error, stateOf: (id) => cluster.stateOf(id) };
}

/** A field that a node has lost, in words: such a state is none that a trace could tell. */
function missingIn({ node, after }: Step): string | undefined {
  const lost = Object.entries(after ?? {}).find(([, value]) => value === undefined);
  return lost && `${lost[0]} of ${node} is missing`;
}

/** The acts of a run that were carried out. */
export const doneIn = ({ steps }: Played): Act[] => steps.flatMap((step) => step?.act ?? []);

// One run of a fresh cluster on the clock of a script, watched after every act. It keeps no record of what the nodes did.

import type { Property, Violation } from '../check/property.ts';
import { checkerOf, sightingOf } from '../check/property.ts';
import { Cluster } from '../cluster/cluster.ts';
import type { Step } from '../cluster/step.ts';
import { scriptedTiming } from '../cluster/timing.ts';
import type { NodeEvent, NodeId, NodeState, RaftNode, StepResult } from '../node/contract.ts';

/** Under this name a run fails whose node throws, or sends to a node that does not exist. */
export const noStepThrows = 'No step throws';

/** A node that does nothing where another throws, and remembers what was thrown. */
export class CautiousNode implements RaftNode {
  /** What the last step threw, in words; undefined when it did not. */
  thrown: string | undefined;
  private readonly node: RaftNode;
  private readonly names: readonly NodeId[];

  constructor(node: RaftNode, names: readonly NodeId[]) {
    this.node = node;
    this.names = names;
  }

  init(id: NodeId, peers: readonly NodeId[]): NodeState {
    return this.node.init(id, peers);
  }

  step(state: NodeState, event: NodeEvent): StepResult<NodeState> {
    this.thrown = undefined;
    try {
      const result = this.node.step(state, event);
      for (const effect of result.effects) {
        if (effect.type === 'send' && !this.names.includes(effect.message.to)) {
          throw new Error(`there is no node ${effect.message.to} to send to`);
        }
      }
      return result;
    } catch (error) {
      this.thrown = error instanceof Error ? error.message : String(error);
      return { state, effects: [] };
    }
  }
}

export class WatchedRun {
  readonly cluster: Cluster;
  /** The first thing that went wrong. */
  violation: Violation | undefined;
  private steps = 0;
  private readonly node: CautiousNode;
  private readonly check: ReturnType<typeof checkerOf>;

  constructor(node: RaftNode, names: readonly NodeId[], properties: readonly Property[]) {
    this.node = new CautiousNode(node, names);
    this.cluster = new Cluster(this.node, names, scriptedTiming);
    this.check = checkerOf(properties);
  }

  /** Judges a step that the cluster made. */
  see(step: Step): void {
    this.steps += 1;
    const sighting = sightingOf(this.steps, step);
    if (!sighting) return;
    const { thrown } = this.node;
    this.violation ??= thrown === undefined ? this.check(sighting) : this.throws(step, thrown);
  }

  private throws({ node, event }: Step, thrown: string): Violation {
    return {
      property: noStepThrows,
      paper: 'the contract of a node',
      earlier: { step: this.steps, says: `${node} handles ${event?.type ?? 'its start'}` },
      later: { step: this.steps, says: `it throws: ${thrown}` },
    };
  }
}

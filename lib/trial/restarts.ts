// The trial of a power failure: all nodes crash at once and start again, and what clients were told is still true.

import type { Step } from '../cluster/step.ts';
import type { NodeId, NodeState } from '../node/contract.ts';
import { leaderOf } from './elections.ts';
import type { Trial } from './trial.ts';
import { appliedWithin, leaderWithin, nodesNamed, World } from './trial.ts';

const nodesOf = (seed: number) => nodesNamed(3 + 2 * (seed % 2));

/** What clients were told, and what each node has applied since it last started. */
class Promised {
  readonly done = new Set<string>();
  private readonly applied = new Map<NodeId, Set<string>>();
  /** Where a command was first applied. */
  private readonly places = new Map<string, number>();

  see({ act, node, effects = [] }: Step): void {
    if (node === undefined) return;
    if (act.type === 'restart') this.applied.delete(node);
    const mine = this.applied.get(node) ?? new Set();
    this.applied.set(node, mine);
    for (const effect of effects) {
      if (effect.type === 'apply') {
        mine.add(effect.command);
        if (!this.places.has(effect.command)) this.places.set(effect.command, effect.index);
      }
      if (effect.type === 'answer' && effect.applied) this.done.add(effect.command);
    }
  }

  /**
   * A command of which a client was told that it is done, and which this node has neither applied
   * nor found in its snapshot.
   */
  missingOn({ id, snapshot }: NodeState): string | undefined {
    const covered = snapshot?.lastIncludedIndex ?? 0;
    return [...this.done].find(
      (command) =>
        !this.applied.get(id)?.has(command) && (this.places.get(command) ?? Infinity) > covered,
    );
  }
}

export const powerFailure: Trial = {
  name: 'power-failure',
  title: 'What was done outlives a power failure',
  paper: '§5.2, §5.4, Fig. 2 Persistent state, thesis §3.8',
  says: 'All nodes crash at once and start again: a leader is elected, and everything is applied that a client was told of.',
  nodes: nodesOf,
  run(node, seed, properties, onStep) {
    const nodes = nodesOf(seed);
    const promised = new Promised();
    const world = new World(node, nodes, seed, properties, (step) => {
      promised.see(step);
      onStep?.(step);
    });
    const { cluster } = world;
    world.runFor(leaderWithin);
    if (world.problem !== undefined) return world.problem;
    for (let failures = 0; failures < 3; failures++) {
      world.runFor(700, { request: { pause: 25 } });
      if (world.problem !== undefined) return world.problem;
      for (const id of nodes) world.see(cluster.crash(id));
      world.runFor(100);
      for (const id of nodes) {
        world.see(cluster.restart(id));
        world.runFor(20);
        if (world.problem !== undefined) return world.problem;
      }
      world.runFor(leaderWithin + appliedWithin);
      const found = leaderOf(world);
      if (typeof found === 'string') return found;
      for (const id of nodes) {
        const missing = promised.missingOn(cluster.stateOf(id));
        if (missing !== undefined)
          return `${id} has not applied ${missing}, which a client was told is done`;
      }
    }
    return promised.done.size > 0 ? undefined : 'no client was told that anything is done';
  },
};

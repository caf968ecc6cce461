// Random walks through nodes that lack a rule: the search must see a violation at the very step at which the safety
// properties see it, and at no other.

import type { Test } from 'tape';
import { randomFrom } from '../../../lib/cluster/random.ts';
import type { Problem } from '../../../lib/explore/problem.ts';
import type { Move } from '../../../lib/explore/route.ts';
import { confirm } from '../../../lib/explore/route.ts';
import { ImpossibleStart } from '../../../lib/explore/start.ts';
import { Worlds } from '../../../lib/explore/worlds.ts';
import type { RaftNode } from '../../../lib/node/contract.ts';
import { ablations } from '../../../lib/rules/node.ts';
import type { Chapter } from '../../../lib/scenario/scenario.ts';

const longest = 50;

/** The chapters that are walked through from fresh nodes. */
export const walked = [
  '03-voting',
  '04-replication',
  '05-conflict-backoff',
  '06-partitions',
  '08-persistence',
];

/** What is searched but for the node, when it is not from fresh nodes. */
export type Setting = Partial<Omit<Problem, 'node'>>;

const problemOf = (
  { properties }: Chapter,
  node: RaftNode,
  restarts: number,
  setting: Setting,
): Problem => {
  const bounds = { terms: 4, log: 4, requests: 5, restarts, depth: Infinity };
  const { bounds: others } = setting;
  return {
    ...{ node, nodes: ['A', 'B', 'C'], properties },
    ...setting,
    bounds: others ? { ...others, restarts } : bounds,
  };
};

/** A random walk, up to a step that the search takes for a violation. */
function walk(problem: Problem, seed: number): { worlds: Worlds; route: Move[]; breaks: boolean } {
  const worlds = new Worlds(problem, false);
  const random = randomFrom(seed);
  const world = Int32Array.from(worlds.start);
  const route: Move[] = [];
  while (route.length < longest) {
    const moves: { move: Move; after: Int32Array | undefined }[] = [];
    worlds.expand(world, {
      reach: (place, event) =>
        moves.push({ move: { place, event }, after: Int32Array.from(worlds.reached) }),
      breach: (place, event) => moves.push({ move: { place, event }, after: undefined }),
    });
    const chosen = moves[random.between(0, moves.length - 1)];
    if (!chosen) break;
    route.push(chosen.move);
    if (!chosen.after) return { worlds, route, breaks: true };
    world.set(chosen.after);
  }
  return { worlds, route, breaks: false };
}

/**
 * Asserts that search and properties agree at every step, in so many walks for each rule or condition that is missing;
 * gives how many walks break a property.
 */
export function agreeOnWalks(
  t: Test,
  chapter: Chapter,
  walks: number,
  setting: Setting = {},
): number {
  let broken = 0;
  let disagreed: string | undefined;
  for (const [index, each] of ablations(chapter.node).entries()) {
    const problem = problemOf(chapter, each.node, index % 2, setting);
    for (let seed = 0; seed < walks; seed++) {
      const taken = walkOrNone(problem, seed);
      if (!taken) break;
      const { worlds, route, breaks } = taken;
      const found = confirm(problem, worlds, route);
      if (breaks) broken += 1;
      // A violation that is seen too early or not at all, or that nobody but the search sees.
      if ((found?.depth ?? 0) !== (breaks ? route.length : 0)) {
        disagreed ??= `${each.name}, walk ${seed}: ${found?.property} at step ${found?.depth}`;
      }
    }
  }
  t.equal(disagreed, undefined);
  return broken;
}

/** Undefined when the node does not come to where the walks start. */
function walkOrNone(problem: Problem, seed: number) {
  try {
    return walk(problem, seed);
  } catch (error) {
    if (error instanceof ImpossibleStart) return undefined;
    throw error;
  }
}

// The search judges a step by a few facts about the run so far. On random walks through nodes that lack a
// rule, it must see a violation at the very step at which the safety properties see it, and at no other.

import test from 'tape';
import { randomFrom } from '../../../lib/cluster/random.ts';
import type { Problem } from '../../../lib/explore/problem.ts';
import type { Move } from '../../../lib/explore/route.ts';
import { confirm } from '../../../lib/explore/route.ts';
import { Worlds } from '../../../lib/explore/worlds.ts';
import type { RaftNode } from '../../../lib/node/contract.ts';
import { ablations } from '../../../lib/rules/node.ts';
import type { Chapter } from '../../../lib/scenario/scenario.ts';
import { chapterNamed } from '../../support.ts';

const walks = 3;
const longest = 50;

const problemOf = ({ properties }: Chapter, node: RaftNode, restarts: number): Problem => ({
  node,
  nodes: ['A', 'B', 'C'],
  properties,
  bounds: { terms: 4, log: 4, requests: 5, restarts, depth: Infinity },
});

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

const names = [
  '03-voting',
  '04-replication',
  '05-conflict-backoff',
  '06-partitions',
  '08-persistence',
];

for (const name of names) {
  test(`${name}: on random walks, the search and the safety properties agree at every step`, (t) => {
    const chapter = chapterNamed(name);
    let broken = 0;
    let disagreed: string | undefined;
    for (const [index, each] of ablations(chapter.node).entries()) {
      const problem = problemOf(chapter, each.node, index % 2);
      for (let seed = 0; seed < walks; seed++) {
        const { worlds, route, breaks } = walk(problem, seed);
        const found = confirm(problem, worlds, route);
        if (breaks) broken += 1;
        // A violation that is seen too early or not at all, or that nobody but the search sees.
        if ((found?.depth ?? 0) !== (breaks ? route.length : 0)) {
          disagreed ??= `${each.name}, walk ${seed}: ${found?.property} at step ${found?.depth}`;
        }
      }
    }
    t.equal(disagreed, undefined);
    t.ok(broken > 0, `${broken} walks break a property`);
    t.end();
  });
}

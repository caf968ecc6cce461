// Searches a chapter with every rule or condition missing, once with symmetry and once without.

import type { Test } from 'tape';
import type { Problem } from '../../../lib/explore/problem.ts';
import { explore } from '../../../lib/explore/search.ts';
import type { RaftNode } from '../../../lib/node/contract.ts';
import { ablations } from '../../../lib/rules/node.ts';
import type { Chapter } from '../../../lib/scenario/scenario.ts';
import { chapterNamed } from '../../support.ts';

/** How far a chapter is searched; a leader of chapter 6 or 7 adds an entry of its own. */
export interface Reach {
  readonly name: string;
  readonly log: number;
  readonly restarts?: number;
  readonly depth: number;
}

const verdictOf = (problem: Problem) => {
  const verdict = explore(problem);
  return verdict.outcome === 'violation'
    ? { outcome: verdict.outcome, depth: verdict.counterexample.depth }
    : { outcome: verdict.outcome, depth: verdict.depth, bounded: verdict.bounded };
};

export const problemOf = (
  chapter: Chapter,
  node: RaftNode,
  { log, depth, restarts = 0 }: Omit<Reach, 'name'>,
): Problem => ({
  node,
  nodes: ['A', 'B', 'C'],
  properties: chapter.properties,
  bounds: { terms: 2, log, requests: Infinity, restarts, depth },
  filter: 'stale',
});

/** Asserts that both searches come to the same verdict; gives how many nodes break a property. */
export function sameVerdicts(t: Test, { name, ...reach }: Reach): number {
  const chapter = chapterNamed(name);
  const nodes = [{ name: 'nothing', node: chapter.node }, ...ablations(chapter.node)];
  const broken = nodes.filter(({ name: missing, node }) => {
    const problem = problemOf(chapter, node, reach);
    const verdict = verdictOf(problem);
    t.deepEqual(verdict, verdictOf({ ...problem, symmetry: false }), `${missing} is missing`);
    return verdict.outcome === 'violation';
  });
  return broken.length;
}

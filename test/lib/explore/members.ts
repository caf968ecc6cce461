// Searches chapter 11 with one change and one transfer, every rule about members missing in turn, with symmetry and without.

import type { Test } from 'tape';
import { chapters } from '../../../chapters/chapters.ts';
import { explore } from '../../../lib/explore/search.ts';
import { ImpossibleStart } from '../../../lib/explore/start.ts';
import type { Ablation } from '../../../lib/rules/node.ts';
import { ablations } from '../../../lib/rules/node.ts';
import { originOf } from '../../../lib/walkthrough/origins.ts';
import { readRequest } from '../../../tools/explore-request.ts';
import { chapterNamed } from '../../support.ts';

const chapter = chapterNamed('11-membership');
const own = new Set(
  chapter.node.rules
    .filter((rule) => originOf(chapters, chapter, rule).type !== 'unchanged')
    .map(({ name }) => name),
);

/** Every rule and condition that chapter 11 adds or changes, each missing in turn. */
export const withoutOne: readonly Ablation[] = ablations(chapter.node).filter(({ rule }) =>
  own.has(rule),
);

type Named = Pick<Ablation, 'name' | 'node'>;

/** Asserts that both searches come to the same verdict; gives how many nodes break a property. */
export function sameVerdictsForMembers(t: Test, some: readonly Named[], depth: number): number {
  const { problem } = readRequest(chapters, [
    ...['11', '--from', '11/leads-from-outside:13', '--changes', '1', '--transfers', '1'],
    ...['--log', '2', '--depth', String(depth)],
  ]);
  const verdictOf = (node: Ablation['node'], symmetry: boolean) => {
    try {
      const verdict = explore({ ...problem, node, symmetry, filter: 'stale' });
      const { outcome, asymmetry } = verdict;
      return outcome === 'violation'
        ? { outcome, asymmetry, depth: verdict.counterexample.depth }
        : { outcome, asymmetry, fired: verdict.fired };
    } catch (error) {
      if (error instanceof ImpossibleStart) return { outcome: 'no start' };
      throw error;
    }
  };
  const nodes = [{ name: 'nothing', node: chapter.node }, ...some];
  return nodes.filter(({ name, node }) => {
    const verdict = verdictOf(node, true);
    t.deepEqual(verdict, verdictOf(node, false), `${name} is missing`);
    return verdict.outcome === 'violation';
  }).length;
}

// Searching with symmetry and without comes to the same verdict on every node that lacks one rule or one
// condition. This is how we know that nothing is lost with the worlds that are not visited.

import test from 'tape';
import { explore } from '../../../lib/explore/search.ts';
import type { Problem } from '../../../lib/explore/problem.ts';
import type { NodeState, RaftNode } from '../../../lib/node/contract.ts';
import { ablations } from '../../../lib/rules/node.ts';
import type { Chapter } from '../../../lib/scenario/scenario.ts';
import { chapterNamed } from '../../support.ts';

/** How far each chapter is searched; a leader of chapter 6 or 7 adds an entry of its own. */
const depths = [
  { name: '03-voting', log: 0, depth: 12 },
  { name: '04-replication', log: 1, depth: 12 },
  { name: '05-conflict-backoff', log: 1, depth: 12 },
  { name: '06-partitions', log: 2, depth: 7 },
  { name: '07-prevote', log: 2, depth: 7 },
].map(({ name, ...bounds }) => ({ chapter: chapterNamed(name), ...bounds }));

const verdictOf = (problem: Problem) => {
  const verdict = explore(problem);
  return verdict.outcome === 'violation'
    ? { outcome: verdict.outcome, depth: verdict.counterexample.depth }
    : { outcome: verdict.outcome, depth: verdict.depth, bounded: verdict.bounded };
};

const problemOf = (chapter: Chapter, node: RaftNode, log: number, depth: number): Problem => ({
  node,
  nodes: ['A', 'B', 'C'],
  properties: chapter.properties,
  bounds: { terms: 2, log, requests: Infinity, restarts: 0, depth },
  filter: 'stale',
});

for (const { chapter, log, depth } of depths) {
  test(`${chapter.name}: the same verdict with symmetry and without, whatever rule is missing`, (t) => {
    const nodes = [{ name: 'nothing', node: chapter.node }, ...ablations(chapter.node)];
    const broken = nodes.filter(({ name, node }) => {
      const problem = problemOf(chapter, node, log, depth);
      const verdict = verdictOf(problem);
      t.deepEqual(verdict, verdictOf({ ...problem, symmetry: false }), `${name} is missing`);
      return verdict.outcome === 'violation';
    });
    t.ok(broken.length > 0, `${broken.length} of ${nodes.length} break a property`);
    t.end();
  });
}

test('a node that prefers a name is searched without symmetry, and the verdict says so', (t) => {
  const { node } = chapterNamed('03-voting');
  const likesB: RaftNode = {
    init: (id, peers) => node.init(id, peers),
    step(state: NodeState, event) {
      const result = node.step(state, event);
      return 'from' in event && event.from === 'B' ? { state, effects: [] } : result;
    },
  };
  const problem = problemOf(chapterNamed('03-voting'), likesB, 0, 5);
  const verdict = explore(problem);
  t.equal(verdict.symmetry, false);
  t.match(verdict.asymmetry ?? '', /alike/);
  t.equal(verdict.states, explore({ ...problem, symmetry: false }).states);
  t.end();
});

// Searching with symmetry and without comes to the same verdict on every node that lacks one rule or one
// condition. This is how we know that nothing is lost with the worlds that are not visited.

import test from 'tape';
import { explore } from '../../../lib/explore/search.ts';
import type { NodeState, RaftNode } from '../../../lib/node/contract.ts';
import { chapterNamed } from '../../support.ts';
import { problemOf, sameVerdicts } from './verdicts.ts';

/** As far as there is time for here; `npm run test:long` goes farther. */
const reaches = [
  { name: '03-voting', log: 0, depth: 8 },
  { name: '04-replication', log: 1, depth: 5 },
  { name: '05-conflict-backoff', log: 1, depth: 5 },
  { name: '06-partitions', log: 2, depth: 4 },
  { name: '07-prevote', log: 2, depth: 4 },
  { name: '08-persistence', log: 2, depth: 4, restarts: 1 },
];

for (const reach of reaches) {
  test(`${reach.name}: the same verdict with symmetry and without, whatever rule is missing`, (t) => {
    t.comment(`${sameVerdicts(t, reach)} break a property`);
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
  const problem = problemOf(chapterNamed('03-voting'), likesB, { log: 0, depth: 5 });
  const verdict = explore(problem);
  t.equal(verdict.symmetry, false);
  t.match(verdict.asymmetry ?? '', /alike/);
  t.equal(verdict.states, explore({ ...problem, symmetry: false }).states);
  t.end();
});

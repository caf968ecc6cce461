// A search that starts from the state which a recorded run reaches.

import test from 'tape';
import { chapters } from '../../../chapters/chapters.ts';
import { checkerOf } from '../../../lib/check/property.ts';
import { Cluster } from '../../../lib/cluster/cluster.ts';
import { perform } from '../../../lib/cluster/script.ts';
import { scriptedTiming } from '../../../lib/cluster/timing.ts';
import { explore } from '../../../lib/explore/search.ts';
import { ImpossibleStart } from '../../../lib/explore/start.ts';
import { readRequest } from '../../../tools/explore-request.ts';

const requestFrom = (from: string, ...more: string[]) =>
  readRequest(chapters, [...more, '--from', from]).problem;

test('the run that is found begins with the recorded acts, and a cluster carries it out', (t) => {
  const problem = requestFrom(
    '05-conflict-backoff/conflict-repaired:20',
    ...['5', '--without', 'check-consistency', '--terms', '1', '--log', '1'],
  );
  const verdict = explore({ ...problem, filter: 'stale' });
  if (verdict.outcome !== 'violation') {
    t.fail(`${verdict.outcome} after ${verdict.states} states`);
    return t.end();
  }
  const { acts, depth, property } = verdict.counterexample;
  const { start = [] } = problem;
  t.deepEqual(acts.slice(0, start.length), start);
  t.ok(acts.length >= start.length + depth, 'and goes on from there');
  const cluster = new Cluster(problem.node, problem.nodes, scriptedTiming);
  const check = checkerOf(problem.properties);
  const broken = acts.map((act, index) => {
    const { node, after } = perform(cluster, act);
    return node !== undefined && after ? check({ step: index + 1, node, state: after }) : undefined;
  });
  t.equal(broken.at(-1)?.property, property);
  t.end();
});

test('a node that cannot follow the recorded run is no start', (t) => {
  const problem = requestFrom('04-replication/one-entry:12', '4', '--without', 'grant-vote');
  t.throws(() => explore(problem), ImpossibleStart);
  t.throws(() => explore(problem), /This node cannot follow the run to there, at step \d+\./);
  t.end();
});

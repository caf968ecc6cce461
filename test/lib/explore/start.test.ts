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
import { chapterNamed } from '../../support.ts';

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
  const node = chapterNamed('04-replication').node.without('grant-vote');
  const search = () => explore({ ...requestFrom('04-replication/one-entry:12', '4'), node });
  t.throws(search, ImpossibleStart);
  t.throws(search, /This node cannot follow the run to there, at step \d+\./);
  t.end();
});

test('terms, logs and fields are counted from the start, and a run may begin in the middle of a story', (t) => {
  const { bounds, given } = requestFrom('10-snapshots/suffix-stays:16', '10', '--most', 'round=2');
  // There A, B and C store three entries of term 1, and A has added two of term 2, in its second round.
  t.deepEqual([bounds.terms, bounds.log, bounds.fields], [2 + 1, 5 + 1, { round: 2 + 2 }]);
  t.ok(given);
  const further = ['--terms', '0', '--log', '3'];
  const { bounds: others } = requestFrom('10-snapshots/suffix-stays:16', '10', ...further);
  t.deepEqual([others.terms, others.log], [2, 5 + 3]);
  t.throws(
    () => requestFrom('04-replication/one-entry:12', '4', '--without', 'grant-vote'),
    ImpossibleStart,
  );
  t.end();
});

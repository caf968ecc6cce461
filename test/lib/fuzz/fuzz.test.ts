// The search: what is broken is found, cut down to what it needs, and written as a trace.

import test from 'tape';
import { fuzz } from '../../../lib/fuzz/fuzz.ts';
import { recordFound } from '../../../lib/fuzz/found.ts';
import { searchTrials } from '../../../lib/fuzz/trials.ts';
import { formatTrace, parseTrace } from '../../../lib/trace/format.ts';
import { chapterNamed } from '../../support.ts';
import { broken } from './broken.ts';
import { isOneMinimal } from './one-minimal.ts';

for (const { what, node, properties, seeds, enough } of broken) {
  test(`${what}: chaos finds it in ${seeds} seeds, and cuts it down to ${enough} acts`, (t) => {
    const search = { node, properties, firstSeed: 0, runs: seeds, nodes: 3, failures: 5 };
    const { best } = fuzz(search);
    if (!best) {
      t.fail('nothing was found');
    } else {
      t.ok(best.acts.length <= enough, `from ${best.drawn} to ${best.acts.length} acts`);
      isOneMinimal(t, node, properties, best, best.violation.property);
    }
    t.end();
  });
}

const voting = chapterNamed('03-voting');
const leftOut = {
  rule: 'grant-vote',
  condition: 'has not voted for another candidate this term',
};
const generous = voting.node.without(leftOut.rule, leftOut.condition);

test('a search is the same again, and tells how far it is', (t) => {
  const search = { node: generous, properties: voting.properties, firstSeed: 7, runs: 40 };
  const told: number[] = [];
  const result = fuzz(search, ({ runs }) => told.push(runs));
  t.deepEqual(fuzz(search), result);
  t.ok((result.best?.seed ?? 0) >= 7);
  t.deepEqual(told.slice(0, 3), [1, 2, 3], 'after each run');
  t.equal(fuzz({ ...search, node: voting.node }).best, undefined);
  t.end();
});

test('a cluster is cut down to three nodes, and its names begin with A', (t) => {
  const search = { node: generous, properties: voting.properties, firstSeed: 0, runs: 20 };
  const { best } = fuzz({ ...search, nodes: 7 });
  t.deepEqual(best?.names, ['A', 'B', 'C']);
  const [first] = best?.acts ?? [];
  t.deepEqual(first, { type: 'timeout', node: 'A', timer: 'election' });
  t.end();
});

test('what was found is a trace that tells what was left out and what it breaks', (t) => {
  const { properties } = voting;
  const { best } = fuzz({ node: generous, properties, firstSeed: 0, runs: 20 });
  if (!best) return t.end('nothing was found');
  const trace = recordFound(voting, generous, properties, best, [leftOut]);
  const { header, steps } = parseTrace(formatTrace(trace, 'found'), 'found');
  t.equal(header.scenario, `found-${best.seed}`);
  t.equal(header.outcome.violates, 'One vote per term');
  t.match(header.about, /grant-vote does not ask whether: has not voted for another candidate/);
  t.match(header.outcome.says, /at step 1 A votes for A in term 1; at step 3 A votes for B/);
  t.deepEqual(
    steps.map(({ act }) => act),
    best.acts,
  );
  t.end();
});

test('a trial that the nodes fail is found, in its smallest cluster', (t) => {
  const { node, properties, trials } = chapterNamed('06-partitions');
  const last = (weaker: typeof node) => {
    const search = { node: weaker, properties, trials, firstSeed: 0, runs: 12 };
    return [...searchTrials(search)].at(-1);
  };
  const { best } = last(node.without('step-down')) ?? {};
  t.equal(best?.trial.name, 'deaf-leader');
  t.match(best?.problem ?? '', /no answer has reached/);
  t.equal(best?.nodes, 3);
  t.deepEqual(last(node)?.best, undefined, 'the whole rules pass');
  t.end();
});

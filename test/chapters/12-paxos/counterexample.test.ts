// The shortcut without promises: its recorded run is the shortest that a search of every interleaving finds.

import test from 'tape';
import { chapter as paxos } from '../../../chapters/12-paxos/chapter.ts';
import { oneValueIsChosen } from '../../../lib/check/paxos-properties.ts';
import { describeViolation } from '../../../lib/check/property.ts';
import type { Bounds } from '../../../lib/explore/problem.ts';
import { explore } from '../../../lib/explore/search.ts';
import type { RuleNode } from '../../../lib/rules/node.ts';
import { record } from '../../../lib/scenario/record.ts';
import { nodeOf, scenarioOf } from '../../../lib/scenario/scenario.ts';
import { readTrace } from '../../../lib/trace/format.ts';

const bounds: Bounds = { terms: 4, log: 0, requests: 2, restarts: 0, depth: Infinity };

const searched = (node: RuleNode, more: Partial<Bounds> = {}) =>
  explore({
    node,
    nodes: ['A', 'B', 'C'],
    properties: [oneValueIsChosen],
    bounds: { ...bounds, ...more },
    symmetry: false,
  });

test('the committed counterexample of the shortcut is what the search finds, and none is shorter', (t) => {
  const found = searched(nodeOf(paxos, { variant: 'without-promises' }));
  if (found.outcome !== 'violation') throw new Error(found.outcome);
  t.ok(found.provenShortest, 'every message was kept');
  const { steps, header } = readTrace('traces/12-paxos/no-promises.trace.jsonl');
  t.deepEqual(
    steps.map(({ act }) => act),
    found.counterexample.acts,
  );
  t.equal(header.outcome.violates, found.counterexample.property);
  t.equal(found.counterexample.violation?.later.step, steps.length, 'at the last step');
  t.end();
});

test('under the same schedule the real rules choose no two values', (t) => {
  const scenario = scenarioOf(paxos, 'no-promises');
  const broken = record(paxos, scenario).violation;
  t.equal(broken?.property, 'One value is chosen', broken && describeViolation(broken));
  const { node } = paxos;
  t.throws(
    () => record(paxos, scenario, node),
    /No Accept from B to A is in flight/,
    'they ask first',
  );
  t.equal(searched(node, { terms: 2 }).outcome, 'exhausted', 'and nothing else goes wrong, either');
  t.end();
});

test('a promise that is not written is forgotten in as few steps as a search finds', (t) => {
  const found = searched(nodeOf(paxos, { variant: 'promise-not-written' }), { restarts: 1 });
  if (found.outcome !== 'violation') throw new Error(found.outcome);
  const { steps } = readTrace('traces/12-paxos/promise-forgotten.trace.jsonl');
  t.equal(steps.length, found.counterexample.acts.length);
  t.ok(found.provenShortest, 'every message was kept');
  t.end();
});

test('a search finds what goes wrong without the conditions that promises rest on', (t) => {
  const steps = (rule: string, condition: string) => {
    const found = searched(paxos.node.without(rule, condition));
    return found.outcome === 'violation' ? found.counterexample.acts.length : found.outcome;
  };
  t.equal(steps('accept', 'no higher ballot was promised'), 8);
  t.equal(steps('promise', 'has promised no higher ballot'), 8);
  t.end();
});

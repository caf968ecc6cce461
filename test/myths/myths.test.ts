// Every myth is wrong in the way that its page says, and the real rules are not.

import { readdirSync, readFileSync } from 'node:fs';
import test from 'tape';
import { checkerOf } from '../../lib/check/property.ts';
import { Cluster } from '../../lib/cluster/cluster.ts';
import { ImpossibleAct } from '../../lib/cluster/network.ts';
import { perform } from '../../lib/cluster/script.ts';
import type { Act } from '../../lib/cluster/step.ts';
import { scriptedTiming } from '../../lib/cluster/timing.ts';
import type { RaftNode } from '../../lib/node/contract.ts';
import { replayBehaviour } from '../../lib/replay/behavioural.ts';
import { formatTrace } from '../../lib/trace/format.ts';
import type { RefutedByFigures, RefutedBySearch } from '../../myths/myth.ts';
import { isSearched } from '../../myths/myth.ts';
import { myths, mythNamed, searchedMyths, variantMyths } from '../../myths/myths.ts';
import { measure, paperProperties } from '../../myths/runs.ts';
import { realNode } from '../../tools/myth-pages.ts';
import { committedTrace, mythTrace, mythTraceFile } from '../../tools/myths.ts';

/** The property that a node breaks under a schedule; acts that cannot happen are left out. */
function brokenBy(node: RaftNode, nodes: readonly string[], acts: readonly Act[]) {
  const cluster = new Cluster(node, nodes, scriptedTiming);
  const check = checkerOf(paperProperties);
  for (const [index, act] of acts.entries()) {
    try {
      const { node: id, after } = perform(cluster, act);
      const violation =
        id !== undefined && after && check({ step: index + 1, node: id, state: after });
      if (violation) return violation.property;
    } catch (error) {
      if (!(error instanceof ImpossibleAct)) throw error;
    }
  }
  return undefined;
}

const actsOf = (myth: RefutedBySearch) => committedTrace(myth).steps.map(({ act }) => act);

test('each claim breaks its property at the last step of its run, and the real rules keep it', (t) => {
  for (const myth of searchedMyths) {
    const trace = committedTrace(myth);
    const { nodes } = trace.header;
    const acts = actsOf(myth);
    t.equal(brokenBy(myth.node, nodes, acts), myth.breaks, myth.name);
    t.equal(brokenBy(myth.node, nodes, acts.slice(0, -1)), undefined, 'and no step before does');
    t.notOk(replayBehaviour(trace, realNode(myth), paperProperties).violation, 'the real rules');
  }
  t.end();
});

test('no step of a counterexample can be left out', (t) => {
  for (const myth of searchedMyths) {
    const acts = actsOf(myth);
    const superfluous = acts.filter(
      (act, left) =>
        brokenBy(
          myth.node,
          ['A', 'B', 'C'],
          acts.filter((_, index) => index !== left),
        ) !== undefined,
    );
    t.deepEqual(superfluous, [], myth.name);
  }
  t.end();
});

test('every note of the narrator is about a step that there is', (t) => {
  for (const myth of searchedMyths) {
    const { steps } = committedTrace(myth);
    const told = steps.flatMap(({ step, note }) => (note === undefined ? [] : [[step, note]]));
    const written = Object.entries(myth.notes).map(([step, note]) => [Number(step), note]);
    t.deepEqual(told, written, myth.name);
  }
  t.end();
});

/** The searches that take a fraction of a second. */
const quick = [
  'votes-by-timestamp',
  'higher-term-gets-the-vote',
  'lowest-id-is-promoted',
  'highest-commit-index-wins',
  'last-log-term-is-current-term',
  'single-node-mode',
  'minority-goes-on-writing',
  'always-cut-after-prev',
];

test('searching or recording again gives the committed trace, byte for byte', (t) => {
  for (const myth of variantMyths) {
    if (isSearched(myth) && !quick.includes(myth.name)) continue;
    const file = mythTraceFile(myth);
    const now = formatTrace(mythTrace(myth), file);
    t.ok(now === readFileSync(file, 'utf8'), `${file} is fresh; otherwise: npm run myths`);
  }
  t.end();
});

test('every trace of a myth belongs to one, and names are unique', (t) => {
  const files = readdirSync('traces/myths').filter((file) => file.endsWith('.trace.jsonl'));
  t.deepEqual(
    files.map((file) => `traces/myths/${file}`),
    variantMyths.map(mythTraceFile).sort(),
  );
  t.equal(new Set(myths.map(({ name }) => name)).size, myths.length);
  t.end();
});

const costly = (name: string): RefutedByFigures => {
  const myth = mythNamed(name);
  if (isSearched(myth)) throw new Error(`${name} is refuted by a search`);
  return { ...myth, seeds: 5 };
};

const both = (name: string) => {
  const myth = costly(name);
  return { claimed: measure(myth, myth.node), real: measure(myth, realNode(myth)) };
};

test('an idle leader stays for 100 heartbeat intervals, in the term in which it was elected', (t) => {
  const { claimed, real } = both('idle-leader-loses-leadership');
  const elections = measure(
    { ...costly('idle-leader-loses-leadership'), milliseconds: 1000 },
    realNode(costly('idle-leader-loses-leadership')),
  );
  t.deepEqual(
    real.map(({ terms }) => terms),
    elections.map(({ terms }) => terms),
    'the last term is that of the first second',
  );
  t.ok(claimed.every(({ terms }) => terms > 10));
  t.end();
});

test('heartbeats from followers keep no leader in office', (t) => {
  const { claimed, real } = both('followers-send-heartbeats');
  t.ok(real.every(({ terms }) => terms < 5));
  t.ok(claimed.every(({ terms }) => terms > 10));
  t.end();
});

test('who waits for all applies nothing when one node is down', (t) => {
  const { claimed, real } = both('leader-waits-for-all');
  t.ok(claimed.every(({ applied }) => applied === 0));
  t.ok(real.every(({ applied }) => applied > 5));
  t.end();
});

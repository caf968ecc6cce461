// The table of what was searched to the end: searching the small ones again gives the same states.

import { readFileSync } from 'node:fs';
import test from 'tape';
import { exhaust, pageFile, readExplored, rows } from '../../tools/explored.ts';
import { farthestOf } from '../../tools/explored-farthest.ts';
import { exploredPage } from '../../tools/explored-page.ts';
import type { Exhausted } from '../../tools/explored-row.ts';
import { rowKey, small } from '../../tools/explored-row.ts';
import { findsFrom, foundFrom } from './explored-bugs.ts';

const explored = readExplored();
const { exhausted } = explored;

test('the bounds that take seconds have exactly the states that the table says', (t) => {
  const quick = exhausted.filter(({ states }) => states < small);
  t.ok(quick.length >= 8, `${quick.length} of ${exhausted.length}`);
  for (const row of quick) t.deepEqual(exhaust(row), row, rowKey(row));
  t.end();
});

test('the table has the bounds that are to be exhausted, each of them once', (t) => {
  t.deepEqual(exhausted.map(rowKey), rows.map(rowKey), 'otherwise: npm run explored -- --missing');
  t.end();
});

test('the farthest searches are those that no other includes, apart by what they prove', (t) => {
  const row = (terms: number, log: number, more: Partial<Exhausted> = {}): Exhausted => ({
    ...{ chapter: '04-replication', terms, log, filter: 'none', symmetry: true },
    ...{ states: 1, depth: 1, ...more },
  });
  const rows = [
    row(1, 1),
    row(2, 1, { filter: 'dead' }),
    row(2, 1, { steps: 9 }),
    row(3, 3, { steps: 12 }),
    row(3, 3, { steps: 8, restarts: 1 }),
    row(2, 1, { filter: 'stale' }),
    row(3, 2, { filter: 'stale' }),
    row(4, 1, { filter: 'stale' }),
  ];
  t.deepEqual(farthestOf(rows), {
    proven: ['terms ≤ 2, log ≤ 1'],
    stepped: ['terms ≤ 3, log ≤ 3, steps ≤ 12', 'terms ≤ 3, log ≤ 3, restarts ≤ 1, steps ≤ 8'],
    weaker: ['terms ≤ 3, log ≤ 2', 'terms ≤ 4, log ≤ 1'],
  });
  t.end();
});

test('the page is fresh', (t) => {
  t.equal(readFileSync(pageFile, 'utf8'), exploredPage(explored), 'otherwise: npm run explored');
  t.end();
});

test('symmetry visits one of six states, and a few that are their own mirror image', (t) => {
  const [all, oneOfSix] = [false, true].map(
    (symmetry) =>
      exhausted.find(
        (row) =>
          row.chapter === '03-voting' &&
          row.terms === 2 &&
          row.filter === 'none' &&
          row.symmetry === symmetry,
      )?.states ?? 0,
  );
  t.ok(oneOfSix && all && oneOfSix >= all / 6 && oneOfSix < all / 5, `${oneOfSix} of ${all}`);
  t.end();
});

for (const found of foundFrom.filter(({ long }) => !long)) {
  test(`the bounds that are exhausted are wide enough to show what goes wrong when ${found.name}`, (t) => {
    findsFrom(t, found);
    t.end();
  });
}

test('reads, snapshots, changes of members and transfers happen in the searches that start from recorded runs', (t) => {
  const fired = new Set(exhausted.flatMap((row) => row.fired ?? []));
  for (const rule of [
    ...['read-by-index', 'answer-reads', 'answer-again'],
    ...['compact-log', 'discard-log', 'install-snapshot', 'ask-for-chunk', 'count-snapshot'],
    ...['change-one', 'enter-joint', 'leave-joint', 'use-configuration', 'resign'],
    ...['transfer-leadership', 'send-timeout-now', 'obey-timeout-now'],
  ]) {
    t.ok(fired.has(rule), rule);
  }
  t.end();
});

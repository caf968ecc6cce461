// `npm run explored`: exhausts a list of bounds for every chapter with votes, and writes down how many states
// there are. `npm run explored -- --missing` does only those that are not in the tables yet.

import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chapters } from '../chapters/chapters.ts';
import type { Bounds, Problem } from '../lib/explore/problem.ts';
import { explore } from '../lib/explore/search.ts';
import { beyondStart } from '../lib/explore/start.ts';
import { nodeOf } from '../lib/scenario/scenario.ts';
import { asksOf } from './explore-asks.ts';
import { startFrom } from './explore-from.ts';
import { leftOff, rowsBeyond } from './explored-beyond.ts';
import { rowsFrom } from './explored-from.ts';
import type { Explored } from './explored-page.ts';
import { exploredPage } from './explored-page.ts';
import type { Exhausted, Row } from './explored-row.ts';
import { rowKey, rowsOf } from './explored-row.ts';
import { root } from './root.ts';

const dataFile = join(root, 'docs/explored.json');
export const pageFile = join(root, 'docs/explored.md');

/** All that is exhausted from fresh nodes: three of them, requests while logs have room. */
const rowsFresh: readonly Row[] = [
  ...rowsOf('03-voting', [[2, 0, 'none']], { symmetry: false }),
  ...rowsOf('03-voting', [
    [1, 0, 'none'],
    [2, 0, 'none'],
    [2, 0, 'dead'],
    [3, 0, 'dead'],
    [4, 0, 'dead'],
    [4, 0, 'stale'],
    [5, 0, 'stale'],
    [6, 0, 'stale'],
    [7, 0, 'stale'],
    [8, 0, 'stale'],
    [9, 0, 'stale'],
    [10, 0, 'stale'],
  ]),
  ...rowsOf('04-replication', [
    [1, 1, 'none'],
    [2, 1, 'dead'],
    [2, 1, 'stale'],
    [3, 1, 'stale'],
    [3, 2, 'stale'],
    [3, 3, 'stale'],
    [4, 1, 'stale'],
    [4, 2, 'stale'],
    [5, 1, 'stale'],
    [5, 2, 'stale'],
    [6, 1, 'stale'],
    [7, 1, 'stale'],
  ]),
  ...rowsOf('04-replication', [[3, 3, 'none']], { steps: 8 }),
  ...rowsOf('04-replication', [[3, 3, 'none']], { steps: 12 }),
  ...rowsOf('04-replication', [[3, 3, 'none']], { steps: 15 }),
  ...rowsOf('05-conflict-backoff', [
    [1, 1, 'none'],
    [2, 1, 'dead'],
    [2, 1, 'stale'],
    [3, 1, 'stale'],
    [3, 2, 'stale'],
  ]),
  ...rowsOf('05-conflict-backoff', [[3, 3, 'none']], { steps: 8 }),
  ...rowsOf('05-conflict-backoff', [[3, 3, 'none']], { steps: 12 }),
  ...rowsOf('05-conflict-backoff', [[3, 3, 'none']], { steps: 15 }),
  ...rowsOf('06-partitions', [
    [1, 1, 'none'],
    [2, 1, 'none'],
    [2, 1, 'dead'],
    [3, 1, 'dead'],
    [2, 2, 'stale'],
    [3, 2, 'stale'],
    [4, 2, 'stale'],
    [4, 1, 'stale'],
    [6, 1, 'stale'],
    [8, 1, 'stale'],
    [9, 1, 'stale'],
  ]),
  ...rowsOf('06-partitions', [[3, 3, 'none']], { steps: 8 }),
  ...rowsOf('06-partitions', [[3, 3, 'none']], { steps: 12 }),
  ...rowsOf('06-partitions', [[3, 3, 'none']], { steps: 13 }),
  ...rowsOf('06-partitions', [[3, 3, 'none']], { steps: 14 }),
  ...rowsOf('07-prevote', [
    [2, 0, 'dead'],
    [1, 1, 'stale'],
  ]),
  ...rowsOf('07-prevote', [[3, 3, 'none']], { steps: 8 }),
  ...rowsOf('07-prevote', [[3, 3, 'none']], { steps: 12 }),
  ...rowsOf('07-prevote', [[3, 3, 'none']], { steps: 14 }),
  ...rowsOf('07-prevote', [[3, 3, 'none']], { steps: 15 }),
  ...rowsOf('08-persistence', [[1, 1, 'stale']]),
  ...rowsOf('08-persistence', [[1, 0, 'dead']], { restarts: 1 }),
  ...rowsOf('08-persistence', [[1, 0, 'dead']], { restarts: 2 }),
  ...rowsOf('08-persistence', [[3, 3, 'none']], { restarts: 1, steps: 8 }),
  ...rowsOf('08-persistence', [[3, 3, 'none']], { restarts: 2, steps: 8 }),
  ...rowsOf('08-persistence', [[3, 3, 'none']], { restarts: 1, steps: 12 }),
  ...rowsOf('08-persistence', [[3, 3, 'none']], { restarts: 2, steps: 12 }),
  ...rowsOf('09-clients', [[3, 3, 'none']], { steps: 8 }),
  ...rowsOf('09-clients', [[3, 3, 'none']], { steps: 12 }),
  ...rowsOf('09-clients', [[3, 3, 'none']], { restarts: 1, steps: 12 }),
  ...rowsOf('10-snapshots', [[3, 3, 'none']], { steps: 8 }),
  ...rowsOf('10-snapshots', [[3, 3, 'none']], { steps: 12 }),
  ...rowsOf('10-snapshots', [[3, 3, 'none']], { restarts: 1, steps: 12 }),
  ...rowsOf('11-membership', [[3, 3, 'none']], { steps: 8 }),
  ...rowsOf('11-membership', [[3, 3, 'none']], { steps: 12 }),
  ...rowsOf('11-membership', [[3, 3, 'none']], { restarts: 1, steps: 12 }),
  // Ballots are compared, so that names matter; and two clients must differ, or nothing could go wrong.
  ...rowsOf(
    '12-paxos',
    [
      [2, 0, 'dead'],
      [2, 0, 'none'],
      [3, 0, 'dead'],
      [3, 0, 'none'],
      [4, 0, 'dead'],
      [5, 0, 'dead'],
    ],
    { symmetry: false, requests: 2 },
  ),
  ...rowsOf(
    '12-paxos',
    [
      [2, 0, 'dead'],
      [3, 0, 'dead'],
      [4, 0, 'dead'],
    ],
    { symmetry: false, requests: 2, restarts: 1 },
  ),
  ...rowsOf('12-paxos', [[3, 0, 'dead']], { symmetry: false, requests: 2, restarts: 2 }),
  ...rowsOf(
    '12-paxos',
    [
      [2, 1, 'dead'],
      [2, 1, 'none'],
    ],
    { symmetry: false, requests: 2, variant: 'multi-paxos' },
  ),
  ...rowsOf('12-paxos', [[2, 1, 'dead']], {
    symmetry: false,
    requests: 2,
    restarts: 1,
    variant: 'multi-paxos',
  }),
];

export const rows: readonly Row[] = [...rowsFresh, ...rowsFrom];

export const readExplored = (): Explored => JSON.parse(readFileSync(dataFile, 'utf8')) as Explored;

/** What is searched. Throws when there is no such chapter, or no such start. */
export function problemOf(row: Row): Problem & { readonly symmetry: boolean } {
  const { chapter: name, terms, log, filter, symmetry, steps = Infinity } = row;
  const chapter = chapters.find((each) => each.name === name);
  if (!chapter) throw new Error(`there is no chapter ${name}`);
  const { requests = Infinity, restarts = 0, changes = 0, transfers = 0, variant, asks } = row;
  const further: Bounds = { terms, log, requests, restarts, changes, transfers, depth: steps };
  const { properties } = chapter;
  const node = nodeOf(chapter, { ...(variant !== undefined && { variant }) });
  const from = row.from === undefined ? undefined : startFrom(chapters, `${name}/${row.from}`);
  const unbounded = {
    ...{ node, nodes: ['A', 'B', 'C'], properties, filter, symmetry },
    ...from,
    ...(asks && { asks: asksOf(chapter, asks, from?.start) }),
  };
  return { ...unbounded, bounds: from ? beyondStart(unbounded, further) : further };
}

/** Exhausts the bounds. Throws when there is a violation, or a filter forgot too much. */
export function exhaust(row: Row): Exhausted {
  const verdict = explore(problemOf(row));
  const { outcome, states, depth, filterHolds = true, fired = [], unconfirmed } = verdict;
  const isDone = outcome === 'exhausted' && filterHolds && unconfirmed === 0;
  if (!isDone || verdict.symmetry !== row.symmetry) {
    throw new Error(`${JSON.stringify(row)} is not exhausted: ${outcome}`);
  }
  return { ...row, states, depth, ...(row.from !== undefined && { fired }) };
}

if (require.main === module) {
  const nothing: Explored = { exhausted: [], leftOff: [] };
  let known = process.argv.includes('--missing') ? readExplored() : nothing;
  // Written after each, so that what took long is not lost when the next one is left off.
  const keep = (more: Partial<Explored>) => {
    known = { ...known, ...more };
    write(dataFile, `${JSON.stringify(known, undefined, 2)}\n`);
  };
  for (const row of missing(rows, known.exhausted)) {
    const found = timed(row, () => exhaust(row));
    keep({ exhausted: inOrder(rows, [...known.exhausted, found]) });
  }
  for (const row of missing(rowsBeyond, known.leftOff)) {
    const found = timed(row, () => leftOff(row, problemOf(row)));
    keep({ leftOff: inOrder(rowsBeyond, [...known.leftOff, found]) });
  }
  keep({
    exhausted: inOrder(rows, known.exhausted),
    leftOff: inOrder(rowsBeyond, known.leftOff),
  });
  write(pageFile, exploredPage(known));
}

function missing(wanted: readonly Row[], known: readonly Row[]): Row[] {
  return wanted.filter((row) => !known.some((each) => rowKey(each) === rowKey(row)));
}

/** Tells on standard error what was found, and the seconds of processor time that it took. */
function timed<Found extends { readonly states: number }>(row: Row, search: () => Found): Found {
  const before = process.cpuUsage();
  const found = search();
  const seconds = Math.round(process.cpuUsage(before).user / 1e6);
  const states = found.states.toLocaleString('en');
  process.stderr.write(`${rowKey(row)}: ${states} states, ${seconds} s\n`);
  return found;
}

/** What was found, in the order of the rows; what is no row any more is left out. */
function inOrder<Found extends Row>(wanted: readonly Row[], found: readonly Found[]): Found[] {
  return wanted.flatMap((row) => found.find((each) => rowKey(each) === rowKey(row)) ?? []);
}

function write(file: string, text: string): void {
  writeFileSync(`${file}.part`, text);
  renameSync(`${file}.part`, file);
}

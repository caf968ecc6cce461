// The next bounds: searches that ten minutes of processor time do not bring to an end. With them the tables say not only
// how far the chapters hold, but also how far this was looked at.

import type { Problem } from '../lib/explore/problem.ts';
import { explore } from '../lib/explore/search.ts';
import { sayFilter } from '../lib/explore/words.ts';
import type { Row } from './explored-row.ts';
import { rowsOf } from './explored-row.ts';

/** A search that was left off: how many states it had found, and how many of them it had not expanded yet. */
export interface LeftOff extends Row {
  readonly states: number;
  readonly queue: number;
}

/** Seconds of processor time, after which a search is left off. */
export const longest = 600;

/** For each chapter, what comes after the largest bounds that end. */
export const rowsBeyond: readonly Row[] = [
  ...rowsOf('03-voting', [
    [3, 0, 'none'],
    [5, 0, 'dead'],
  ]),
  ...rowsOf('04-replication', [
    [2, 1, 'none'],
    [2, 2, 'dead'],
    [4, 3, 'stale'],
  ]),
  ...rowsOf('05-conflict-backoff', [
    [2, 2, 'dead'],
    [2, 3, 'stale'],
    [3, 3, 'stale'],
  ]),
  ...rowsOf('06-partitions', [
    [2, 2, 'dead'],
    [3, 3, 'stale'],
    [5, 2, 'stale'],
  ]),
  ...rowsOf('06-partitions', [[3, 3, 'none']], { steps: 15 }),
  ...rowsOf('07-prevote', [
    [1, 1, 'dead'],
    [1, 2, 'stale'],
    [2, 1, 'stale'],
  ]),
];

/** Searches until the time is over. Throws when the search ends before, for then it belongs to those that end. */
export function leftOff(row: Row, problem: Problem): LeftOff {
  const start = process.cpuUsage();
  const { outcome, states, queue } = explore(problem, () => {
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1e6 < longest;
  });
  if (outcome !== 'stopped') throw new Error(`${JSON.stringify(row)} comes to an end: ${outcome}`);
  return { ...row, states, queue };
}

/** The part of the page about them. */
export function pageBeyond(all: readonly LeftOff[]): string {
  const lines = all.map(
    ({ chapter, terms, log, steps, filter, states, queue }) =>
      `| ${chapter} | ${terms} | ${log} | ${steps ?? 'any'} | ${sayFilter(filter)} ` +
      `| ${states.toLocaleString('en')} | ${queue.toLocaleString('en')} |`,
  );
  return `## What was not searched to the end

Each of these searches was left off after ten minutes of processor time on one core. Up to there nothing was violated. How
far a search comes in that time depends on the machine.

| chapter | terms ≤ | log ≤ | steps ≤ | messages | states so far | of them still to be expanded |
| --- | --: | --: | --: | --- | --: | --: |
${lines.join('\n')}
`;
}

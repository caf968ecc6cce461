// A line in the table of exhausted bounds: what was searched, and what that took.

import type { Filter } from '../lib/explore/problem.ts';

/** Bounds that were exhausted, and what that took. */
export interface Exhausted {
  readonly chapter: string;
  /** The highest term, or ballot, and the last index; those further than any node is, where it starts `from` a run. */
  readonly terms: number;
  readonly log: number;
  readonly filter: Filter;
  readonly symmetry: boolean;
  /** How often a node crashes and starts again; never when not given. */
  readonly restarts?: number;
  /** The most steps from the start, where that was bounded. */
  readonly steps?: number;
  /** How many clients ask, each for something else; without it, as many as logs have room for. */
  readonly requests?: number;
  /** The variant of the chapter's rules, where it is not the chapter's own list. */
  readonly variant?: string;
  /** The run and the step that the search starts from: `suffix-stays:16`; fresh nodes when not given. */
  readonly from?: string;
  /** What clients ask, in this order, as `npm run explore` has it. */
  readonly asks?: readonly string[];
  /** How often an administrator asks for other voters, and for another leader. */
  readonly changes?: number;
  readonly transfers?: number;
  /** Distinct states, and the steps from the start to the last of them. */
  readonly states: number;
  readonly depth: number;
  /** The rules that fired in some step, where it starts from a run. */
  readonly fired?: readonly string[];
}

/** Fewer states than these, a test can search again. */
export const small = 100_000;

export type Row = Omit<Exhausted, 'states' | 'depth' | 'fired'>;

type Reach = readonly [terms: number, log: number, filter: Filter];

export const rowsOf = (
  chapter: string,
  reaches: readonly Reach[],
  more: Partial<Row> = {},
): Row[] =>
  reaches.map(([terms, log, filter]) => ({ chapter, terms, log, filter, symmetry: true, ...more }));

/** What tells two rows apart. */
export function rowKey(row: Row): string {
  const { chapter, terms, log, filter, symmetry, restarts, steps, requests, variant } = row;
  const { from, asks = [], changes, transfers } = row;
  const more = [
    symmetry ? '' : ', all names',
    from === undefined ? '' : `, from ${from}`,
    ...asks.map((ask) => `, ${ask}`),
    restarts === undefined ? '' : `, ${restarts} restarts`,
    changes === undefined ? '' : `, ${changes} changes`,
    transfers === undefined ? '' : `, ${transfers} transfers`,
    steps === undefined ? '' : `, ${steps} steps`,
    requests === undefined ? '' : `, ${requests} clients`,
    variant === undefined ? '' : `, ${variant}`,
  ];
  return `${chapter}, terms ${terms}, log ${log}, ${filter}${more.join('')}`;
}

// A search in passes, from the strictest to the farthest: what the first pass finds is proven shortest,
// and what only a later pass can reach is found nevertheless.

import type { Bounds, Filter, Problem, Progress, Verdict } from './problem.ts';
import { search } from './search.ts';

/** One pass: what is different from the whole problem. */
export interface Pass {
  readonly filter: Filter;
  readonly bounds: Bounds;
  /** Gives way to the next pass when it has found this many worlds. */
  readonly limit: number;
}

export interface Report {
  /** What every pass came to, in order. */
  readonly passes: readonly Verdict[];
  /** What is known in the end. */
  readonly verdict: Verdict;
}

/** How far a search in passes has come. */
export interface PassProgress extends Progress {
  /** What the passes before this one came to. */
  readonly earlier: readonly Verdict[];
  readonly filter: Filter;
  readonly bounds: Bounds;
}

const firstLimit = 1_000_000;

/**
 * The passes for a problem. Without filter as far as a million worlds go; then without dead messages;
 * then without stale ones, with short logs first, for there the space is smallest.
 */
export function passesFor({ bounds, limit = Infinity, start }: Problem): Pass[] {
  // From the middle of a run, logs are not short.
  const short = start ? bounds.log : Math.min(1, bounds.log);
  const logs = Array.from({ length: bounds.log - short + 1 }, (_, more) => short + more);
  return [
    { filter: 'none', bounds, limit: Math.min(limit, firstLimit) },
    { filter: 'dead', bounds, limit: Math.min(limit, firstLimit) },
    ...logs.map((log): Pass => ({ filter: 'stale', bounds: { ...bounds, log }, limit })),
  ];
}

/** Searches pass after pass until one settles it; yields how far it has come now and then. */
export function* searchInPasses(
  problem: Problem,
  passes: readonly Pass[] = passesFor(problem),
): Generator<PassProgress, Report> {
  const done: Verdict[] = [];
  const waiting = [...passes];
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    const running = search({ ...problem, ...next });
    let step = running.next();
    while (!step.done) {
      const { filter, bounds } = next;
      yield { ...step.value, earlier: [...done], filter, bounds };
      step = running.next();
    }
    const verdict = step.value;
    done.push(verdict);
    if (verdict.outcome === 'violation' || settles(verdict)) return { passes: done, verdict };
    // A filter that forgot too much has proven nothing: once more without it.
    if (verdict.filterHolds === false) {
      waiting.unshift({ ...next, filter: 'none', limit: problem.limit ?? Infinity });
    }
  }
  const verdict = done.at(-1);
  if (!verdict) throw new Error('a search needs at least one pass');
  return { passes: done, verdict };
}

/** True when nothing is left to find within the bounds. */
const settles = ({ outcome, filter, filterHolds }: Verdict): boolean =>
  outcome === 'exhausted' && (filter === 'none' || (filter === 'dead' && filterHolds === true));

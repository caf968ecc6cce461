// Of the searches of a chapter, those that no other includes.

import type { Exhausted } from './explored-row.ts';

/** The farthest bounds in words; there may be several, of which none includes another. */
export interface Farthest {
  /** For runs of any length, with nothing forgotten that could matter. */
  readonly proven: readonly string[];
  /** The same for runs of so many steps. */
  readonly stepped: readonly string[];
  /** Where messages were forgotten that may matter. */
  readonly weaker: readonly string[];
}

/** The farthest of the searches of one chapter from fresh nodes. */
export function farthestOf(rows: readonly Exhausted[]): Farthest {
  const hasLog = rows.some(({ log }) => log > 0);
  const full = rows.filter(({ filter }) => filter !== 'stale');
  // What is proven anyway need not be told again with a proof of less.
  const say = (some: readonly Exhausted[], known: readonly Exhausted[]) => {
    const farthest = some.filter(
      (row) =>
        !some.some((other) => includes(other, row) && !includes(row, other)) &&
        !known.some((other) => includes(other, row)),
    );
    return [...new Set(farthest.map((row) => sayBounds(row, hasLog)))];
  };
  const proven = full.filter(({ steps }) => steps === undefined);
  return {
    proven: say(proven, []),
    stepped: say(
      full.filter(({ steps }) => steps !== undefined),
      proven,
    ),
    weaker: say(
      rows.filter(({ filter }) => filter === 'stale'),
      full,
    ),
  };
}

/** Whether every run within the bounds of `inner` is also within those of `outer`. */
const includes = (outer: Exhausted, inner: Exhausted): boolean =>
  outer.variant === inner.variant &&
  outer.terms >= inner.terms &&
  outer.log >= inner.log &&
  (outer.requests ?? Infinity) >= (inner.requests ?? Infinity) &&
  (outer.restarts ?? 0) >= (inner.restarts ?? 0) &&
  (outer.steps ?? Infinity) >= (inner.steps ?? Infinity);

/** `terms ≤ 2, log ≤ 1`; in Paxos `multi-paxos: ballots ≤ 2, slots ≤ 1`. */
function sayBounds(row: Exhausted, hasLog: boolean): string {
  const { terms, log, requests, restarts = 0, steps, variant } = row;
  const isPaxos = requests !== undefined;
  const bounds = [
    `${isPaxos ? 'ballots' : 'terms'} ≤ ${terms}`,
    ...(hasLog && (!isPaxos || log > 0) ? [`${isPaxos ? 'slots' : 'log'} ≤ ${log}`] : []),
    ...(restarts > 0 ? [`restarts ≤ ${restarts}`] : []),
    ...(steps === undefined ? [] : [`steps ≤ ${steps}`]),
  ].join(', ');
  return variant === undefined ? bounds : `${variant}: ${bounds}`;
}

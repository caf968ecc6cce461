// How far the searches of the why pages go. All limits count states, so that the answer is the same on every machine.

import type { Pass } from '../explore/passes.ts';
import type { Bounds, Filter, Verdict } from '../explore/problem.ts';
import type { RuleNode } from '../rules/node.ts';
import type { Searched } from './verdict.ts';

/** Terms, log, filter, the most states of one pass, and restarts, when there are any. */
export type Reach = readonly [
  terms: number,
  log: number,
  filter: Filter,
  limit: number,
  restarts?: number,
];

/** From the strictest to the farthest. */
const withLog: readonly Reach[] = [
  [2, 1, 'none', 25_000],
  [3, 1, 'stale', 15_000],
  [3, 2, 'stale', 60_000],
];

/** For nodes that start again with what is on their disks. */
const withDisk: readonly Reach[] = [
  [2, 1, 'none', 25_000, 1],
  [2, 1, 'stale', 130_000, 1],
  [2, 2, 'stale', 300_000, 1],
];

/** For nodes that serve clients: their worlds are so many that a search does not get far. */
const withClients: readonly Reach[] = [
  [2, 2, 'none', 8_000, 1],
  [2, 1, 'stale', 8_000],
];

const withoutLog: readonly Reach[] = [
  [2, 0, 'none', 100_000],
  [3, 0, 'dead', 100_000],
  [4, 0, 'stale', 100_000],
];

const withBallots: readonly Reach[] = [
  [3, 0, 'none', 500_000],
  [4, 0, 'dead', 300_000],
];

/** With five nodes, where a majority is more than two. */
const five = (log: number): readonly Reach[] => [[1, log, 'stale', 8_000]];

/** A small search, for the many pairs that are tried to find who covers whom. */
const brief: readonly Reach[] = [
  [2, 1, 'none', 10_000],
  [2, 2, 'stale', 15_000],
];

/** True for a node that begins with what is on its disk. */
export const hasDisk = (node: RuleNode): boolean =>
  node.init('A', [], { currentTerm: 1 }).currentTerm === 1;

/** True for a node that remembers what it has executed for whom. */
export const servesClients = (node: RuleNode): boolean => 'sessions' in node.init('A', []);

const countsBallots = (node: RuleNode): boolean => 'ballot' in node.init('A', []);

export const hasLog = (node: RuleNode): boolean => node.init('A', []).log !== undefined;

/** Where one value is chosen, two clients must want different ones, or nothing could go wrong. */
const passOf =
  (node: RuleNode) =>
  ([terms, log, filter, limit, restarts = 0]: Reach): Pass => {
    const usual = { terms, log, requests: Infinity, restarts, depth: Infinity };
    const bounds: Bounds = countsBallots(node)
      ? { ...usual, called: 'ballots', requests: 2 }
      : usual;
    return { filter, bounds, limit };
  };

/** The passes for a node, or those that were asked for. */
export const whyPasses = (node: RuleNode, asked?: readonly Reach[]): Pass[] =>
  (asked ?? usualPasses(node)).map(passOf(node));

function usualPasses(node: RuleNode): readonly Reach[] {
  if (countsBallots(node)) return withBallots;
  if (servesClients(node)) return withClients;
  if (hasDisk(node)) return withDisk;
  return hasLog(node) ? withLog : withoutLog;
}

export const fivePasses = (node: RuleNode): Pass[] => five(hasLog(node) ? 1 : 0).map(passOf(node));

export const briefPasses = (node: RuleNode): Pass[] =>
  (hasLog(node) ? brief : withoutLog.slice(0, 1)).map(passOf(node));

/** A search as a verdict keeps it. */
export const searchedOf = (
  nodes: number,
  { bounds, filter, states, outcome }: Verdict,
): Searched => ({
  nodes,
  terms: bounds.terms,
  log: bounds.log,
  ...(bounds.called && { ballots: { requests: bounds.requests } }),
  ...(bounds.restarts > 0 && { restarts: bounds.restarts }),
  filter,
  states,
  outcome,
});

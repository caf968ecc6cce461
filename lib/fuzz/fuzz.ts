// Searches seed by seed for a run of chaos that goes wrong, and gives the shortest that can be made of several.

import type { Property, Violation } from '../check/property.ts';
import type { Act } from '../cluster/step.ts';
import type { NodeId, RaftNode } from '../node/contract.ts';
import { nodesNamed } from '../trial/trial.ts';
import { chaosRun } from './chaos.ts';
import { shrink } from './shrink.ts';

export interface Search {
  readonly node: RaftNode;
  readonly properties: readonly Property[];
  readonly firstSeed: number;
  /** How many seeds are tried at most. */
  readonly runs: number;
  /** How many nodes; three, five and four in turn when it is not given. */
  readonly nodes?: number;
  /** How long a run is at most; 200 when it is not given. */
  readonly acts?: number;
  readonly restarts?: boolean;
  /** Of so many failing seeds the shortest run is taken; 20 when it is not given. */
  readonly failures?: number;
}

/** A run that goes wrong, cut down. */
export interface Found {
  readonly seed: number;
  readonly names: readonly NodeId[];
  readonly acts: readonly Act[];
  readonly violation: Violation;
  /** How many acts the run had before it was cut down. */
  readonly drawn: number;
}

/** What a search has covered so far, and the shortest run that it has found. */
export interface Progress {
  readonly runs: number;
  readonly acts: number;
  /** How many runs went wrong in the same way. */
  readonly failures: number;
  readonly best: Found | undefined;
}

/** How many nodes the runs of a search have that does not say: an odd number, and an even one. */
const sizes = [3, 5, 4];

/**
 * Tries the seeds one after the other, and tells after each how far it is. After the first that goes
 * wrong it goes on for about as long again, for others that break the same property.
 */
export function* searchChaos(search: Search): Generator<Progress, Progress> {
  const { node, properties, firstSeed, runs, restarts = false } = search;
  const { acts: limit = 200, failures: wanted = 20 } = search;
  let progress: Progress = { runs: 0, acts: 0, failures: 0, best: undefined };
  let end = runs;
  while (progress.runs < end && progress.failures < wanted) {
    const seed = firstSeed + progress.runs;
    const names = nodesNamed(search.nodes ?? sizes[seed % sizes.length] ?? 3);
    const { acts, violation } = chaosRun(node, properties, seed, {
      nodes: names,
      acts: limit,
      restarts,
    });
    const { best } = progress;
    const fails = violation && violation.property === (best?.violation ?? violation).property;
    if (fails && !best) end = Math.min(runs, 2 * progress.runs + 300);
    const found: Found | undefined = fails
      ? {
          ...shrink({ node, names, properties }, acts, violation.property),
          seed,
          drawn: acts.length,
        }
      : undefined;
    progress = {
      runs: progress.runs + 1,
      acts: progress.acts + acts.length,
      failures: progress.failures + (fails ? 1 : 0),
      best: found && (!best || isShorter(found, best)) ? found : best,
    };
    yield progress;
  }
  return progress;
}

const isShorter = (one: Found, other: Found): boolean =>
  one.acts.length < other.acts.length ||
  (one.acts.length === other.acts.length && one.names.length < other.names.length);

/** The whole search at once; `onProgress` is told after each run. */
export function fuzz(
  search: Search,
  onProgress: (progress: Progress) => void = () => {},
): Progress {
  const steps = searchChaos(search);
  for (let next = steps.next(); ; next = steps.next()) {
    onProgress(next.value);
    if (next.done) return next.value;
  }
}

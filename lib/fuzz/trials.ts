// Searches the trials of a chapter, seed by seed, for a run in which nodes do not live through one. Trials run on the
// virtual clock, so they judge liveness too: what must come about, and in what time.

import type { Property } from '../check/property.ts';
import type { RaftNode } from '../node/contract.ts';
import type { Trial } from '../trial/trial.ts';

export interface TrialSearch {
  readonly node: RaftNode;
  readonly trials: readonly Trial[];
  readonly properties: readonly Property[];
  readonly firstSeed: number;
  /** How many runs at most, all trials taken together. */
  readonly runs: number;
  /** Of so many failing seeds the run of the fewest nodes is taken, then of the fewest steps; 5 when not given. */
  readonly failures?: number;
}

/** A trial that the nodes failed. */
export interface FailedTrial {
  readonly trial: Trial;
  readonly seed: number;
  /** What went wrong, in words. */
  readonly problem: string;
  readonly nodes: number;
  readonly steps: number;
}

export interface TrialProgress {
  readonly runs: number;
  readonly steps: number;
  readonly failures: number;
  readonly best: FailedTrial | undefined;
}

/**
 * Tries each trial with the first seed, then each with the next, and tells after each run how far it
 * is. After the first failure it goes on with that trial alone, for about as many runs again.
 */
export function* searchTrials(search: TrialSearch): Generator<TrialProgress, TrialProgress> {
  const { node, trials, properties, firstSeed, failures: wanted = 5 } = search;
  let progress: TrialProgress = { runs: 0, steps: 0, failures: 0, best: undefined };
  let end = trials.length === 0 ? 0 : search.runs;
  for (let seed = firstSeed; progress.runs < end; seed++) {
    for (const trial of trials) {
      const { best } = progress;
      if (progress.runs >= end || progress.failures >= wanted) return progress;
      if (best && best.trial !== trial) continue;
      const { problem, steps } = runOf(trial, node, seed, properties);
      if (problem !== undefined && !best) end = Math.min(end, 2 * progress.runs + 10);
      const failed: FailedTrial | undefined =
        problem === undefined
          ? undefined
          : { trial, seed, problem, nodes: trial.nodes(seed).length, steps };
      progress = {
        runs: progress.runs + 1,
        steps: progress.steps + steps,
        failures: progress.failures + (failed ? 1 : 0),
        best: failed && (!best || isShorter(failed, best)) ? failed : best,
      };
      yield progress;
    }
  }
  return progress;
}

function runOf(trial: Trial, node: RaftNode, seed: number, properties: readonly Property[]) {
  let steps = 0;
  let problem: string | undefined;
  try {
    problem = trial.run(node, seed, properties, () => void (steps += 1));
  } catch (error) {
    problem = error instanceof Error ? error.message : String(error);
  }
  return { problem, steps };
}

const isShorter = (one: FailedTrial, other: FailedTrial): boolean =>
  one.nodes < other.nodes || (one.nodes === other.nodes && one.steps < other.steps);

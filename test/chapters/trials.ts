// Sends chapters through their own trials.

import type { Test } from 'tape';
import { chapters } from '../../chapters/chapters.ts';
import type { Chapter } from '../../lib/scenario/scenario.ts';
import { mustHold } from '../../lib/scenario/scenario.ts';

/** The chapters that have trials. */
export const tried: readonly Chapter[] = chapters.filter(({ trials }) => trials.length > 0);

/** Asserts that a chapter comes through each of its trials with each seed. */
export function comesThroughTrials(t: Test, chapter: Chapter, seeds: readonly number[]): void {
  for (const trial of chapter.trials) {
    for (const seed of seeds) {
      const problem = trial.run(chapter.node, seed, mustHold(chapter));
      t.equal(problem, undefined, `${trial.name}, seed ${seed}`);
    }
  }
}

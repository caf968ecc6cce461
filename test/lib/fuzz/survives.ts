// Sends the whole rules of a chapter through chaos.

import type { Test } from 'tape';
import { describeViolation } from '../../../lib/check/property.ts';
import { fuzz } from '../../../lib/fuzz/fuzz.ts';
import type { Chapter } from '../../../lib/scenario/scenario.ts';

/** Asserts that nothing goes wrong in so many runs, and tells how many acts that were. */
export function survives(t: Test, { node, properties }: Chapter, runs: number): void {
  const { best, acts } = fuzz({ node, properties, firstSeed: 0, runs });
  if (best) t.fail(`seed ${best.seed}: ${describeViolation(best.violation)}`);
  else t.ok(acts > 20 * runs, `${acts} acts, and nothing went wrong`);
}

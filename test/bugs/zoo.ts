// Shows parts of the zoo to the judge: every mistake costs points, or is told and harmless; every correct variant gets
// full points; and the first failure names the rule that was damaged, or one next to it, in nine of ten.

import type { Test } from 'tape';
import { counts } from '../../lib/grade/report.ts';
import { closeness, show } from '../../tools/zoo.ts';
import type { Bug, Variant } from './bug.ts';

/** Asserts that each of these mistakes is caught, and that the rule that was damaged is named. */
export function areCaught(t: Test, bugs: readonly Bug[]): void {
  let named = 0;
  for (const bug of bugs) {
    const shown = show(bug, false);
    if (closeness(bug, shown.rule) !== 'elsewhere') named += 1;
    const tests = [`${shown.strict} strict`, `${shown.behavioural} behavioural`, ...shown.trials];
    if (bug.harmless === undefined) {
      t.ok(shown.failed.length > 0, `${bug.name} costs points: ${tests.join(', ')}`);
    } else {
      t.deepEqual([shown.strict > 0, shown.failed.length], [true, 0], `${bug.name} is only told`);
    }
  }
  t.ok(named >= 0.9 * bugs.length, `named: ${named} of ${bugs.length}`);
}

/** Asserts that each of these variants gets full points. */
export function getFullPoints(t: Test, variants: readonly Variant[]): void {
  for (const variant of variants) {
    const wrong = show(variant).judgements.filter((each) => !counts(each));
    t.deepEqual(
      wrong.map(({ id }) => id),
      [],
      variant.name,
    );
  }
}

/** True for the chapters whose runs are long: of their zoo, `npm test` shows only a part. */
export const isLong = ({ chapter }: { readonly chapter: string }): boolean => chapter >= '09';

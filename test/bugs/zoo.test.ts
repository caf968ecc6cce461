// The whole zoo before the judge: every mistake costs points, or is told and harmless; every correct variant gets full
// points; and the first failure names the rule that was damaged, or one next to it, in nine of ten.

import test from 'tape';
import { closeness, show } from '../../tools/zoo.ts';
import { counts } from '../../lib/grade/report.ts';
import { bugs } from './bugs.ts';
import { variants } from './variants/variants.ts';

test('every documented mistake is caught, and the rule that was damaged is named', (t) => {
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
  t.end();
});

test('every correct variant gets full points', (t) => {
  for (const variant of variants) {
    const wrong = show(variant).judgements.filter((each) => !counts(each));
    t.deepEqual(
      wrong.map(({ id }) => id),
      [],
      variant.name,
    );
  }
  t.end();
});

// The zoo before the judge: all of it for the first chapters, and a part for the others. `npm run test:long` shows the rest.

import test from 'tape';
import { bugs } from './bugs.ts';
import { variants } from './variants/variants.ts';
import { areCaught, getFullPoints, isLong } from './zoo.ts';

/** All of the first chapters, and every fourth of the others. */
const shown = <T extends { readonly chapter: string }>(all: readonly T[]): readonly T[] =>
  all.filter((each, place) => !isLong(each) || place % 4 === 0);

test('every documented mistake is caught, and the rule that was damaged is named', (t) => {
  areCaught(t, shown(bugs));
  t.end();
});

test('every correct variant gets full points', (t) => {
  getFullPoints(t, shown(variants));
  t.end();
});

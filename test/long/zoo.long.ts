// All of the zoo before the judge; `npm test` shows only a part.

import test from 'tape';
import { bugs } from '../bugs/bugs.ts';
import { variants } from '../bugs/variants/variants.ts';
import { areCaught, getFullPoints } from '../bugs/zoo.ts';

test('every documented mistake is caught, and in nine of ten the damaged rule is named, or one next to it', (t) => {
  const named = areCaught(t, bugs);
  t.ok(named >= 0.9 * bugs.length, `named: ${named} of ${bugs.length}`);
  t.end();
});

test('every correct variant gets full points', (t) => {
  getFullPoints(t, variants);
  t.end();
});

// All of the zoo before the judge; `npm test` shows only a part.

import test from 'tape';
import { bugs } from '../bugs/bugs.ts';
import { variants } from '../bugs/variants/variants.ts';
import { areCaught, getFullPoints } from '../bugs/zoo.ts';

test('every documented mistake is caught, and the rule that was damaged is named', (t) => {
  areCaught(t, bugs);
  t.end();
});

test('every correct variant gets full points', (t) => {
  getFullPoints(t, variants);
  t.end();
});

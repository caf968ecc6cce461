// With members that change, searching with symmetry and without comes to the same verdict, whatever rule or condition of
// the chapter on membership is missing.

import test from 'tape';
import { sameVerdictsForMembers, withoutOne } from '../lib/explore/members.ts';

test('with one change and one transfer: the same verdict with symmetry and without, far out', (t) => {
  const broken = sameVerdictsForMembers(t, withoutOne, 4);
  t.ok(broken > 0, `${broken} break a property`);
  t.end();
});

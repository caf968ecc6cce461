// The mistakes that a search must find, in so many steps; `npm run test:long` has those that take long.

import test from 'tape';
import { bugs, finds } from './named-bugs.ts';

for (const bug of bugs.filter(({ long }) => !long)) {
  test(`the search finds what goes wrong when ${bug.name}`, (t) => {
    finds(t, bug);
    t.end();
  });
}

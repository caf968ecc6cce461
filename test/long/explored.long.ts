// Mistakes that a search finds within the bounds of a line of the table, in seconds only.

import test from 'tape';
import { findsFrom, foundFrom } from '../tools/explored-bugs.ts';

for (const found of foundFrom.filter(({ long }) => long)) {
  test(`the bounds that are exhausted are wide enough to show what goes wrong when ${found.name}`, (t) => {
    findsFrom(t, found);
    t.end();
  });
}

// The mistakes that a search finds in seconds only, Figure 8 among them.

import test from 'tape';
import { diskBugs } from '../lib/explore/disk-bugs.ts';
import { bugs, finds } from '../lib/explore/named-bugs.ts';

for (const bug of [...bugs, ...diskBugs].filter(({ long }) => long)) {
  test(`the search finds what goes wrong when ${bug.name}`, (t) => {
    finds(t, bug);
    t.end();
  });
}

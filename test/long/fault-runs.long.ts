// The fault runs of `npm test`, many more of them: `npm run test:long`. A third of the storms have three
// nodes, a third five, a third seven.

import test from 'tape';
import { comesThrough, seaworthy } from '../chapters/storms.ts';

for (const chapter of seaworthy) {
  test(`${chapter.name} comes through 2,000 storms`, (t) => {
    comesThrough(t, chapter, 2000);
    t.end();
  });
}

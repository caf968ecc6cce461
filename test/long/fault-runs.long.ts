// The fault runs of `npm test`, many more of them: `npm run test:long`.

import test from 'tape';
import { comesThrough, seaworthy } from './storms.ts';

for (const chapter of seaworthy) {
  test(`${chapter.name} comes through 2,000 storms`, (t) => {
    comesThrough(t, chapter, 2000);
    t.end();
  });
}

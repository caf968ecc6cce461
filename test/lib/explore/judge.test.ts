// The search judges a step by a few facts about the run so far. On random walks, the safety properties agree with it;
// `npm run test:long` takes more of them.

import test from 'tape';
import { chapterNamed } from '../../support.ts';
import { agreeOnWalks, walked } from './walks.ts';

for (const name of walked) {
  test(`${name}: on random walks, the search and the safety properties agree at every step`, (t) => {
    const broken = agreeOnWalks(t, chapterNamed(name), 1);
    t.ok(broken > 0, `${broken} walks break a property`);
    t.end();
  });
}

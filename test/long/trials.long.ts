// Every chapter comes through its own trials, with more seeds than `npm test` has time for.

import test from 'tape';
import { comesThroughTrials, tried } from '../chapters/trials.ts';

for (const chapter of tried) {
  test(`${chapter.name} comes through its trials with eight seeds`, (t) => {
    comesThroughTrials(t, chapter, [0, 1, 2, 3, 4, 5, 6, 7]);
    t.end();
  });
}

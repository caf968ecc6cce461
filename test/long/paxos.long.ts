// The storms of Paxos and Multi-Paxos, many more than in `npm test`.

import test from 'tape';
import { comesThrough } from '../chapters/12-paxos/storms.ts';

for (const name of ['Paxos', 'Multi-Paxos'] as const) {
  test(`${name} comes through 2,000 storms with restarts`, (t) => {
    comesThrough(t, name, 2000);
    t.end();
  });
}

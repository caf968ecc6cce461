// Paxos and Multi-Paxos under every fault, a sample: `npm run test:long` takes 2,000 storms each.

import test from 'tape';
import { comesThrough } from './storms.ts';

for (const name of ['Paxos', 'Multi-Paxos'] as const) {
  test(`${name} comes through 30 storms with restarts, and chooses when they are over`, (t) => {
    comesThrough(t, name, 30);
    t.end();
  });
}

// Searching with symmetry and without comes to the same verdict, farther than `npm test` has time for.

import test from 'tape';
import { sameVerdicts } from '../lib/explore/verdicts.ts';

const reaches = [
  { name: '03-voting', log: 0, depth: 12 },
  { name: '04-replication', log: 1, depth: 11 },
  { name: '05-conflict-backoff', log: 1, depth: 11 },
  { name: '06-partitions', log: 2, depth: 7 },
  { name: '07-prevote', log: 2, depth: 7 },
  { name: '08-persistence', log: 2, depth: 7, restarts: 1 },
];

for (const reach of reaches) {
  test(`${reach.name}: the same verdict with symmetry and without, far out`, (t) => {
    const broken = sameVerdicts(t, reach);
    t.ok(broken > 0, `${broken} break a property`);
    t.end();
  });
}

// The search judges a step by a few facts about the run so far. On random walks, the safety properties agree with it.

import test from 'tape';
import { chapterNamed } from '../../support.ts';
import { agreeOnWalks } from './walks.ts';

const names = [
  '03-voting',
  '04-replication',
  '05-conflict-backoff',
  '06-partitions',
  '08-persistence',
];

for (const name of names) {
  test(`${name}: on random walks, the search and the safety properties agree at every step`, (t) => {
    const broken = agreeOnWalks(t, chapterNamed(name));
    t.ok(broken > 0, `${broken} walks break a property`);
    t.end();
  });
}

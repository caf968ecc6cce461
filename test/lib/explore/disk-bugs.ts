// Every mistake about disks of the zoo, and what the search makes of it from fresh followers.

import { machinesAgree } from '../../../lib/check/apply-properties.ts';
import { startsFromDisk } from '../../../lib/check/persistence-properties.ts';
import { persistence as mistakes } from '../../bugs/persistence.ts';
import { chapterNamed } from '../../support.ts';
import type { Bug } from './named-bugs.ts';

const { properties } = chapterNamed('08-persistence');

type Expected = Pick<Bug, 'breaks' | 'steps'> & Partial<Bug>;

/** By the name of the mistake. Those that take long go through the passes up to the third. */
const expected: Readonly<Record<string, Expected>> = {
  'vote-not-written': { breaks: 'One vote per term', steps: 9 },
  'candidacy-not-written': { breaks: 'Terms never decrease', steps: 4 },
  'newer-term-not-written': { breaks: 'Terms never decrease', steps: 5 },
  'truncation-not-written': { breaks: 'Log Matching', steps: 13, long: true },
  'written-before-truncated': { breaks: 'Log Matching', steps: 12, long: true },
  'entries-not-written': { breaks: 'No step throws an error', steps: 11, long: true },
  'synced-later': { breaks: 'Leader Completeness', steps: 13, long: true },
  'acknowledged-before-written': { breaks: 'Leader Completeness', steps: 12, long: true },
  'vote-said-before-written': { breaks: 'Election Safety', steps: 10 },
  'starts-with-an-empty-disk': { breaks: 'Terms never decrease', steps: 4 },
  'starts-as-leader': {
    breaks: 'A node starts again from its disk',
    steps: 6,
    properties: [...properties, startsFromDisk],
  },
  'commit-index-ahead-of-the-disk': { breaks: 'commitIndex never decreases', steps: 9 },
  // Two commands about different keys: the second does not make up for the first.
  'applied-without-its-machine': {
    breaks: 'State machines agree',
    steps: 14,
    properties: [machinesAgree],
    asks: [{ command: 'x=1' }, { command: 'y=2' }],
    bounds: { terms: 1, log: 3, restarts: 1 },
    filter: 'stale',
    long: true,
  },
};

export const diskBugs: readonly Bug[] = mistakes.map(({ name, wrong, node }) => {
  const found = expected[name];
  if (!found) throw new Error(`nobody says what the search makes of ${name}`);
  return { name: wrong, node, properties, bounds: { terms: 2, log: 2, restarts: 1 }, ...found };
});

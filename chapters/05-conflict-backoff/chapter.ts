// Chapter 5 as the tools see it.

import type { Chapter } from '../../lib/scenario/scenario.ts';
import { evenSplit, longerButOlder, thinnedOut } from '../../lib/trial/elections.ts';
import { steadyLeader } from '../../lib/trial/steady.ts';
import { storms } from '../../lib/trial/storms.ts';
import { chapter as replication } from '../04-replication/chapter.ts';
import { conflictBackoff, oneByOne } from './conflict-backoff.ts';
import { hints } from './hints.ts';
import { scenarios } from './scenarios.ts';

export const chapter: Chapter = {
  name: '05-conflict-backoff',
  title: 'Conflict backoff',
  adds: 'Followers cut what conflicts; the leader goes back, one index or one term at a time.',
  stillBroken:
    'A cut-off leader goes on believing; an old-term entry counted as committed is lost.',
  node: conflictBackoff,
  variants: { 'one-by-one': oneByOne },
  properties: replication.properties,
  obligations: replication.obligations,
  scenarios,
  trials: [steadyLeader, evenSplit, thinnedOut, longerButOlder, storms('requests')],
  hints,
};

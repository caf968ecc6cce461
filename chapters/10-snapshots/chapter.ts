// Chapter 10 as the tools see it.

import * as snapshotProperties from '../../lib/check/snapshot-properties.ts';
import type { Chapter } from '../../lib/scenario/scenario.ts';
import { leftBehind } from '../../lib/trial/left-behind.ts';
import { unheard } from '../../lib/trial/unheard.ts';
import { chapter as clients } from '../09-clients/chapter.ts';
import { hints } from './hints.ts';
import { logBeforeSnapshot } from './mistakes.ts';
import { scenarios } from './scenarios.ts';
import { snapshots } from './snapshots.ts';

export const chapter: Chapter = {
  name: '10-snapshots',
  title: 'Snapshots',
  adds: 'Each node compacts its log; a follower whose next entry is gone is sent a snapshot.',
  stillBroken: 'The set of nodes is fixed: a broken machine cannot be replaced.',
  node: snapshots,
  variants: { 'log-before-snapshot': logBeforeSnapshot },
  properties: clients.properties,
  obligations: [...clients.obligations, ...Object.values(snapshotProperties)],
  scenarios,
  trials: [...clients.trials, leftBehind, unheard],
  hints,
};

// Chapter 6 as the tools see it.

import type { Chapter } from '../../lib/scenario/scenario.ts';
import { chapter as replication } from '../04-replication/chapter.ts';
import { partitions } from './partitions.ts';
import { hints } from './hints.ts';
import { scenarios } from './scenarios.ts';

export const chapter: Chapter = {
  name: '06-partitions',
  title: 'Partitions',
  adds: 'Commit only by the own term (§5.4.2); a no-op on election; CheckQuorum.',
  stillBroken: 'A node that was cut off returns with a huge term and deposes a healthy leader.',
  node: partitions,
  properties: replication.properties,
  scenarios,
  hints,
};

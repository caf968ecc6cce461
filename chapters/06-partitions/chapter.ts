// Chapter 6 as the tools see it.

import { commitNeedsOwnTerm } from '../../lib/check/leader-properties.ts';
import type { Chapter } from '../../lib/scenario/scenario.ts';
import { deafLeader } from '../../lib/trial/cut-off.ts';
import { chapter as conflictBackoff } from '../05-conflict-backoff/chapter.ts';
import { partitions } from './partitions.ts';
import { hints } from './hints.ts';
import { scenarios } from './scenarios.ts';

export const chapter: Chapter = {
  name: '06-partitions',
  title: 'Partitions',
  adds: "Only entries of the leader's own term are counted (§5.4.2); a no-op on election; CheckQuorum.",
  stillBroken: 'A node that was cut off returns with a huge term and deposes a healthy leader.',
  node: partitions,
  properties: conflictBackoff.properties,
  obligations: [...conflictBackoff.obligations, commitNeedsOwnTerm],
  scenarios,
  trials: [...conflictBackoff.trials, deafLeader],
  hints,
};

// Chapter 7 as the tools see it.

import type { Chapter } from '../../lib/scenario/scenario.ts';
import { quietReturn } from '../../lib/trial/cut-off.ts';
import { chapter as partitions } from '../06-partitions/chapter.ts';
import { preVote } from './prevote.ts';
import { hints } from './hints.ts';
import { scenarios } from './scenarios.ts';

export const chapter: Chapter = {
  name: '07-prevote',
  title: 'PreVote',
  adds: 'Pre-candidates ask before they start a term; who hears from a leader refuses.',
  stillBroken: 'A restarted node has forgotten its vote.',
  node: preVote,
  variants: { 'without-check-quorum': preVote.without('step-down') },
  properties: partitions.properties,
  obligations: partitions.obligations,
  scenarios,
  trials: [...partitions.trials, quietReturn],
  hints,
};

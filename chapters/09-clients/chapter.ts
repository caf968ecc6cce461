// Chapter 9 as the tools see it.

import {
  answersAreResults,
  executedOnce,
  linearizability,
  readsAreFresh,
  votersKeepQuiet,
} from '../../lib/check/client-properties.ts';
import type { Chapter } from '../../lib/scenario/scenario.ts';
import { storms } from '../../lib/trial/storms.ts';
import { chapter as persistence } from '../08-persistence/chapter.ts';
import { clients } from './clients.ts';
import { hints } from './hints.ts';
import { readsAtOnce, readsTooEarly } from './mistakes.ts';
import { scenarios } from './scenarios.ts';

export const chapter: Chapter = {
  name: '09-clients',
  title: 'Clients',
  adds: 'Sessions: a command is executed once; reads through the log, by ReadIndex, or by a lease.',
  stillBroken:
    'The log grows without end, and a node that starts again executes all of it once more.',
  node: clients,
  variants: { 'reads-at-once': readsAtOnce, 'reads-too-early': readsTooEarly },
  properties: [...persistence.properties, linearizability],
  obligations: [
    ...persistence.obligations,
    executedOnce,
    answersAreResults,
    readsAreFresh,
    votersKeepQuiet,
  ],
  scenarios,
  trials: [
    ...persistence.trials.filter(({ name }) => name !== 'storms-with-restarts'),
    storms('clients'),
  ],
  hints,
};

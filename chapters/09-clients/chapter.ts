// Chapter 9 as the tools see it.

import type { Chapter } from '../../lib/scenario/scenario.ts';
import { chapter as persistence } from '../08-persistence/chapter.ts';
import { clients } from './clients.ts';
import { hints } from './hints.ts';
import { scenarios } from './scenarios.ts';

export const chapter: Chapter = {
  name: '09-clients',
  title: 'Clients',
  adds: 'Sessions: a command is executed once; reads through the log, by ReadIndex, or by a lease.',
  stillBroken:
    'The log grows without end, and a node that starts again executes all of it once more.',
  node: clients,
  properties: persistence.properties,
  obligations: persistence.obligations,
  scenarios,
  trials: persistence.trials,
  hints,
};

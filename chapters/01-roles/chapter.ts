// Chapter 1 as the tools see it.

import type { Chapter } from '../../lib/scenario/scenario.ts';
import { roles } from './roles.ts';
import { hints } from './hints.ts';
import { scenarios } from './scenarios.ts';

export const chapter: Chapter = {
  name: '01-roles',
  title: 'Roles',
  adds: 'Follower, candidate, leader; two timers; the first to time out leads.',
  stillBroken: 'Two leaders at once.',
  node: roles,
  properties: [],
  obligations: [],
  scenarios,
  trials: [],
  hints,
};

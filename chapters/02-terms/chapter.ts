// Chapter 2 as the tools see it.

import { newerTermIsAdopted } from '../../lib/check/election-properties.ts';
import { termsNeverDecrease } from '../../lib/check/properties.ts';
import type { Chapter } from '../../lib/scenario/scenario.ts';
import { hints } from './hints.ts';
import { scenarios } from './scenarios.ts';
import { terms } from './terms.ts';

export const chapter: Chapter = {
  name: '02-terms',
  title: 'Terms',
  adds: 'currentTerm as a logical clock: a newer term wins, an older one is refused.',
  stillBroken: 'Two leaders in one term.',
  node: terms,
  properties: [termsNeverDecrease],
  obligations: [newerTermIsAdopted],
  scenarios,
  trials: [],
  hints,
};

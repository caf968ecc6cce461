// The recorded runs of chapter 4.

import type { Scenario } from '../../lib/scenario/scenario.ts';
import { elections } from '../03-voting/elections.ts';
import { conflict, neverCatchesUp } from './scenarios/broken.ts';
import {
  farBehind,
  lostAppend,
  oneEntry,
  overtaken,
  pastNine,
  redirect,
} from './scenarios/entries.ts';
import {
  lateAcknowledgement,
  lostAfterCommit,
  lostBeforeCommit,
  olderLog,
  staleRequest,
} from './scenarios/leaders.ts';

export const scenarios: readonly Scenario[] = [
  oneEntry,
  lostAppend,
  overtaken,
  lateAcknowledgement,
  lostBeforeCommit,
  lostAfterCommit,
  olderLog,
  staleRequest,
  redirect,
  farBehind,
  pastNine,
  neverCatchesUp,
  conflict,
  // The elections of chapter 3 again, with the rules of this chapter.
  ...elections,
];

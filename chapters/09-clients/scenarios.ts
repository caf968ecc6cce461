// The recorded runs of chapter 9.

import type { Scenario } from '../../lib/scenario/scenario.ts';
import { everythingAgain } from './scenarios/broken.ts';
import {
  lateRequest,
  noLeaseYet,
  readByLease,
  slowClock,
  startsAgain,
} from './scenarios/leases.ts';
import {
  answerOfAnotherTerm,
  firstCommit,
  readByIndex,
  readTooEarly,
  readWaits,
  staleRead,
  twoReads,
} from './scenarios/reads.ts';
import { executedOnce, lateCopy, toldTheSame, twiceInTheLog } from './scenarios/sessions.ts';

export const scenarios: readonly Scenario[] = [
  executedOnce,
  twiceInTheLog,
  lateCopy,
  toldTheSame,
  staleRead,
  readWaits,
  readByIndex,
  twoReads,
  answerOfAnotherTerm,
  readTooEarly,
  firstCommit,
  readByLease,
  noLeaseYet,
  lateRequest,
  startsAgain,
  slowClock,
  everythingAgain,
];

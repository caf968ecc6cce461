// The recorded runs of chapter 9.

import type { Scenario } from '../../lib/scenario/scenario.ts';
import { scenarios as persistence } from '../08-persistence/scenarios.ts';
import { everythingAgain } from './scenarios/broken.ts';
import {
  lateRequest,
  noLeaseYet,
  readByLease,
  slowAnswer,
  slowClock,
  startsAgain,
} from './scenarios/leases.ts';
import { firstCommit, leadsAgain, readTooEarly } from './scenarios/new-leader.ts';
import { readByIndex, readWaits, sentOn, staleRead, twoReads } from './scenarios/reads.ts';
import { executedOnce, lateCopy, toldTheSame, twiceInTheLog } from './scenarios/sessions.ts';

/** Runs of earlier chapters that show the rules which no run of this chapter is about. */
const asBefore = persistence.filter(({ name }) =>
  [
    'between-two-writes',
    'won-and-lost',
    'counted-once',
    'behind',
    'late-vote-again',
    'leader-steps-down',
    'late-refusal',
    'overtaken',
    'duplicate-vote',
  ].includes(name),
);

export const scenarios: readonly Scenario[] = [
  executedOnce,
  twiceInTheLog,
  lateCopy,
  toldTheSame,
  staleRead,
  readWaits,
  sentOn,
  readByIndex,
  twoReads,
  leadsAgain,
  readTooEarly,
  firstCommit,
  readByLease,
  slowAnswer,
  noLeaseYet,
  lateRequest,
  startsAgain,
  slowClock,
  everythingAgain,
  ...asBefore,
];

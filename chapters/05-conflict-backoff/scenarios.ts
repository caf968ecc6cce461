// The recorded runs of chapter 5.

import type { Scenario } from '../../lib/scenario/scenario.ts';
import { elections } from '../03-voting/elections.ts';
import { overtaken, pastNine, redirect } from '../04-replication/scenarios/entries.ts';
import { lateAcknowledgement, staleRequest } from '../04-replication/scenarios/leaders.ts';
import { cutOffLeader, figure8Broken } from './scenarios/broken.ts';
import { figure7, figure7OneByOne } from './scenarios/figure-7.ts';
import { oldEntryLost } from './scenarios/old-entry.ts';
import { conflictRepaired, lateRefusal, missingRepaired, tooLong } from './scenarios/repairs.ts';

/** Runs of chapter 4 that every later chapter records again with its own rules. */
export const replications: readonly Scenario[] = [
  overtaken,
  lateAcknowledgement,
  staleRequest,
  redirect,
];

export const scenarios: readonly Scenario[] = [
  missingRepaired,
  conflictRepaired,
  tooLong,
  lateRefusal,
  figure7,
  figure7OneByOne,
  cutOffLeader,
  oldEntryLost,
  figure8Broken,
  pastNine,
  ...replications,
  ...elections,
];

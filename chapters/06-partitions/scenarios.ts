// The recorded runs of chapter 6.

import type { Scenario } from '../../lib/scenario/scenario.ts';
import { elections } from '../03-voting/elections.ts';
import { replications } from '../05-conflict-backoff/scenarios.ts';
import { lateRefusal } from '../05-conflict-backoff/scenarios/repairs.ts';
import { staleAcknowledgement } from './scenarios/acknowledgements.ts';
import { figure8Committed, figure8NotCommitted } from './scenarios/figure-8.ts';
import { oldEntryKept } from './scenarios/old-entry.ts';
import {
  exactMajority,
  flapping,
  lateAnswer,
  leaderStepsDown,
  oneWay,
} from './scenarios/quorum.ts';
import { healed, minority, returns, twoSides } from './scenarios/two-sides.ts';

export const scenarios: readonly Scenario[] = [
  twoSides,
  healed,
  oldEntryKept,
  figure8NotCommitted,
  figure8Committed,
  staleAcknowledgement,
  leaderStepsDown,
  exactMajority,
  lateAnswer,
  oneWay,
  flapping,
  minority,
  returns,
  lateRefusal,
  ...replications,
  ...elections,
];

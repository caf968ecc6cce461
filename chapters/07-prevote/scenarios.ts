// The recorded runs of chapter 7.

import type { Scenario } from '../../lib/scenario/scenario.ts';
import { elections } from '../03-voting/elections.ts';
import { overtaken, redirect } from '../04-replication/scenarios/entries.ts';
import { lateRefusal } from '../05-conflict-backoff/scenarios/repairs.ts';
import { lateAnswer, leaderStepsDown } from '../06-partitions/scenarios/quorum.ts';
import { healed } from '../06-partitions/scenarios/two-sides.ts';
import {
  behind,
  cleanPreVote,
  countedOnce,
  lateVote,
  newerLog,
  outvoted,
  wonAndLost,
} from './scenarios/pre-votes.ts';
import {
  badLink,
  forgottenVote,
  formerAnswer,
  returnsInPeace,
  stalled,
  unstalled,
} from './scenarios/stickiness.ts';
import { withPreVotes } from './scenarios/with-pre-votes.ts';

/** Elections that go the same way when pre-votes come first. */
const sameElections = elections.filter(({ name }) =>
  ['clean-election', 'stale-candidate', 'duplicate-vote', 'old-leader'].includes(name),
);

export const scenarios: readonly Scenario[] = [
  cleanPreVote,
  returnsInPeace,
  badLink,
  newerLog,
  outvoted,
  wonAndLost,
  countedOnce,
  behind,
  lateVote,
  formerAnswer,
  stalled,
  unstalled,
  forgottenVote,
  ...[healed, leaderStepsDown, lateAnswer, lateRefusal, overtaken, redirect, ...sameElections].map(
    withPreVotes,
  ),
];

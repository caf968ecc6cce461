// The recorded runs of chapter 8.

import type { Scenario } from '../../lib/scenario/scenario.ts';
import { scenarios as preVotes } from '../07-prevote/scenarios.ts';
import {
  betweenTwoWrites,
  commitInBetween,
  replyAfterWrite,
  replyTooEarly,
  truncationNotWritten,
} from './scenarios/logs.ts';
import { executedTwice, wholeCluster } from './scenarios/restarts.ts';
import {
  leaderRestarts,
  ownVote,
  termWithoutVote,
  twoTerms,
  voteKept,
  voteNotWritten,
  voteRemembered,
} from './scenarios/votes.ts';

/** The runs of chapter 7 that go as they should; with disks they go the same way. */
const asBefore = preVotes.filter(
  ({ variant, outcome }) => variant === undefined && outcome.violates === undefined,
);

export const scenarios: readonly Scenario[] = [
  voteRemembered,
  voteKept,
  voteNotWritten,
  termWithoutVote,
  ownVote,
  replyAfterWrite,
  replyTooEarly,
  betweenTwoWrites,
  truncationNotWritten,
  commitInBetween,
  leaderRestarts,
  twoTerms,
  wholeCluster,
  executedTwice,
  ...asBefore,
];

// The recorded runs of chapter 12.

import type { Scenario } from '../../lib/scenario/scenario.ts';
import { lostAcceptor, promiseForgotten, promiseKept, writtenNotSaid } from './scenarios/disks.ts';
import { duelEnds, duelForEver, noPromises } from './scenarios/duels.ts';
import { gap, repeated, stableLeader } from './scenarios/logs.ts';
import { newLeader, oldLeader } from './scenarios/new-leaders.ts';
import { acceptedIsPromised, oldPromise, ownAcceptance } from './scenarios/overtaken.ts';
import {
  cleanRound,
  countedOnce,
  highestBallot,
  lateMessages,
  valueAdopted,
} from './scenarios/rounds.ts';

export const scenarios: readonly Scenario[] = [
  cleanRound,
  valueAdopted,
  highestBallot,
  noPromises,
  duelForEver,
  duelEnds,
  lostAcceptor,
  promiseKept,
  promiseForgotten,
  writtenNotSaid,
  ownAcceptance,
  oldPromise,
  acceptedIsPromised,
  countedOnce,
  lateMessages,
  stableLeader,
  newLeader,
  gap,
  oldLeader,
  repeated,
];

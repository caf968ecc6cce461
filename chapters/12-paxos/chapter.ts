// Chapter 12 as the tools see it.

import {
  answersAreOnDisk,
  ballotHasOneValue,
  learnedIsChosen,
  oneValueIsChosen,
  onlyWantedIsAccepted,
  promiseIsKept,
} from '../../lib/check/paxos-properties.ts';
import type { Chapter } from '../../lib/scenario/scenario.ts';
import { choices, duels } from '../../lib/trial/choices.ts';
import { hints } from './hints.ts';
import { promiseNotWritten, withoutBackOff, withoutPromises } from './mistakes.ts';
import { multiPaxos } from './multi-paxos.ts';
import { paxos } from './paxos.ts';
import { scenarios } from './scenarios.ts';

export const chapter: Chapter = {
  name: '12-paxos',
  title: 'Paxos beside Raft',
  adds: 'Another way: ballots, promises and adopted values; one value, then a log with a stable leader.',
  stillBroken: 'Nothing: this chapter compares.',
  beside: true,
  node: paxos,
  variants: {
    'multi-paxos': multiPaxos,
    'without-promises': withoutPromises,
    'without-back-off': withoutBackOff,
    'promise-not-written': promiseNotWritten,
  },
  properties: [oneValueIsChosen, learnedIsChosen],
  obligations: [promiseIsKept, ballotHasOneValue, answersAreOnDisk, onlyWantedIsAccepted],
  scenarios,
  trials: [choices, duels],
  hints,
};

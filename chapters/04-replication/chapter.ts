// Chapter 4 as the tools see it.

import {
  answersAreTrue,
  appliesInOrder,
  committedStays,
  machinesAgree,
} from '../../lib/check/apply-properties.ts';
import {
  commitNeedsMajority,
  matchIndexIsTrue,
  matchIndexOnlyGrows,
  newLeaderKnowsNothing,
  nextIndexAfterMatchIndex,
  onlyLeadersCount,
  onlyLeadersCreate,
} from '../../lib/check/leader-properties.ts';
import {
  commitIndexNeverDecreases,
  leaderAppendOnly,
  leaderCompleteness,
  logMatching,
  stateMachineSafety,
} from '../../lib/check/log-properties.ts';
import type { Chapter } from '../../lib/scenario/scenario.ts';
import { longerButOlder } from '../../lib/trial/elections.ts';
import { chapter as voting } from '../03-voting/chapter.ts';
import { replication } from './replication.ts';
import { hints } from './hints.ts';
import { scenarios } from './scenarios.ts';

export const chapter: Chapter = {
  name: '04-replication',
  title: 'Replication',
  adds: 'A log, copied by AppendEntries; commit by majority; voters compare logs; clients.',
  stillBroken: 'A follower that misses an entry, or holds a conflicting one, never catches up.',
  node: replication,
  properties: [
    ...voting.properties,
    leaderAppendOnly,
    logMatching,
    leaderCompleteness,
    stateMachineSafety,
    commitIndexNeverDecreases,
  ],
  obligations: [
    ...voting.obligations,
    newLeaderKnowsNothing,
    matchIndexIsTrue,
    matchIndexOnlyGrows,
    nextIndexAfterMatchIndex,
    commitNeedsMajority,
    onlyLeadersCount,
    onlyLeadersCreate,
    committedStays,
    appliesInOrder,
    answersAreTrue,
    machinesAgree,
  ],
  scenarios,
  trials: [...voting.trials, longerButOlder],
  hints,
};

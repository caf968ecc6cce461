// Chapter 3 as the tools see it.

import { candidateVotesForItself } from '../../lib/check/local-properties.ts';
import { electionSafety, oneVotePerTerm, termsNeverDecrease } from '../../lib/check/properties.ts';
import type { Chapter } from '../../lib/scenario/scenario.ts';
import { steadyLeader } from '../../lib/trial/steady.ts';
import { storms } from '../../lib/trial/storms.ts';
import { hints } from './hints.ts';
import { scenarios } from './scenarios.ts';
import { voting } from './voting.ts';

export const chapter: Chapter = {
  name: '03-voting',
  title: 'Voting',
  adds: 'One vote per node and term; a majority elects; randomised timeouts resolve split votes.',
  stillBroken: 'A leader, but nothing is stored: a failover loses everything.',
  node: voting,
  properties: [termsNeverDecrease, electionSafety, oneVotePerTerm, candidateVotesForItself],
  scenarios,
  trials: [steadyLeader, storms('leader')],
  hints,
};

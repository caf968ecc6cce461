// Chapter 3 as the tools see it.

import {
  candidateVotesForItself,
  leadersAreElected,
  refusalPutsNothingOff,
  voteIsKept,
  voterWaitsAnew,
} from '../../lib/check/election-properties.ts';
import { electionSafety, oneVotePerTerm } from '../../lib/check/properties.ts';
import type { Chapter } from '../../lib/scenario/scenario.ts';
import { evenSplit, thinnedOut } from '../../lib/trial/elections.ts';
import { steadyLeader } from '../../lib/trial/steady.ts';
import { storms } from '../../lib/trial/storms.ts';
import { hints } from './hints.ts';
import { chapter as terms } from '../02-terms/chapter.ts';
import { scenarios } from './scenarios.ts';
import { voting } from './voting.ts';

export const chapter: Chapter = {
  name: '03-voting',
  title: 'Voting',
  adds: 'One vote per node and term; a majority elects; randomised timeouts resolve split votes.',
  stillBroken: 'A leader, but nothing is stored: a failover loses everything.',
  node: voting,
  properties: [...terms.properties, electionSafety, oneVotePerTerm],
  obligations: [
    ...terms.obligations,
    candidateVotesForItself,
    voteIsKept,
    leadersAreElected,
    voterWaitsAnew,
    refusalPutsNothingOff,
  ],
  scenarios,
  trials: [steadyLeader, evenSplit, thinnedOut, storms('leader')],
  hints,
};

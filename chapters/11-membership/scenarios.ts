// The recorded runs of chapter 11.

import type { Scenario } from '../../lib/scenario/scenario.ts';
import { scenarios as snapshots } from '../10-snapshots/scenarios.ts';
import {
  changedAtOnce,
  finishedByAnother,
  jointConsensus,
  wholeNewCluster,
} from './scenarios/joint.ts';
import {
  disregarded,
  disturbed,
  leadsFromOutside,
  stillNeeded,
  undisturbed,
} from './scenarios/leaders.ts';
import {
  beginsAlone,
  doesNotCountYet,
  machineReplaced,
  membersInTheSnapshot,
  oneAfterTheOther,
  tooSlow,
  votesWithoutAVote,
} from './scenarios/one.ts';
import { noOwnEntryFirst, ownEntryFirst } from './scenarios/own-entry.ts';
import { handedOver, notHandedOver, notToAnybody } from './scenarios/transfer.ts';

/** Runs of earlier chapters that show the rules which no run of this chapter is about. */
const asBefore = snapshots.filter(({ name }) =>
  [
    'leads-again',
    'read-by-index',
    'chunks-twice',
    'late-refusal',
    'snapshot-of-a-former-leader',
    'counted-once',
    'leader-steps-down',
    'read-by-lease',
    'no-lease-yet',
    'answer-to-a-former-term',
    'behind',
    'conflict-goes',
    'won-and-lost',
    'duplicate-vote',
    'retry-after-snapshot',
    'sent-on',
    'mixed-chunks',
    'suffix-stays',
    'begins-before',
    'late-vote-again',
    'overtaken',
    'answer-after-stepping-down',
  ].includes(name),
);

export const scenarios: readonly Scenario[] = [
  machineReplaced,
  beginsAlone,
  oneAfterTheOther,
  noOwnEntryFirst,
  ownEntryFirst,
  changedAtOnce,
  jointConsensus,
  finishedByAnother,
  leadsFromOutside,
  wholeNewCluster,
  tooSlow,
  doesNotCountYet,
  stillNeeded,
  votesWithoutAVote,
  membersInTheSnapshot,
  disturbed,
  undisturbed,
  disregarded,
  handedOver,
  notHandedOver,
  notToAnybody,
  ...asBefore,
];

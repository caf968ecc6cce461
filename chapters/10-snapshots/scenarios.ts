// The recorded runs of chapter 10.

import type { Scenario } from '../../lib/scenario/scenario.ts';
import { scenarios as clients } from '../09-clients/scenarios.ts';
import { nobodyTakesOver } from './scenarios/broken.ts';
import {
  crashBeforeSnapshot,
  emptyLog,
  endOfAnOldTerm,
  logGoneFirst,
  retryAfterSnapshot,
  startsFromSnapshot,
} from './scenarios/compaction.ts';
import { formerLeader, formerTerm, steppedDown } from './scenarios/leaders.ts';
import {
  atTheEdge,
  beginsBefore,
  conflictGoes,
  meanwhile,
  roundForAll,
  snapshotInstead,
  suffixStays,
} from './scenarios/sending.ts';
import {
  chunksTwice,
  crashWhileInstalling,
  mixedChunks,
  newerMeanwhile,
  oldSnapshot,
  receiverRestarts,
  signOfLife,
} from './scenarios/trouble.ts';

/** The runs of chapter 9 that exercise what no run of this chapter does. With snapshots they go the same way. */
const recalled = [
  'leads-again',
  'counted-once',
  'won-and-lost',
  'between-two-writes',
  'read-by-lease',
  'no-lease-yet',
  'behind',
  'late-refusal',
  'duplicate-vote',
  'leader-steps-down',
  'sent-on',
  'overtaken',
  'late-vote-again',
];

const asBefore = clients.filter(({ name }) => recalled.includes(name));

export const scenarios: readonly Scenario[] = [
  startsFromSnapshot,
  crashBeforeSnapshot,
  logGoneFirst,
  emptyLog,
  endOfAnOldTerm,
  retryAfterSnapshot,
  snapshotInstead,
  atTheEdge,
  suffixStays,
  conflictGoes,
  beginsBefore,
  meanwhile,
  roundForAll,
  chunksTwice,
  signOfLife,
  receiverRestarts,
  crashWhileInstalling,
  oldSnapshot,
  newerMeanwhile,
  mixedChunks,
  formerLeader,
  steppedDown,
  formerTerm,
  nobodyTakesOver,
  ...asBefore,
];

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

/** Runs whose end tells of entries that are now discarded. */
const ofLongLogs = ['twice-in-the-log'];

/** The runs of chapter 9 that go as they should; they do so with snapshots, too. */
const asBefore = clients.filter(
  ({ name, variant, outcome }) =>
    variant === undefined && outcome.violates === undefined && !ofLongLogs.includes(name),
);

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

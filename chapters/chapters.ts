// Every chapter of the book, in reading order.

import type { Chapter } from '../lib/scenario/scenario.ts';
import { chapter as roles } from './01-roles/chapter.ts';
import { chapter as terms } from './02-terms/chapter.ts';
import { chapter as voting } from './03-voting/chapter.ts';
import { chapter as replication } from './04-replication/chapter.ts';
import { chapter as conflictBackoff } from './05-conflict-backoff/chapter.ts';
import { chapter as partitions } from './06-partitions/chapter.ts';
import { chapter as preVote } from './07-prevote/chapter.ts';
import { chapter as persistence } from './08-persistence/chapter.ts';
import { chapter as clients } from './09-clients/chapter.ts';
import { chapter as snapshots } from './10-snapshots/chapter.ts';
import { chapter as membership } from './11-membership/chapter.ts';
import { chapter as paxos } from './12-paxos/chapter.ts';

export const chapters: readonly Chapter[] = [
  roles,
  terms,
  voting,
  replication,
  conflictBackoff,
  partitions,
  preVote,
  persistence,
  clients,
  snapshots,
  membership,
  paxos,
];

// Chapter 11 as the tools see it.

import { newerTermIsAdopted } from '../../lib/check/election-properties.ts';
import * as membershipProperties from '../../lib/check/membership-properties.ts';
import * as transferProperties from '../../lib/check/transfer-properties.ts';
import type { Chapter } from '../../lib/scenario/scenario.ts';
import {
  changesOfMembers,
  lastOfTwo,
  underLoad,
  unreachableNode,
} from '../../lib/trial/members.ts';
import { storms } from '../../lib/trial/storms.ts';
import { chapter as snapshots } from '../10-snapshots/chapter.ts';
import { hints } from './hints.ts';
import { membership } from './membership.ts';
import { changesAtOnce, noOwnEntryFirst, preVoteAlone } from './mistakes.ts';
import { scenarios } from './scenarios.ts';

export const chapter: Chapter = {
  name: '11-membership',
  title: 'Membership',
  adds: 'Who has a vote is an entry of the log; one node at a time, or any change by joint consensus; leadership is handed over.',
  stillBroken: 'Nothing that Raft promises. It is one answer among several: Paxos is another.',
  node: membership,
  variants: {
    'changes-at-once': changesAtOnce,
    'no-own-entry-first': noOwnEntryFirst,
    'pre-vote-alone': preVoteAlone,
  },
  properties: snapshots.properties,
  obligations: [
    ...snapshots.obligations.filter((property) => property !== newerTermIsAdopted),
    ...Object.values(membershipProperties),
    ...Object.values(transferProperties),
  ],
  scenarios,
  trials: [
    ...snapshots.trials.filter(({ name }) => name !== 'storms-with-clients'),
    storms('members'),
    changesOfMembers,
    unreachableNode,
    lastOfTwo,
    underLoad,
  ],
  hints,
};

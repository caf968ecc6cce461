// Chapter 8 as the tools see it.

import {
  committedIsOnDisk,
  startsFromDisk,
  writtenBeforeSaid,
} from '../../lib/check/persistence-properties.ts';
import type { Chapter } from '../../lib/scenario/scenario.ts';
import { powerFailure } from '../../lib/trial/restarts.ts';
import { storms } from '../../lib/trial/storms.ts';
import { chapter as preVote } from '../07-prevote/chapter.ts';
import { hints } from './hints.ts';
import { replyBeforeWrite, truncationNotWritten, voteNotWritten } from './mistakes.ts';
import { persistence } from './persistence.ts';
import { scenarios } from './scenarios.ts';

export const chapter: Chapter = {
  name: '08-persistence',
  title: 'Persistence',
  adds: 'Term, vote and log are on disk before any message that depends on them; restart.',
  stillBroken: 'A client that hears no answer asks again, and its command is executed twice.',
  node: persistence,
  variants: {
    'vote-not-written': voteNotWritten,
    'reply-before-write': replyBeforeWrite,
    'truncation-not-written': truncationNotWritten,
  },
  properties: preVote.properties,
  obligations: [...preVote.obligations, writtenBeforeSaid, committedIsOnDisk, startsFromDisk],
  scenarios,
  trials: [
    ...preVote.trials.filter(({ name }) => name !== 'storms'),
    storms('restarts'),
    powerFailure,
  ],
  hints,
};

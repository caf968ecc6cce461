// Mistakes about CheckQuorum: a cut-off leader that never notices, or a healthy one that gives up.

import type { Partitions } from '../../chapters/06-partitions/partitions.ts';
import * as chapter3 from '../../chapters/03-voting/voting.ts';
import * as chapter6 from '../../chapters/06-partitions/partitions.ts';
import type { Bug } from './bug.ts';
import { edited, replacing } from '../../lib/rules/edit.ts';

const { partitions } = chapter6;

export const checkQuorum: readonly Bug[] = [
  {
    name: 'leader-never-steps-down',
    chapter: '06-partitions',
    wrong: 'A leader that is cut off from the majority goes on leading.',
    origin: 'thesis §6.2',
    breaks: 'liveness',
    damages: ['step-down'],
    node: partitions.without('step-down'),
  },
  {
    name: 'contact-never-forgotten',
    chapter: '06-partitions',
    wrong: 'Who answered once counts for ever as heard from.',
    origin: 'thesis §6.2',
    breaks: 'liveness',
    damages: ['wait-anew'],
    node: replacing(
      partitions,
      edited<Partitions>()(chapter6.waitAnew, {
        then(me, timeout, act) {
          act.restartElectionTimer();
        },
      }),
    ),
  },
  {
    name: 'leader-does-not-hear-itself',
    chapter: '06-partitions',
    wrong: 'A leader does not count itself, and steps down though it reaches an exact majority.',
    origin: 'thesis §6.2',
    breaks: 'liveness',
    damages: ['step-down'],
    node: replacing(
      partitions,
      edited<Partitions>()(chapter6.stepDown, {
        when: {
          'has not heard from a majority': (me) => me.heardFrom.length < chapter3.majority(me),
        },
      }),
    ),
  },
];

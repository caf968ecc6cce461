// The run in which chapter 5 loses an entry of an old term, with leaders that begin their term with an entry of
// their own and count only those.

import type { Scenario } from '../../../lib/scenario/scenario.ts';
import { oldEntry, oldEntryAsks } from '../../05-conflict-backoff/scenarios/old-entry.ts';

export const oldEntryKept: Scenario = {
  name: 'old-entry-kept',
  title: 'An entry of an old term is committed with one of the own term',
  about:
    'The run that chapter 5 got wrong, act for act the same. Now every leader begins with an entry.',
  nodes: ['A', 'B', 'C'],
  script(run) {
    oldEntry(run, {
      elected: 'The vote of term 3 arrives. A leads term 3, and begins it with an entry.',
      copied: 'C stores x=1 of term 1, and with it the entry of term 3.',
      asked: {
        asks: oldEntryAsks.vote,
        answer: 'No. The last entry of C is of term 3 now, and that of B is of term 2.',
      },
      answered: 'B has no vote but its own, and cannot lead term 4.',
      counted: {
        asks: oldEntryAsks.count,
        answer:
          'Yes, but not because x=1 is on two nodes: the entry of term 3 is. Nobody without it can win any more, and x=1 comes before it.',
      },
    });
  },
  outcome: {
    says: 'A has applied x=1, and B cannot win without it.',
    nodes: {
      A: { role: 'leader', currentTerm: 3, commitIndex: 3, machine: { x: '1' } },
      B: { role: 'candidate', currentTerm: 4 },
    },
  },
};

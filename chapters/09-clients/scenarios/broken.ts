// The last run of chapter 9: what is still broken when clients get what they asked for.

import type { Scenario } from '../../../lib/scenario/scenario.ts';
import { lead } from '../../08-persistence/scenarios/lead.ts';

const values = ['1', '2', '3', '4', '5', '6'];

export const everythingAgain: Scenario = {
  name: 'everything-again',
  title: 'Everything is executed again',
  about: 'What is still broken: one key is set over and over, and no value of it is ever given up.',
  nodes: ['A', 'B', 'C'],
  script(run) {
    lead(run, 'A', 'B');
    run.note('Ann sets x six times. In the end it has one value.');
    run.prologue(() => {
      values.forEach((value, place) => {
        run.request('A', { command: `x=${value}`, client: 'Ann', sequence: place + 1 });
        run.settle();
      });
    });
    run.note('B crashes.');
    run.crash('B');
    run.ask(
      'B starts again. How many of the seven entries does it need to know that x is 6?',
      'One. But it has all seven, on disk and in memory, and does not know that it needs one.',
    );
    run.restart('B');
    run.note(
      'A leader tells it that all are committed. B executes them all again, the oldest first.',
    );
    run.timeout('A', 'heartbeat');
    run.deliver('AppendEntries', 'A', 'B');
  },
  outcome: {
    says: 'B has executed seven entries again for one value, and keeps them all.',
    nodes: { B: { role: 'follower', lastApplied: 7, machine: { x: '6' } } },
  },
};

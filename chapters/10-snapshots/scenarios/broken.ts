// The last run of chapter 10: what is still broken when no log grows without end.

import type { Scenario } from '../../../lib/scenario/scenario.ts';
import { lead } from '../../08-persistence/scenarios/lead.ts';

/** The cluster that was set up, and a new machine that nobody in it knows. */
const members = {
  A: { peers: ['B', 'C'] },
  B: { peers: ['A', 'C'] },
  C: { peers: ['A', 'B'] },
  D: { peers: ['A', 'B', 'C'] },
};

export const nobodyTakesOver: Scenario = {
  name: 'nobody-takes-over',
  title: 'A broken machine cannot be replaced',
  about:
    'What is still broken: two of three machines break for good, one after the other. A new one stands by.',
  nodes: ['A', 'B', 'C', 'D'],
  start: members,
  script(run) {
    lead(run, 'A', 'B');
    run.note('A, B and C are the cluster. The machine of C breaks, and will not come back.');
    run.crash('C');
    run.note('D is new. It has the same program, and knows the others. They do not know it.');
    run.prologue(() => {
      run.request('A', 'x=1');
      run.drop('AppendEntries', 'A', 'C');
      run.settle();
      run.timeout('A', 'heartbeat');
      run.drop('AppendEntries', 'A', 'C');
      run.settle();
    });
    run.note('Two of three are enough to go on. Then the machine of B breaks.');
    run.crash('B');
    run.request('A', 'x=2');
    run.drop('AppendEntries', 'A', 'B');
    run.drop('AppendEntries', 'A', 'C');
    run.ask(
      'A and D are up and connected. Can they commit x=2?',
      'No. A counts itself, B and C: two of these three must store it. D counts for nobody.',
    );
    run.timeout('A', 'heartbeat');
    run.dropAll();
    run.prologue(() => run.timeout('A'));
    run.note('A hears from no majority, and steps down. From now on nobody leads.');
    run.timeout('A');
    run.note('A client asks D.');
    run.request('D', 'x=2');
  },
  outcome: {
    says: 'Two machines are up, and nothing can be committed any more.',
    nodes: { A: { role: 'follower', machine: { x: '1' } }, D: { role: 'follower', machine: {} } },
  },
};

// Runs of chapter 9 about commands that are sent again: each is executed once.

import type { Scenario } from '../../../lib/scenario/scenario.ts';
import { lead, loseContact } from '../../08-persistence/scenarios/lead.ts';

/** Ann's command, which her client sends until it hears an answer, always under the same number. */
const append = { command: 'x+=a', client: 'Ann', sequence: 1 };

export const executedOnce: Scenario = {
  name: 'executed-once',
  title: 'A command that is sent twice is executed once',
  about:
    'The run that chapter 8 got wrong. The client asks again, but now its command has a number.',
  nodes: ['A', 'B', 'C'],
  script(run) {
    lead(run, 'A', 'B');
    run.note('Ann asks to put an a at the end of x. It is her command number 1.');
    run.request('A', append);
    run.deliver('AppendEntries', 'A', 'B');
    run.note('The entry is committed, and A applies it. It crashes before it can answer Ann.');
    run.crashAfter(1);
    run.deliver('AppendEntriesReply', 'B', 'A');
    run.dropAll();
    loseContact(run, 'B', 'C');
    run.note('B is elected. It holds the entry, commits it with its own, and applies it too.');
    run.prologue(() => {
      run.timeout('B');
      run.drop('PreVote', 'B', 'A');
      run.deliver('PreVote', 'B', 'C');
      run.deliver('PreVoteReply', 'C', 'B');
      run.drop('RequestVote', 'B', 'A');
      run.deliver('RequestVote', 'B', 'C');
    });
    run.deliver('RequestVoteReply', 'C', 'B');
    run.drop('AppendEntries', 'B', 'A');
    run.settle('B', 'C');
    run.note('Ann has heard nothing, and asks again: the same command under the same number.');
    run.ask(
      'B has executed command 1 of Ann when it applied the entry. What does it do now?',
      'It answers at once, with what came of it then: x is a. Nothing new goes into the log.',
    );
    run.request('B', append);
  },
  outcome: {
    says: 'x is a, and Ann has been told so.',
    nodes: { B: { role: 'leader', currentTerm: 2, machine: { x: 'a' } } },
  },
};

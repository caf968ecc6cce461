// Figure 8 again, with the commit rule of §5.4.2: once as in (d), once as in (e).

import type { Scenario } from '../../../lib/scenario/scenario.ts';
import { figure8, figure8d } from '../../05-conflict-backoff/scenarios/broken.ts';

const nodes = ['A', 'B', 'C', 'D', 'E'];

export const figure8NotCommitted: Scenario = {
  name: 'figure-8-d',
  title: 'Figure 8 (d): replicated on a majority, and not committed',
  about:
    'The run that chapter 5 got wrong begins in the same way. Now A does not count entries of old terms.',
  nodes,
  script(run) {
    figure8(run);
    run.ask(
      'The entries of term 2 are on A, B and C: a majority. A leads term 4. Are they committed?',
      'No. By counting, a leader commits only entries of its own term. Those are of term 2.',
    );
    run.deliver('AppendEntriesReply', 'C', 'A');
    figure8d(run);
    run.deliver('RequestVoteReply', 'C', 'E');
    run.note(
      'C and D vote for E. It leads term 5 and overwrites the entries of term 2, which nobody was told were committed.',
    );
    run.settle('B', 'C', 'D', 'E');
    run.settle('B', 'C', 'D', 'E');
  },
  outcome: {
    says: 'E leads term 5; A has applied nothing that is lost.',
    nodes: { A: { machine: { x: '1' } }, E: { role: 'leader', currentTerm: 5 } },
  },
};

export const figure8Committed: Scenario = {
  name: 'figure-8-e',
  title: 'Figure 8 (e): an entry of the own term commits those before it',
  about: 'The same until (c). Then A gets an entry of its own term onto a majority, too.',
  nodes,
  script(run) {
    figure8(run);
    run.deliver('AppendEntriesReply', 'C', 'A');
    run.note('(e) C lacks the entry with which A began term 4. A sends it.');
    run.deliver('AppendEntries', 'A', 'C');
    run.ask(
      'C has stored the entry of term 4. Three of five hold it. What is committed now?',
      'That entry, and with it all before it: whoever stores it holds the others as well.',
    );
    run.deliver('AppendEntriesReply', 'C', 'A');
    figure8d(run);
    run.note('C and B refuse their votes: their last entry is of term 4, that of E of term 3.');
    run.settle('B', 'C', 'D', 'E');
  },
  outcome: {
    says: 'E cannot win; what A has applied is safe.',
    nodes: {
      A: { machine: { x: '1', y: '3' } },
      E: { role: 'candidate', currentTerm: 5 },
    },
  },
};

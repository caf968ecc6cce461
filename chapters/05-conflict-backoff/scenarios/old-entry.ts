// The shortest run in which an entry of an old term is counted as committed and is lost. It is the explorer's own;
// chapter 6 runs the same acts.

import type { Question, Script } from '../../../lib/cluster/script.ts';
import type { Scenario } from '../../../lib/scenario/scenario.ts';

/** What the narrator says where the two chapters differ. */
interface Turns {
  readonly elected: string;
  readonly copied: string;
  readonly asked: Question;
  readonly answered: string;
  readonly counted: Question;
}

/** A leads terms 1 and 3, B leads term 2 and asks for votes in term 4. Each has an entry of its own. */
export function oldEntry(run: Script, says: Turns): void {
  run.timeout('A');
  run.deliver('RequestVote', 'A', 'B');
  run.note('A leads term 1.');
  run.deliver('RequestVoteReply', 'B', 'A');
  run.note('B hears nothing more from A and starts term 2.');
  run.timeout('B');
  run.note('A still leads term 1 and takes x=1. It reaches nobody for a long time.');
  run.request('A', 'x=1');
  run.note('C votes for B. The vote is on its way.');
  run.deliver('RequestVote', 'B', 'C');
  run.note('A learns of term 2. It does not vote for B, whose log is empty.');
  run.deliver('RequestVote', 'B', 'A');
  run.note('A starts term 3.');
  run.timeout('A');
  run.note('C votes for A: its own log is empty. This vote is on its way, too.');
  run.deliver('RequestVote', 'A', 'C', 2);
  run.note('Now the vote of term 2 arrives. B knows of nothing newer, and leads term 2.');
  run.deliver('RequestVoteReply', 'C', 'B');
  run.note('B takes x=2 in term 2.');
  run.request('B', 'x=2');
  run.note("B learns of term 3. Its last entry is newer than A's, so it does not vote for A.");
  run.deliver('RequestVote', 'A', 'B');
  run.note('B starts term 4.');
  run.timeout('B');
  run.note(says.elected);
  run.deliver('RequestVoteReply', 'C', 'A');
  run.note('C lacks what comes before, and refuses.');
  run.deliver('AppendEntries', 'A', 'C', 3);
  run.note('A goes back and sends all that it has.');
  run.deliver('AppendEntriesReply', 'C', 'A');
  run.note(says.copied);
  run.deliver('AppendEntries', 'A', 'C', 3);
  run.ask(says.asked.asks, says.asked.answer);
  run.deliver('RequestVote', 'B', 'C');
  run.note(says.answered);
  run.deliver('RequestVoteReply', 'C', 'B');
  run.ask(says.counted.asks, says.counted.answer);
  run.deliver('AppendEntriesReply', 'C', 'A');
}

/** What both chapters ask the reader. */
export const oldEntryAsks = {
  vote: 'B asks C for its vote in term 4. The last entry of B is of term 2. Does C vote for B?',
  count: 'A hears, late, that C stores x=1 of term 1. So x=1 is on A and C. Is it committed?',
};

export const oldEntryLost: Scenario = {
  name: 'old-entry-lost',
  title: 'An entry of an old term is counted, and lost',
  about:
    'What is still broken: an entry of an old term on a majority is taken for committed. ' +
    'A search found this run, and none that is shorter.',
  nodes: ['A', 'B', 'C'],
  script(run) {
    oldEntry(run, {
      elected: 'The vote of term 3 arrives. A leads term 3, and its only entry is of term 1.',
      copied: 'C stores x=1, which is of term 1.',
      asked: {
        asks: oldEntryAsks.vote,
        answer: 'Yes. The last entry of C is of term 1. Term 2 is newer, so the log of B counts.',
      },
      answered: 'B leads term 4. It does not have x=1, and will overwrite it on C.',
      counted: {
        asks: oldEntryAsks.count,
        answer: 'This chapter says so: two of three store it. A applies it. That is a mistake.',
      },
    });
  },
  outcome: {
    says: 'A has applied x=1, and the leader of term 4 does not have it.',
    nodes: {
      A: { role: 'leader', currentTerm: 3, lastApplied: 1, machine: { x: '1' } },
      B: { role: 'leader', currentTerm: 4, log: [{ term: 2, command: 'x=2' }] },
    },
    violates: 'Leader Completeness',
  },
};

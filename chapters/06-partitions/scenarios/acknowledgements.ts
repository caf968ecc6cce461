// A run of chapter 6 in which an acknowledgement arrives when what it acknowledges has been cut.

import type { Scenario } from '../../../lib/scenario/scenario.ts';

export const staleAcknowledgement: Scenario = {
  name: 'stale-acknowledgement',
  title: 'An acknowledgement of what is stored no more',
  about:
    'B acknowledges an entry and later has to cut it. Then the acknowledgement arrives, and its leader leads again.',
  nodes: ['A', 'B', 'C', 'D', 'E'],
  script(run) {
    run.prologue(() => {
      run.timeout('A');
      for (const voter of ['B', 'C', 'D', 'E']) run.deliver('RequestVote', 'A', voter);
      for (const voter of ['B', 'C', 'D', 'E']) run.deliver('RequestVoteReply', voter, 'A');
      for (const node of ['C', 'D', 'E']) run.drop('AppendEntries', 'A', node);
    });
    run.note(
      'A leads term 1. Its first entry, at index 1, reaches B only. The answer of B is held back for long.',
    );
    run.deliver('AppendEntries', 'A', 'B');
    run.note(
      'E hears nothing from A, times out and asks for votes in term 2. Its request to B is lost.',
    );
    run.timeout('E');
    run.note('C and D store nothing, like E. They vote for it.');
    for (const voter of ['C', 'D']) run.deliver('RequestVote', 'E', voter);
    run.note(
      'A stores an entry, and the log of E is empty. A adopts term 2 and leads no more, but refuses its vote.',
    );
    run.deliver('RequestVote', 'E', 'A');
    run.prologue(() => {
      run.drop('RequestVote', 'E', 'B');
      run.drop('RequestVoteReply', 'A', 'E');
    });
    for (const voter of ['C', 'D']) run.deliver('RequestVoteReply', voter, 'E');
    run.ask(
      'E leads term 2 and has put its own first entry at index 1. The message reaches B. What does B do with the entry of A?',
      'It cuts it, because the entry of E has another term at the same index. B stores the entry of E now.',
    );
    run.deliver('AppendEntries', 'E', 'B');
    run.note('E is cut off. Nobody else has heard of its entry.');
    run.partition(['E'], ['A', 'B', 'C', 'D']);
    run.prologue(() => {
      for (const node of ['A', 'C', 'D']) run.drop('AppendEntries', 'E', node);
      run.drop('AppendEntriesReply', 'B', 'E');
    });
    run.note('A times out and asks for votes in term 3. Again the request to B is lost.');
    run.timeout('A');
    run.note('C and D store nothing, and vote for A.');
    for (const voter of ['C', 'D']) run.deliver('RequestVote', 'A', voter);
    run.prologue(() => run.drop('RequestVote', 'A', 'B'));
    for (const voter of ['C', 'D']) run.deliver('RequestVoteReply', voter, 'A');
    run.ask(
      'A leads term 3. Now the old answer of B arrives, from term 1: B stores the log of A up to 1. Does it count?',
      'No. It was true in term 1. Since then B has cut that entry, and what it stores at index 1 is from E. A only sends to B once more.',
    );
    run.deliver('AppendEntriesReply', 'B', 'A');
    run.prologue(() => run.drop('AppendEntries', 'A', 'B', 2));
    run.note('A supposes term 1 at index 1. B holds term 2 there, and refuses.');
    run.deliver('AppendEntries', 'A', 'B');
    run.note('A goes back to index 1 and sends both of its entries.');
    run.deliver('AppendEntriesReply', 'B', 'A');
    run.note('B cuts the entry of E, which was never committed, and stores both entries of A.');
    run.deliver('AppendEntries', 'A', 'B');
    run.note('This acknowledgement is of term 3. It counts.');
    run.deliver('AppendEntriesReply', 'B', 'A');
    run.note('C holds nothing, and refuses what begins after index 1.');
    run.deliver('AppendEntries', 'A', 'C');
    run.deliver('AppendEntriesReply', 'C', 'A');
    run.note('Now it gets both entries.');
    run.deliver('AppendEntries', 'A', 'C');
    run.ask(
      'A, B and C store both entries: three of five. What is committed?',
      'The entry of term 3, which A may count, and with it the entry of term 1 before it.',
    );
    run.deliver('AppendEntriesReply', 'C', 'A');
  },
  outcome: {
    says: 'A leads term 3, and both its entries are committed. B and C store them.',
    nodes: {
      A: { role: 'leader', currentTerm: 3, commitIndex: 2 },
      B: {
        log: [
          { term: 1, command: 'no-op' },
          { term: 3, command: 'no-op' },
        ],
      },
    },
  },
};

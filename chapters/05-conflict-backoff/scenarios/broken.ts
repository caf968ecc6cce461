// What chapter 5 still gets wrong. Chapter 6 begins with the same acts.

import type { Question, Script } from '../../../lib/cluster/script.ts';
import type { Scenario } from '../../../lib/scenario/scenario.ts';
import { elect, electAndSettle } from '../../04-replication/scenarios/elect.ts';

/** A is cut off and goes on leading; B, C, D and E elect another leader. */
export function cutOff(run: Script): void {
  electAndSettle(run, 'A', 'B', 'C');
  run.note('A leads. Then it is cut off, and hears from nobody.');
  run.partition(['A'], ['B', 'C', 'D', 'E']);
}

export const cutOffLeader: Scenario = {
  name: 'cut-off-leader',
  title: 'A leader that goes on believing',
  about:
    'What is still broken: a leader that is cut off never notices, and its clients wait in vain.',
  nodes: ['A', 'B', 'C', 'D', 'E'],
  script(run) {
    cutOff(run);
    run.request('A', 'x=1');
    run.timeout('A', 'heartbeat');
    elect(run, 'B', 'C', 'D');
    run.timeout('A', 'heartbeat');
    run.note('B leads term 2. A still takes commands. It cannot commit them.');
    run.request('A', 'x=2');
    run.timeout('A', 'heartbeat');
  },
  outcome: {
    says: 'A still leads term 1, with two commands that nobody else has.',
    nodes: { A: { role: 'leader', currentTerm: 1, commitIndex: 0 }, B: { role: 'leader' } },
  },
};

/**
 * Figure 8 up to (c): A, B, C, D and E are S1 to S5. Three entries of term 2, as many as one message
 * carries, stand for the one of the figure. In the end they are on A, B and C, and A leads term 4.
 */
export function figure8(run: Script): void {
  electAndSettle(run, 'B', 'A', 'C');
  run.prologue(() => {
    run.request('B', 'x=1');
    run.settle();
  });
  electAndSettle(run, 'A', 'B', 'C');
  run.note('(a) A leads term 2 and reaches only B. It takes three commands.');
  run.partition(['A', 'B'], ['C', 'D', 'E']);
  run.request('A', 'y=1');
  run.request('A', 'y=2');
  run.request('A', 'y=3');
  run.deliver('AppendEntries', 'A', 'B', 3);
  run.prologue(() => run.dropAll());
  run.note('(b) E is elected for term 3 by C and D, and takes a command that reaches nobody.');
  run.timeout('E');
  for (const voter of ['C', 'D']) run.deliver('RequestVote', 'E', voter);
  for (const voter of ['C', 'D']) run.deliver('RequestVoteReply', voter, 'E');
  run.prologue(() => run.dropAll());
  run.partition(['E'], ['A', 'B', 'C', 'D']);
  run.request('E', 'z=1');
  run.note('(c) E is cut off. D tells A of term 3, and A is elected again, for term 4.');
  run.timeout('A', 'heartbeat');
  run.deliver('AppendEntries', 'A', 'D');
  run.deliver('AppendEntriesReply', 'D', 'A');
  run.prologue(() => run.dropAll());
  run.timeout('A');
  for (const voter of ['B', 'C', 'D']) run.deliver('RequestVote', 'A', voter);
  for (const voter of ['B', 'C']) run.deliver('RequestVoteReply', voter, 'A');
  run.note('A goes on copying its log. Now C stores the three entries of term 2 as well.');
  run.deliver('AppendEntries', 'A', 'B');
  run.deliver('AppendEntriesReply', 'B', 'A');
  run.deliver('AppendEntries', 'A', 'C');
  run.deliver('AppendEntriesReply', 'C', 'A');
  run.deliver('AppendEntries', 'A', 'C');
}

/** (d): A is cut off, and E asks for votes in term 5. The answers of B, then C, are under way. */
export function figure8d(run: Script, question?: Question): void {
  run.note('(d) A is cut off, and E comes back. It learns of term 4 and asks for votes in term 5.');
  run.partition(['A'], ['B', 'C', 'D', 'E']);
  run.prologue(() => run.dropAll());
  run.timeout('E', 'heartbeat');
  run.deliver('AppendEntries', 'E', 'D');
  run.deliver('AppendEntriesReply', 'D', 'E');
  run.prologue(() => run.dropAll());
  run.timeout('E');
  if (question) run.ask(question.asks, question.answer);
  for (const voter of ['B', 'C']) run.deliver('RequestVote', 'E', voter);
  run.deliver('RequestVoteReply', 'B', 'E');
}

export const figure8Broken: Scenario = {
  name: 'figure-8',
  title: 'Figure 8: an entry counted as committed is lost',
  about: 'What is still broken: an entry of an old term on a majority is taken for committed.',
  nodes: ['A', 'B', 'C', 'D', 'E'],
  script(run) {
    figure8(run);
    run.ask(
      'The entries of term 2 are on A, B and C: a majority. A leads term 4. Are they committed?',
      'This chapter says so, and A applies them. That is a mistake.',
    );
    run.deliver('AppendEntriesReply', 'C', 'A');
    figure8d(run, {
      asks: 'B and C hold the entries of term 2. The last entry of E is of term 3. Do they vote for E?',
      answer: 'Yes. Term 3 is newer than term 2, so the log of E counts as more up to date.',
    });
    run.deliver('RequestVoteReply', 'C', 'E');
    run.note('E leads term 5 without the entries that A has applied. It will overwrite them.');
    run.settle('B', 'C', 'D', 'E');
  },
  outcome: {
    says: 'A has applied y=1, y=2 and y=3, and every other node has lost them.',
    nodes: {
      A: { lastApplied: 4, machine: { x: '1', y: '3' } },
      B: {
        log: [
          { term: 1, command: 'x=1' },
          { term: 3, command: 'z=1' },
        ],
      },
      E: { role: 'leader', currentTerm: 5 },
    },
    violates: 'Leader Completeness',
  },
};

// What chapter 4 still gets wrong. Chapter 5 begins with the same acts.

import type { Script } from '../../../lib/cluster/script.ts';
import type { Scenario } from '../../../lib/scenario/scenario.ts';
import { elect, electAndSettle } from './elect.ts';

/** C misses an entry, and then the leader that knew it is replaced. Chapter 5 repairs the same. */
export function missingEntry(run: Script): void {
  electAndSettle(run, 'A', 'B');
  run.prologue(() => {
    run.request('A', 'x=1');
    run.drop('AppendEntries', 'A', 'C');
    run.settle();
    run.crash('A');
  });
  elect(run, 'B', 'C');
}

export const neverCatchesUp: Scenario = {
  name: 'never-catches-up',
  title: 'A follower that never catches up',
  about: 'What is still broken: a new leader does not know where the log of a follower ends.',
  nodes: ['A', 'B', 'C'],
  script(run) {
    missingEntry(run);
    run.note('B leads and supposes that C holds all that B holds. C lacks x=1, and refuses.');
    run.deliver('AppendEntries', 'B', 'C');
    run.deliver('AppendEntriesReply', 'C', 'B');
    run.note('B tries again, with the same message. It will be refused for ever.');
    run.timeout('B', 'heartbeat');
    run.deliver('AppendEntries', 'B', 'C');
    run.deliver('AppendEntriesReply', 'C', 'B');
    run.note('With A down, nothing can be committed any more.');
    run.request('B', 'y=2');
    run.deliver('AppendEntries', 'B', 'C');
    run.deliver('AppendEntriesReply', 'C', 'B');
  },
  outcome: {
    says: 'C stores nothing, and B cannot commit.',
    nodes: { B: { role: 'leader', commitIndex: 0 }, C: { log: [] } },
  },
};

/** A holds an entry of term 1 that was never committed; B leads term 2. Chapter 5 repairs the same. */
export function conflictingEntry(run: Script): void {
  electAndSettle(run, 'A', 'B');
  run.prologue(() => {
    run.partition(['A'], ['B', 'C']);
    run.request('A', 'x=1');
  });
  elect(run, 'B', 'C');
  run.prologue(() => {
    run.deliver('AppendEntries', 'B', 'C');
    run.request('B', 'y=2');
    run.deliver('AppendEntries', 'B', 'C');
    run.deliver('AppendEntriesReply', 'C', 'B');
    run.deliver('AppendEntriesReply', 'C', 'B');
    run.heal();
  });
}

export const conflict: Scenario = {
  name: 'conflict',
  title: 'A follower with a conflicting entry',
  about: 'What is still broken: an old leader keeps an entry that was never committed.',
  nodes: ['A', 'B', 'C'],
  script(run) {
    conflictingEntry(run);
    run.note('A is back, with x=1 of term 1 in its log. At the same index B has committed y=2.');
    run.timeout('B', 'heartbeat');
    run.deliver('AppendEntries', 'B', 'A');
    run.note('The entry of B does not fit onto the log of A, and A refuses it, now and always.');
    run.deliver('AppendEntriesReply', 'A', 'B');
    run.timeout('B', 'heartbeat');
    run.deliver('AppendEntries', 'B', 'A');
    run.deliver('AppendEntriesReply', 'A', 'B');
  },
  outcome: {
    says: 'A still holds the entry that nobody else has.',
    nodes: {
      A: { role: 'follower', currentTerm: 2, log: [{ term: 1, command: 'x=1' }] },
      B: { role: 'leader', commitIndex: 1 },
    },
  },
};

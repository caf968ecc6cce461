// The recorded runs of chapter 3.

import type { Step } from '../../lib/cluster/step.ts';
import type { Scenario } from '../../lib/scenario/scenario.ts';
import { elections } from './elections.ts';

/** The first step at which the election timer of a node starts a candidacy in this term. */
const candidateIn = (node: string, term: number) => (step: Step) =>
  step.act.type === 'timeout' && step.node === node && step.after?.currentTerm === term;

const splitVote: Scenario = {
  name: 'split-vote',
  title: 'A split vote, resolved by randomised timeouts',
  about:
    'Five nodes, drawn from a seed. Two candidates share the votes of term 1, and nobody wins. ' +
    'Then the randomised timeouts let one node go first.',
  nodes: ['A', 'B', 'C', 'D', 'E'],
  seed: 302,
  milliseconds: 380,
  narration: [
    { at: candidateIn('C', 1), note: 'C times out first and asks everyone for votes in term 1.' },
    {
      at: candidateIn('A', 1),
      note: 'A does the same before the request of C arrives.',
    },
    {
      at: candidateIn('B', 1),
      note: 'And B. Three candidates in term 1, each with its own vote. Only D and E can still choose.',
    },
    {
      at: (step) => step.event?.type === 'RequestVote' && step.node === 'E',
      note: 'D has voted for A, E votes for C: two votes each, and one for B. Three are needed.',
      question: {
        asks: 'Every vote of term 1 is given now. Who wins?',
        answer:
          'Nobody. The candidates wait, until the first of them times out and tries a new term.',
      },
    },
    {
      at: candidateIn('C', 2),
      note:
        'Each candidate drew a new election timeout at random. That of C is the shortest this time, ' +
        'and the other four have not voted in term 2.',
    },
    {
      at: (step) => step.after?.role === 'leader',
      note: 'The third vote of five: C leads term 2, before any other node has timed out.',
    },
  ],
  outcome: {
    says: 'Term 1 ended without a leader; C leads term 2.',
    nodes: {
      A: { role: 'follower', currentTerm: 2 },
      B: { role: 'follower', currentTerm: 2 },
      C: { role: 'leader', currentTerm: 2 },
      D: { role: 'follower', currentTerm: 2 },
      E: { role: 'follower', currentTerm: 2 },
    },
  },
};

const nothingIsStored: Scenario = {
  name: 'nothing-is-stored',
  title: 'A leader that stores nothing',
  about: 'What is still broken: the cluster agrees on a leader, and the leader keeps nothing.',
  nodes: ['A', 'B', 'C'],
  script(run) {
    run.timeout('A');
    run.deliver('RequestVote', 'A', 'B');
    run.deliver('RequestVoteReply', 'B', 'A');
    run.deliver('AppendEntries', 'A', 'B');
    run.note('A client asks the leader to store a value. No rule listens to that event.');
    run.request('A', 'set x 1');
    run.crash('A');
    run.note('The cluster survives the crash of its leader, but of x nobody has ever heard.');
    run.timeout('B');
    run.deliver('RequestVote', 'B', 'C');
    run.deliver('RequestVoteReply', 'C', 'B');
  },
  outcome: {
    says: 'B leads term 2, and no node knows of x.',
    nodes: { B: { role: 'leader', currentTerm: 2 } },
  },
};

export const scenarios: readonly Scenario[] = [...elections, splitVote, nothingIsStored];

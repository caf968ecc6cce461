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
    'Five nodes, drawn from a seed. Three candidates share the votes of term 1, and nobody wins. ' +
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

const evenCluster: Scenario = {
  name: 'even-cluster',
  title: 'Half of four is no majority',
  about: 'Four nodes. Two votes are not enough, three are, and a second crash is one too many.',
  nodes: ['A', 'B', 'C', 'D'],
  script(run) {
    run.note('A times out and asks for votes in term 1.');
    run.timeout('A');
    run.note('So does C, before the request of A arrives.');
    run.timeout('C');
    run.note('B hears from A first and votes for it.');
    run.deliver('RequestVote', 'A', 'B');
    run.note('D hears from C first and votes for it.');
    run.deliver('RequestVote', 'C', 'D');
    run.ask(
      'A has two votes of four, its own and that of B. Does it lead?',
      'No. Half is not more than half. The other two nodes may be just as many votes for someone else.',
    );
    run.deliver('RequestVoteReply', 'B', 'A');
    run.note(
      'And so they are: C has two votes as well. If two were enough, both would lead term 1.',
    );
    run.deliver('RequestVoteReply', 'D', 'C');
    run.note('The other requests are all refused. Each node has given its vote of term 1.');
    run.deliverAll();
    run.prologue(() => run.deliverAll());
    run.note('D crashes. Three of four nodes are left.');
    run.crash('D');
    run.note('A times out first and asks again, in term 2. B and C have not voted in that term.');
    run.timeout('A');
    run.deliver('RequestVote', 'A', 'B');
    run.deliver('RequestVote', 'A', 'C');
    run.note('Two votes of four, again. The cluster has four nodes, whether they run or not.');
    run.deliver('RequestVoteReply', 'B', 'A');
    run.note('The third vote makes a majority.');
    run.deliver('RequestVoteReply', 'C', 'A');
    run.deliver('AppendEntries', 'A', 'B');
    run.deliver('AppendEntries', 'A', 'C');
    run.note('The leader crashes, too. B and C are left.');
    run.crash('A');
    run.timeout('B');
    run.deliver('RequestVote', 'B', 'C');
    run.ask(
      'With the vote of C, B has those of all nodes that still run. Does it lead?',
      'No. Two of four are no majority. Four nodes ride out one crash, and so do three.',
    );
    run.deliver('RequestVoteReply', 'C', 'B');
  },
  outcome: {
    says: 'B has two votes of four, and there is no leader until another node comes back.',
    nodes: {
      B: { role: 'candidate', currentTerm: 3, votesGranted: ['B', 'C'] },
      C: { role: 'follower', currentTerm: 3, votedFor: 'B' },
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

export const scenarios: readonly Scenario[] = [
  ...elections,
  splitVote,
  evenCluster,
  nothingIsStored,
];

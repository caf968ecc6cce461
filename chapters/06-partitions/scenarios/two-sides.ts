// Runs of chapter 6 in which the network splits in two, and heals.

import type { Script } from '../../../lib/cluster/script.ts';
import type { Scenario } from '../../../lib/scenario/scenario.ts';
import { electAndSettle } from '../../04-replication/scenarios/elect.ts';

const nodes = ['A', 'B', 'C', 'D', 'E'];

/** A leads term 1 and has committed its first entry everywhere. */
function aLeads(run: Script): void {
  electAndSettle(run, 'A', 'B', 'C');
  run.prologue(() => {
    run.timeout('A', 'heartbeat');
    run.settle();
  });
}

/** {A, B} | {C, D, E}: E is elected for term 2. */
function majorityElects(run: Script): void {
  aLeads(run);
  run.note('The network splits: A and B on one side, C, D and E on the other.');
  run.partition(['A', 'B'], ['C', 'D', 'E']);
  run.note('E hears nothing from A any more and asks for votes. C and D are enough.');
  run.timeout('E');
  run.deliver('RequestVote', 'E', 'C');
  run.deliver('RequestVote', 'E', 'D');
  run.deliver('RequestVoteReply', 'C', 'E');
  run.deliver('RequestVoteReply', 'D', 'E');
  run.settle();
}

function clientsOnBothSides(run: Script): void {
  run.note('A client asks A, on the smaller side.');
  run.request('A', 'x=old');
  run.settle();
  run.note('Another client asks E, on the larger side.');
  run.request('E', 'x=new');
  run.settle();
}

export const twoSides: Scenario = {
  name: 'two-sides',
  title: 'A cluster split in two',
  about: 'Two of five on one side, three on the other. Only one side can go on.',
  nodes,
  script(run) {
    majorityElects(run);
    run.ask(
      'A leads term 1 with B, E leads term 2 with C and D. Which of them can commit?',
      'Only E. A majority of the whole cluster is three nodes, whatever can be reached.',
    );
    clientsOnBothSides(run);
  },
  outcome: {
    says: "E's client was answered; A's client was not.",
    nodes: {
      A: { role: 'leader', currentTerm: 1, commitIndex: 1, machine: {} },
      E: { role: 'leader', currentTerm: 2, commitIndex: 3, machine: { x: 'new' } },
    },
  },
};

export const healed: Scenario = {
  name: 'healed',
  title: 'The network heals',
  about: 'The two sides meet again. What only the smaller side stored is replaced.',
  nodes,
  script(run) {
    run.prologue(() => {
      majorityElects(run);
      clientsOnBothSides(run);
    });
    run.note('A and B hold an entry of term 1 that was never committed. Now the network heals.');
    run.heal();
    run.timeout('A', 'heartbeat');
    run.note("A's heartbeat reaches C. Its term is old, and C refuses it.");
    run.deliver('AppendEntries', 'A', 'C');
    run.prologue(() => run.dropAll());
    run.timeout('E', 'heartbeat');
    run.ask(
      "E's heartbeat reaches A and B. What happens to their entry?",
      'They follow E. Their logs agree with that of E at index 1; the entry after it conflicts and is replaced.',
    );
    run.settle('E', 'A');
    run.settle('E', 'B');
    run.timeout('E', 'heartbeat');
    run.settle();
  },
  outcome: {
    says: 'All five hold the same log, and x=old is gone, as its client was never promised it.',
    nodes: Object.fromEntries(
      nodes.map((node) => [
        node,
        {
          currentTerm: 2,
          log: [
            { term: 1, command: 'no-op' },
            { term: 2, command: 'no-op' },
            { term: 2, command: 'x=new' },
          ],
          machine: { x: 'new' },
        },
      ]),
    ),
  },
};

/** {A, B, C} | {D, E}: D and E time out in turn, again and again, and nobody can win. */
export function minorityTries(run: Script, says: string): void {
  aLeads(run);
  run.note('This time the leader is on the larger side: A, B and C.');
  run.partition(['A', 'B', 'C'], ['D', 'E']);
  run.timeout('D');
  run.settle('D', 'E');
  run.note(says);
  for (const candidate of ['E', 'D', 'E']) {
    run.timeout(candidate);
    run.settle('D', 'E');
  }
}

export const minority: Scenario = {
  name: 'minority',
  title: 'A minority elects nobody',
  about: 'Two of five are cut off without a leader. They try and try, and their terms climb.',
  nodes,
  script(run) {
    minorityTries(run, 'D has two votes of five. It cannot win, and neither can E.');
    run.note('Meanwhile the other side works on as if nothing had happened.');
    run.request('A', 'x=1');
    run.settle('A', 'B', 'C');
  },
  outcome: {
    says: 'A leads term 1 and commits; D and E have climbed to term 5 and elected nobody.',
    nodes: {
      A: { role: 'leader', currentTerm: 1, commitIndex: 2 },
      D: { currentTerm: 5 },
      E: { role: 'candidate', currentTerm: 5 },
    },
  },
};

export const returns: Scenario = {
  name: 'minority-returns',
  title: 'A minority returns and deposes a healthy leader',
  about: 'What is still broken: nodes that were cut off come back with a huge term.',
  nodes,
  script(run) {
    minorityTries(run, 'D has two votes of five. It cannot win, and neither can E.');
    run.note('The network heals. A leads well, and everybody could just follow it.');
    run.heal();
    run.timeout('E');
    run.ask(
      'E asks for votes in term 6. Its log is as good as that of A. A leads term 1. What happens?',
      'A sees a newer term and steps down, although nothing was wrong with it.',
    );
    run.deliver('RequestVote', 'E', 'A');
    run.note('The cluster has no leader now, and whoever is next has to be elected first.');
    run.deliver('RequestVote', 'E', 'B');
    run.deliver('RequestVoteReply', 'A', 'E');
    run.deliver('RequestVoteReply', 'B', 'E');
  },
  outcome: {
    says: 'E leads term 6. A, which had served everybody well, was deposed.',
    nodes: { A: { role: 'follower', currentTerm: 6 }, E: { role: 'leader', currentTerm: 6 } },
  },
};

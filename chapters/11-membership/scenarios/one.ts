// Runs of chapter 11 in which one node is added or removed.

import type { Scenario } from '../../../lib/scenario/scenario.ts';
import { lead } from '../../08-persistence/scenarios/lead.ts';
import { foundedBy } from '../state.ts';
import { beat, roundTrip, threeOfFour } from './lead.ts';

export const machineReplaced: Scenario = {
  name: 'machine-replaced',
  title: 'A broken machine is replaced',
  about:
    'The run that chapter 10 got wrong. This time an administrator sees to it before the second machine breaks.',
  ...threeOfFour,
  script(run) {
    lead(run, 'A', 'B');
    run.note('A, B and C are the cluster. The machine of C breaks, and will not come back.');
    run.crash('C');
    run.ask(
      'An administrator asks A that A, B, C and D be the voters. D is new. Is it one of them at once?',
      'No. Its log is empty. A sends it its log first, and D has no vote meanwhile.',
    );
    run.change('A', 'A', 'B', 'C', 'D');
    roundTrip(run, 'AppendEntries', 'A', 'D');
    run.deliver('AppendEntries', 'A', 'D');
    run.ask(
      'D stores all that the log of A held when it began. What does A do now?',
      'It appends the new configuration as an entry, and goes by it at once. Now it takes three of four to commit.',
    );
    run.deliver('AppendEntriesReply', 'D', 'A');
    run.prologue(() => run.drop('AppendEntries', 'A', 'C'));
    run.note('B and D go by the new configuration as soon as they store it.');
    roundTrip(run, 'AppendEntries', 'A', 'B');
    roundTrip(run, 'AppendEntries', 'A', 'D');
    run.note('It is committed: A, B and D store it. Now C is taken out, in a change of its own.');
    run.change('A', 'A', 'B', 'D');
    roundTrip(run, 'AppendEntries', 'A', 'B');
    run.prologue(() => run.settle('A', 'B', 'D'));
    beat(run, 'A', 'B', 'D');
    run.note('The cluster is A, B and D, and two of them are a majority. The machine of B breaks.');
    run.crash('B');
    run.request('A', 'x=2');
    run.prologue(() => run.drop('AppendEntries', 'A', 'B'));
    run.deliver('AppendEntries', 'A', 'D');
    run.note('Chapter 10 could not commit this: A and D were one of three, and a stranger.');
    run.deliver('AppendEntriesReply', 'D', 'A');
  },
  outcome: {
    says: 'A, B and D are the cluster, and x is 2.',
    nodes: {
      A: { role: 'leader', configuration: [['A', 'B', 'D']], machine: { x: '2' } },
      D: { role: 'follower', configuration: [['A', 'B', 'D']] },
    },
  },
};

export const beginsAlone: Scenario = {
  name: 'begins-alone',
  title: 'A cluster that begins with one node',
  about: 'A founds a cluster of which it is the only member. The others join, one after the other.',
  nodes: ['A', 'B', 'C'],
  start: foundedBy(['A'], ['A', 'B', 'C']),
  script(run) {
    run.ask(
      'The election timer of B runs out. Does it stand for election?',
      'No. It knows a configuration in which it has no vote, and nothing in its log says otherwise.',
    );
    run.timeout('B');
    run.note('A is a majority of its cluster. It elects itself, and commits alone.');
    run.timeout('A');
    run.request('A', 'x=1');
    run.note('B is to join. A single node can say so, and A commits alone until B has a vote.');
    run.change('A', 'A', 'B');
    roundTrip(run, 'AppendEntries', 'A', 'B');
    roundTrip(run, 'AppendEntries', 'A', 'B');
    run.ask(
      'A has appended the configuration of A and B. May it commit that, as it has committed all so far?',
      'No. It is in force, so it takes both. If A went on alone, B could be elected without what it commits.',
    );
    run.timeout('A', 'heartbeat');
    run.deliver('AppendEntries', 'A', 'B');
    run.note('B has a vote. From now on, A can commit nothing without it.');
    run.deliver('AppendEntriesReply', 'B', 'A');
    run.note('Then C joins.');
    run.change('A', 'A', 'B', 'C');
    run.settle();
    run.prologue(() => run.timeout('A', 'heartbeat'));
    run.settle();
  },
  outcome: {
    says: 'A, B and C are the cluster.',
    nodes: {
      A: { role: 'leader', configuration: [['A', 'B', 'C']] },
      B: { role: 'follower', configuration: [['A', 'B', 'C']], machine: { x: '1' } },
      C: { role: 'follower', configuration: [['A', 'B', 'C']], machine: { x: '1' } },
    },
  },
};

export const doesNotCountYet: Scenario = {
  name: 'does-not-count-yet',
  title: 'Who catches up does not count yet',
  about:
    'D is sent a snapshot and entries. As long as it has no vote, what it stores counts for nothing.',
  ...threeOfFour,
  script(run) {
    lead(run, 'A', 'B');
    run.prologue(() => {
      for (const command of ['x=1', 'y=2', 'z=3', 'x=4']) {
        run.request('A', command);
        run.settle();
      }
    });
    run.note('A has compacted its log, and has one entry after it. D is to join.');
    run.change('A', 'A', 'B', 'C', 'D');
    roundTrip(run, 'AppendEntries', 'A', 'D');
    run.note('The snapshot also tells who belongs to the cluster: A, B and C, and not D itself.');
    roundTrip(run, 'InstallSnapshot', 'A', 'D');
    run.deliver('InstallSnapshot', 'A', 'D');
    run.note('A client sets x. What goes to B and C is slow.');
    run.request('A', 'x=5');
    run.prologue(() => run.drop('InstallSnapshot', 'A', 'D'));
    run.deliver('InstallSnapshotReply', 'D', 'A');
    run.deliver('AppendEntries', 'A', 'D');
    run.ask(
      'A and D store x=5. Is it committed?',
      'No. It takes two of A, B and C. D has no vote, so it does not count. But it has caught up, and A appends the new configuration.',
    );
    run.deliver('AppendEntriesReply', 'D', 'A');
    run.note('Now D counts, and it takes three of four.');
    run.deliver('AppendEntries', 'A', 'D');
    run.deliver('AppendEntriesReply', 'D', 'A');
    run.settle();
    beat(run, 'A', 'B', 'C', 'D');
  },
  outcome: {
    says: 'D has a vote, and everything that the others have.',
    nodes: {
      A: {
        role: 'leader',
        configuration: [['A', 'B', 'C', 'D']],
        machine: { x: '5', y: '2', z: '3' },
      },
      D: { role: 'follower', configuration: [['A', 'B', 'C', 'D']] },
    },
  },
};

export const votesWithoutAVote: Scenario = {
  name: 'votes-without-a-vote',
  title: 'A vote from a node that has none, as far as it knows',
  about:
    'A gives B a vote, and crashes before B hears of it. Without B, A cannot be elected again.',
  nodes: ['A', 'B'],
  start: foundedBy(['A'], ['A', 'B']),
  script(run) {
    run.prologue(() => {
      run.timeout('A');
      run.change('A', 'A', 'B');
      roundTrip(run, 'AppendEntries', 'A', 'B');
      roundTrip(run, 'AppendEntries', 'A', 'B');
    });
    run.note('A has appended the configuration of A and B. The entry is lost on its way to B.');
    run.drop('AppendEntries', 'A', 'B');
    run.crash('A');
    run.restart('A');
    run.prologue(() => run.timeout('B', 'contact'));
    run.note('A goes by its log: it needs the vote of B.');
    run.timeout('A');
    run.ask(
      'By the log of B, only A has a vote. Does B answer as if it had one?',
      'Yes. Whose vote counts is for the candidate to say. Who is asked does not look at its own configuration.',
    );
    roundTrip(run, 'PreVote', 'A', 'B');
    roundTrip(run, 'RequestVote', 'A', 'B');
    run.settle();
  },
  outcome: {
    says: 'A leads, with the vote of B.',
    nodes: {
      A: { role: 'leader', currentTerm: 2, configuration: [['A', 'B']] },
      B: { role: 'follower', configuration: [['A', 'B']] },
    },
  },
};

export const membersInTheSnapshot: Scenario = {
  name: 'members-in-the-snapshot',
  title: 'Which members a snapshot tells',
  about: 'A compacts its log while a change is in it that is not committed.',
  nodes: ['A', 'B', 'C'],
  script(run) {
    lead(run, 'A', 'B');
    run.prologue(() => {
      for (const command of ['x=1', 'y=2']) {
        run.request('A', command);
        run.settle();
      }
      run.request('A', 'z=3');
    });
    run.note('Three entries are applied, and a fourth is on its way. Then C is taken out.');
    run.change('A', 'A', 'B');
    run.ask(
      'B stores the fourth entry. A applies it and takes a snapshot. Which members belong to it?',
      'A, B and C. The change stands in the log after the end of the snapshot, and may yet be cut.',
    );
    roundTrip(run, 'AppendEntries', 'A', 'B');
    run.note('A crashes, and starts again with its snapshot and the entry after it.');
    run.crash('A');
    run.restart('A');
  },
  outcome: {
    says: 'The snapshot tells of three members, and the log after it of two.',
    nodes: { A: { role: 'follower', configuration: [['A', 'B']], commitIndex: 4 } },
  },
};

export const tooSlow: Scenario = {
  name: 'too-slow',
  title: 'A new node that is too slow',
  about: 'D takes longer than an election timeout to catch up. By then it has missed more.',
  ...threeOfFour,
  script(run) {
    lead(run, 'A', 'B');
    run.note('D is to join. The first message to it is slow.');
    run.change('A', 'A', 'B', 'C', 'D');
    run.prologue(() => {
      for (let count = 0; count < 3; count++) {
        run.timeout('A', 'heartbeat');
        run.settle('A', 'B', 'C');
      }
      run.request('A', 'x=1');
      run.drop('AppendEntries', 'A', 'B');
      run.drop('AppendEntries', 'A', 'C');
    });
    run.note('Three heartbeats later, D answers. It is sent what it lacks.');
    roundTrip(run, 'AppendEntries', 'A', 'D');
    run.prologue(() => {
      for (let count = 0; count < 4; count++) run.drop('AppendEntries', 'A', 'D');
    });
    run.deliver('AppendEntries', 'A', 'D');
    run.ask(
      'D now stores all that A held when it began. Does it get its vote?',
      'No. That took too long: had D a vote, the others might have to wait for it. It goes through another catch-up round.',
    );
    run.deliver('AppendEntriesReply', 'D', 'A');
    run.note('The second catch-up round is short, so D has caught up.');
    run.settle();
    run.prologue(() => run.timeout('A', 'heartbeat'));
    run.settle();
  },
  outcome: {
    says: 'D has a vote, and it came with the second catch-up round.',
    nodes: { D: { role: 'follower', configuration: [['A', 'B', 'C', 'D']], machine: { x: '1' } } },
  },
};

export const oneAfterTheOther: Scenario = {
  name: 'one-after-the-other',
  title: 'One change after the other',
  about:
    'A change is asked for while the one before is not committed, and asked of the wrong node.',
  ...threeOfFour,
  script(run) {
    lead(run, 'A', 'B');
    run.note('C is taken out. The entry is slow to arrive at B.');
    run.change('A', 'A', 'B');
    run.ask(
      'Before it is committed, B is to go as well. Would A and B, and A alone, be safe in a row?',
      'No. A would commit alone, and B and C, who know of nothing, could elect another leader. A refuses.',
    );
    run.change('A', 'A');
    run.note('B stores it as well. Now it is committed.');
    roundTrip(run, 'AppendEntries', 'A', 'B');
    beat(run, 'A', 'B');
    run.note('D is to join. An administrator asks B, which does not lead and names who does.');
    run.change('B', 'A', 'B', 'D');
    run.note('A takes on the next change.');
    run.change('A', 'A', 'B', 'D');
    run.settle('A', 'B', 'D');
  },
  outcome: {
    says: 'The cluster is A, B and D.',
    nodes: {
      A: { role: 'leader', configuration: [['A', 'B', 'D']] },
      C: { role: 'follower', configuration: [['A', 'B', 'C']] },
    },
  },
};

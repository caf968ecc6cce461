// Runs of chapter 11 in which more than one node changes: joint consensus, and what comes of doing it at once.

import type { Scenario } from '../../../lib/scenario/scenario.ts';
import type { Script } from '../../../lib/cluster/script.ts';
import { elect, lead, loseContact } from '../../08-persistence/scenarios/lead.ts';
import { beat, roundTrip, threeOfFive } from './lead.ts';

/** A leads. A client sets x, D and E have caught up, and only the answer of E is still under way. */
function growToFive(run: Script): void {
  lead(run, 'A', 'B');
  run.note('D and E are to join A, B and C. They catch up, and a client sets x meanwhile.');
  run.change('A', 'A', 'B', 'C', 'D', 'E');
  run.prologue(() => {
    for (const node of ['D', 'E']) roundTrip(run, 'AppendEntries', 'A', node);
    for (const node of ['D', 'E']) run.deliver('AppendEntries', 'A', node);
    run.deliver('AppendEntriesReply', 'D', 'A');
    run.request('A', 'x=1');
    roundTrip(run, 'AppendEntries', 'A', 'D');
  });
}

/** What A has appended reaches D and E, and neither B nor C. */
function splitInTwo(run: Script): void {
  run.prologue(() => {
    for (const node of ['B', 'C', 'B', 'C']) run.drop('AppendEntries', 'A', node);
    roundTrip(run, 'AppendEntries', 'A', 'E');
  });
  for (const node of ['D', 'E']) roundTrip(run, 'AppendEntries', 'A', node);
}

export const changedAtOnce: Scenario = {
  name: 'changed-at-once',
  title: 'Two nodes at once',
  about:
    'Rules that let any change be made at once. Then there are two majorities that share no node.',
  ...threeOfFive,
  variant: 'changes-at-once',
  script(run) {
    growToFive(run);
    run.ask(
      'With these rules A appends the five voters and goes by them. How many does it need to commit?',
      'Three of five. A, D and E are enough. Neither B nor C need know of it.',
    );
    run.deliver('AppendEntriesReply', 'E', 'A');
    splitInTwo(run);
    run.note(
      'B and C still go by the three voters A, B and C. They have not heard from A for long.',
    );
    loseContact(run, 'B', 'C');
    run.timeout('B');
    run.ask(
      'B asks C. Two of three are a majority for them. What is wrong with that?',
      'A has committed an entry with D and E that neither B nor C stores. The two majorities share no node.',
    );
    run.prologue(() => {
      run.deliver('PreVote', 'B', 'C');
      run.deliver('PreVoteReply', 'C', 'B');
    });
    run.deliver('RequestVote', 'B', 'C');
    run.deliver('RequestVoteReply', 'C', 'B');
  },
  outcome: {
    says: 'B leads without an entry that A has committed.',
    nodes: { A: { role: 'leader' }, B: { role: 'leader' } },
    violates: 'Leader Completeness',
  },
};

export const jointConsensus: Scenario = {
  name: 'joint-consensus',
  title: 'Two nodes by way of a joint configuration',
  about: 'The same schedule with the rules of this chapter. Old and new voters must agree.',
  ...threeOfFive,
  script(run) {
    growToFive(run);
    run.ask(
      'A appends a joint configuration: the voters A B C, and the voters A to E. What does it take to commit it?',
      'Two of the three old voters, and three of the five new ones.',
    );
    run.deliver('AppendEntriesReply', 'E', 'A');
    splitInTwo(run);
    run.note(
      'A, D and E are three of five, but one of three. Nothing is committed, so B may be elected.',
    );
    loseContact(run, 'B', 'C');
    run.prologue(() => {
      elect(run, 'B', 'C');
      run.settle('B', 'C');
    });
    run.note('B leads term 2, and knows nothing of the change. A hears of it.');
    run.prologue(() => run.timeout('A', 'heartbeat'));
    roundTrip(run, 'AppendEntries', 'A', 'B');
    run.prologue(() => run.dropAll());
    run.ask(
      'B overwrites the joint configuration on A. Which configuration does A go by then?',
      'The one before, A B C. What is cut from the log is not in force any more.',
    );
    run.prologue(() => run.timeout('B', 'heartbeat'));
    roundTrip(run, 'AppendEntries', 'B', 'A');
    run.settle('A', 'B', 'C');
    run.note('The administrator has heard no answer, and asks B. This time nothing goes wrong.');
    run.change('B', 'A', 'B', 'C', 'D', 'E');
    run.prologue(() => {
      run.settle();
      run.timeout('B', 'heartbeat');
      run.settle();
    });
    run.note('Once the joint configuration was committed, B appended the new one alone.');
    run.request('B', 'x=2');
    run.settle();
  },
  outcome: {
    says: 'The five are the cluster, and there never were two majorities.',
    nodes: {
      A: { role: 'follower', configuration: [['A', 'B', 'C', 'D', 'E']] },
      B: { role: 'leader', configuration: [['A', 'B', 'C', 'D', 'E']], machine: { x: '2' } },
      E: { role: 'follower', configuration: [['A', 'B', 'C', 'D', 'E']] },
    },
  },
};

export const wholeNewCluster: Scenario = {
  name: 'whole-new-cluster',
  title: 'The leader goes with the old voters',
  about:
    'C, D and E take over from A, B and C. A leads until the new configuration is committed without it.',
  ...threeOfFive,
  script(run) {
    lead(run, 'A', 'B');
    run.prologue(() => {
      run.change('A', 'C', 'D', 'E');
      for (const node of ['D', 'E']) roundTrip(run, 'AppendEntries', 'A', node);
      for (const node of ['D', 'E']) roundTrip(run, 'AppendEntries', 'A', node);
    });
    run.note('A has appended the joint configuration of A B C and C D E. D and E store it.');
    for (const node of ['D', 'E']) roundTrip(run, 'AppendEntries', 'A', node);
    run.ask(
      'A, D and E store it. C is in both groups, and has not answered. Is it committed?',
      'No. D and E are two of the three new voters, but of the old ones only A stores it.',
    );
    run.deliver('AppendEntries', 'A', 'B');
    run.note('B makes two of three. The joint configuration is committed, and A appends C D E.');
    run.deliver('AppendEntriesReply', 'B', 'A');
    run.prologue(() => run.drop('AppendEntries', 'A', 'C'));
    run.note('A leads a cluster to which it does not belong. It does not count itself.');
    roundTrip(run, 'AppendEntries', 'A', 'D');
    run.ask(
      'D stores the new configuration, and so does A. Is that a majority of C, D and E?',
      'No. A has no vote in it. One more is needed.',
    );
    run.deliver('AppendEntries', 'A', 'E');
    run.note('Now it is committed, and A steps down.');
    run.deliver('AppendEntriesReply', 'E', 'A');
    run.note('D is elected by C, D and E. Nobody asks A or B any more.');
    loseContact(run, 'C', 'E');
    run.prologue(() => run.dropAll());
    run.timeout('D');
    run.settle('C', 'D', 'E');
  },
  outcome: {
    says: 'D leads C, D and E. A has stepped down.',
    nodes: {
      A: { role: 'follower', configuration: [['C', 'D', 'E']] },
      B: { role: 'follower' },
      D: { role: 'leader', configuration: [['C', 'D', 'E']] },
    },
  },
};

export const finishedByAnother: Scenario = {
  name: 'finished-by-another',
  title: 'Another leader finishes the change',
  about: 'The leader crashes in the middle of a joint configuration.',
  ...threeOfFive,
  script(run) {
    growToFive(run);
    run.prologue(() => {
      run.deliver('AppendEntriesReply', 'E', 'A');
      for (const node of ['B', 'C']) run.deliver('AppendEntries', 'A', node);
      for (const node of ['B', 'C', 'D']) run.deliver('AppendEntries', 'A', node);
    });
    run.note('B, C and D store the joint configuration. A crashes before it hears of that.');
    run.crash('A');
    loseContact(run, 'B', 'C', 'D', 'E');
    run.prologue(() => run.dropAll());
    run.timeout('B');
    run.prologue(() => {
      for (const node of ['A', 'E']) run.drop('PreVote', 'B', node);
    });
    run.ask(
      'C would vote for B. Is that enough?',
      'No. B and C are two of the three old voters, but only two of the five new ones.',
    );
    roundTrip(run, 'PreVote', 'B', 'C');
    roundTrip(run, 'PreVote', 'B', 'D');
    run.prologue(() => {
      for (const node of ['A', 'E']) run.drop('RequestVote', 'B', node);
      for (const node of ['C', 'D']) roundTrip(run, 'RequestVote', 'B', node);
    });
    run.note('B leads. It does not know whether the joint configuration is committed.');
    run.prologue(() => {
      for (const node of ['A', 'E']) run.drop('AppendEntries', 'B', node);
    });
    roundTrip(run, 'AppendEntries', 'B', 'C');
    run.note('With the first entry of its own term it is. B goes on where A stopped.');
    roundTrip(run, 'AppendEntries', 'B', 'D');
    run.prologue(() => run.drop('AppendEntries', 'B', 'A'));
    run.settle('B', 'C', 'D', 'E');
    beat(run, 'B', 'C', 'D', 'E');
  },
  outcome: {
    says: 'B leads the five.',
    nodes: {
      B: { role: 'leader', configuration: [['A', 'B', 'C', 'D', 'E']] },
      E: { role: 'follower', configuration: [['A', 'B', 'C', 'D', 'E']] },
    },
  },
};

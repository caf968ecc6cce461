// Runs of chapter 12 in which one value is chosen: in a clean round, after another proposer, and in spite of late messages.

import type { Scenario } from '../../../lib/scenario/scenario.ts';

export const cleanRound: Scenario = {
  name: 'clean-round',
  title: 'A clean round',
  about:
    'Three nodes, one proposer, nothing lost: two round trips choose a value, and a message tells it.',
  nodes: ['A', 'B', 'C'],
  script(run) {
    run.note(
      'A client of A wants x=1. A begins ballot 1, promises it itself, and asks B and C for the same promise.',
    );
    run.request('A', 'x=1');
    run.note(
      'B has promised nothing yet. It promises ballot 1, writes that down, and has accepted nothing.',
    );
    run.deliver('Prepare', 'A', 'B');
    run.deliver('Prepare', 'A', 'C');
    run.note(
      'Two of three have promised, and neither has accepted a value. So A is free to propose its own.',
    );
    run.deliver('Promise', 'B', 'A');
    run.note(
      'The third promise comes when A has proposed already. What it tells cannot matter any more.',
    );
    run.deliver('Promise', 'C', 'A');
    run.deliver('Accept', 'A', 'B');
    run.ask(
      'A and B have accepted x=1 in ballot 1, and A does not know yet that B has. Is x=1 chosen?',
      'Yes. A value is chosen by what a majority of acceptors has done. Who knows of it comes later.',
    );
    run.deliver('Accept', 'A', 'C');
    run.note('A learns that a majority has accepted. It tells the others.');
    run.deliver('Accepted', 'B', 'A');
    run.deliver('Accepted', 'C', 'A');
    run.deliver('Chosen', 'A', 'B');
    run.deliver('Chosen', 'A', 'C');
    run.note('A client of B wants another value. It comes too late: nothing is proposed any more.');
    run.request('B', 'x=2');
  },
  outcome: {
    says: 'x=1 is chosen, and every node has learned it.',
    nodes: {
      A: { role: 'acceptor', chosen: 'x=1', accepted: { ballot: 1, value: 'x=1' } },
      B: { chosen: 'x=1', wanted: null },
      C: { chosen: 'x=1' },
    },
  },
};

export const valueAdopted: Scenario = {
  name: 'value-adopted',
  title: 'A value that must be adopted',
  about:
    'A has its value accepted by a majority and crashes before anybody knows. C comes with another value, and must not propose it.',
  nodes: ['A', 'B', 'C'],
  script(run) {
    run.prologue(() => {
      run.request('A', 'x=1');
      run.deliver('Prepare', 'A', 'B');
      run.drop('Prepare', 'A', 'C');
      run.deliver('Promise', 'B', 'A');
    });
    run.note(
      'A and B have promised ballot 1. B accepts x=1, as A has done itself. That is a majority.',
    );
    run.deliver('Accept', 'A', 'B');
    run.note('A crashes. It has not heard from B, and C has heard nothing at all.');
    run.crash('A');
    run.prologue(() => run.dropAll());
    run.note('A client of C wants x=2. C begins ballot 3.');
    run.request('C', 'x=2');
    run.note('B promises ballot 3, and tells what it has accepted: x=1, in ballot 1.');
    run.deliver('Prepare', 'C', 'B');
    run.ask(
      'C has promises from a majority, itself included. Which value may it propose?',
      'Only x=1. A majority may have accepted it, for all that C can know; and here one has.',
    );
    run.deliver('Promise', 'B', 'C');
    run.note('B accepts x=1 once more, now in ballot 3.');
    run.deliver('Accept', 'C', 'B');
    run.deliver('Accepted', 'B', 'C');
    run.note('The client of C learns that another value than its own was chosen.');
    run.deliver('Chosen', 'C', 'B');
  },
  outcome: {
    says: 'C wanted x=2, and has had x=1 chosen.',
    nodes: {
      B: { chosen: 'x=1', accepted: { ballot: 3, value: 'x=1' } },
      C: { chosen: 'x=1', wanted: 'x=2', proposed: 'x=1' },
    },
  },
};

export const highestBallot: Scenario = {
  name: 'highest-ballot',
  title: 'Of two accepted values, that of the highest ballot',
  about:
    'A alone accepts x=1 in ballot 1; B and C choose x=2 in ballot 3. Then A tries again, and gives up the value it accepted itself.',
  nodes: ['A', 'B', 'C'],
  script(run) {
    run.prologue(() => {
      run.request('A', 'x=1');
      run.deliver('Prepare', 'A', 'B');
      run.drop('Prepare', 'A', 'C');
    });
    run.note(
      'A has promises from a majority and proposes x=1. It accepts its own proposal, and nobody else hears of it.',
    );
    run.deliver('Promise', 'B', 'A');
    run.drop('Accept', 'A', 'B');
    run.drop('Accept', 'A', 'C');
    run.note('C begins ballot 3. A does not hear of it; B does, and has accepted nothing.');
    run.request('C', 'x=2');
    run.drop('Prepare', 'C', 'A');
    run.deliver('Prepare', 'C', 'B');
    run.ask(
      'A has accepted x=1, and neither B nor C knows. May C propose x=2?',
      'Yes. B and C are a majority without x=1, and have promised to accept nothing below ballot 3. So x=1 can never be chosen in ballot 1.',
    );
    run.deliver('Promise', 'B', 'C');
    run.drop('Accept', 'C', 'A');
    run.deliver('Accept', 'C', 'B');
    run.note('C knows that x=2 is chosen. It tells the others, and the messages are lost.');
    run.deliver('Accepted', 'B', 'C');
    run.dropAll();
    run.note('A has had no answer. Its timer runs out, and it tries ballot 4.');
    run.timeout('A');
    run.drop('Prepare', 'A', 'C');
    run.deliver('Prepare', 'A', 'B');
    run.ask(
      'A itself has accepted x=1 in ballot 1, and B x=2 in ballot 3. What does A propose?',
      'x=2. Only the value of the highest ballot can have been chosen.',
    );
    run.deliver('Promise', 'B', 'A');
    run.drop('Accept', 'A', 'C');
    run.deliver('Accept', 'A', 'B');
    run.deliver('Accepted', 'B', 'A');
    run.dropAll();
  },
  outcome: {
    says: 'A wanted x=1 and had accepted it; now it knows that x=2 is chosen.',
    nodes: {
      A: { wanted: 'x=1', chosen: 'x=2', accepted: { ballot: 4, value: 'x=2' } },
      C: { chosen: 'x=2' },
    },
  },
};

export const countedOnce: Scenario = {
  name: 'counted-once',
  title: 'Acceptances of one ballot, each acceptor once',
  about:
    'Five nodes, two of them cut off. What B accepted in ballot 1 does not count in ballot 6, and a message that comes twice is one acceptance.',
  nodes: ['A', 'B', 'C', 'D', 'E'],
  script(run) {
    run.prologue(() => run.partition(['A', 'B', 'C'], ['D', 'E']));
    run.note(
      'Of five nodes, A has the ballots 1, 6, 11 and so on. D and E are cut off, so every answer of B and C is needed.',
    );
    run.request('A', 'x=1');
    run.prologue(() => {
      run.deliver('Prepare', 'A', 'B');
      run.deliver('Prepare', 'A', 'C');
      run.deliver('Promise', 'B', 'A');
    });
    run.note('With the promise of C there are three of five. A proposes x=1.');
    run.deliver('Promise', 'C', 'A');
    run.deliver('Accept', 'A', 'B');
    run.drop('Accept', 'A', 'C');
    run.note('The proposal to C is lost, and the answer of B is slow. A tries ballot 6.');
    run.timeout('A');
    run.prologue(() => {
      run.deliver('Prepare', 'A', 'B');
      run.deliver('Prepare', 'A', 'C');
      run.deliver('Promise', 'B', 'A');
    });
    run.note(
      'The promises tell of x=1 in ballot 1. It is what A wants anyway, and A proposes it in ballot 6.',
    );
    run.deliver('Promise', 'C', 'A');
    run.deliver('Accept', 'A', 'C');
    run.note('The network doubles the answer of C.');
    run.duplicate('Accepted', 'C', 'A');
    run.deliver('Accepted', 'C', 'A');
    run.note('The second copy tells nothing new. A and C are two of five.');
    run.deliver('Accepted', 'C', 'A');
    run.ask(
      'Now the slow answer of B to ballot 1 arrives. Does A have three of five?',
      'No. A value is chosen by a majority in one ballot. In ballot 6, B has promised and not accepted yet.',
    );
    run.deliver('Accepted', 'B', 'A');
    run.deliver('Accept', 'A', 'B');
    run.note('B is the third.');
    run.deliver('Accepted', 'B', 'A');
  },
  outcome: {
    says: 'x=1 is chosen in ballot 6, by A, B and C.',
    nodes: { A: { chosen: 'x=1', acceptedBy: ['A', 'B', 'C'], ballot: 6 } },
  },
};

export const lateMessages: Scenario = {
  name: 'late-messages',
  title: 'Promises and refusals of an older ballot',
  about: 'A begins two ballots. What belongs to the first arrives in the middle of the second.',
  nodes: ['A', 'B', 'C'],
  script(run) {
    run.request('A', 'x=1');
    run.deliver('Prepare', 'A', 'B');
    run.note('The answer of B is slow. The timer of A runs out, and it begins ballot 4.');
    run.timeout('A');
    run.ask(
      'The promise of B for ballot 1 arrives. Does A have a majority for ballot 4?',
      'No. B has not promised ballot 4, and may still accept something in ballot 2 or 3.',
    );
    run.deliver('Promise', 'B', 'A');
    run.note('C hears of ballot 4 first, and promises it.');
    run.deliver('Prepare', 'A', 'C', 2);
    run.note('Then the older message comes to C. It has promised a higher ballot, and says so.');
    run.deliver('Prepare', 'A', 'C');
    run.note('The refusal is about ballot 1. It does not stop ballot 4.');
    run.deliver('Nack', 'C', 'A');
    run.deliver('Promise', 'C', 'A');
    run.note(
      'While A is at it, its client asks for another value. A proposes one value, the first.',
    );
    run.request('A', 'y=2');
    run.deliver('Accept', 'A', 'C');
    run.deliver('Accepted', 'C', 'A');
    run.note('The timer of A runs out once more. There is nothing left to try.');
    run.timeout('A');
    run.prologue(() => run.settle());
  },
  outcome: {
    says: 'x=1 is chosen in ballot 4.',
    nodes: { A: { chosen: 'x=1', ballot: 4 }, B: { chosen: 'x=1' }, C: { chosen: 'x=1' } },
  },
};

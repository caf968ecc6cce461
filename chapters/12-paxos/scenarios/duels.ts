// Runs of chapter 12 about two proposers at once, and about the shortcut that leaves out the promises.

import type { Script } from '../../../lib/cluster/script.ts';
import type { Scenario } from '../../../lib/scenario/scenario.ts';

/** A and B begin a ballot each, and C promises both, the higher one last. A's proposal is refused. */
function duel(run: Script): void {
  run.prologue(() => {
    run.cut('A', 'B');
    run.cut('B', 'A');
  });
  run.note(
    'A and B do not reach each other, only C. A client of A wants x=1, and one of B wants x=2.',
  );
  run.request('A', 'x=1');
  run.request('B', 'x=2');
  run.deliver('Prepare', 'A', 'C');
  run.note('C promised ballot 1, and promises ballot 2. From now on it refuses ballot 1.');
  run.deliver('Prepare', 'B', 'C');
  run.deliver('Promise', 'C', 'A');
  run.deliver('Promise', 'C', 'B');
  run.note('A has its promises, but too late: C has promised a higher ballot since.');
  run.deliver('Accept', 'A', 'C');
}

/** The proposer that was refused has begun a higher ballot at once, just before the other proposes. */
function outbid(run: Script, proposer: 'A' | 'B', other: 'A' | 'B'): void {
  run.deliver('Prepare', proposer, 'C');
  run.deliver('Promise', 'C', proposer);
  run.deliver('Accept', other, 'C');
  run.deliver('Nack', 'C', other);
}

export const duelForEver: Scenario = {
  name: 'duel-for-ever',
  title: 'Duelling proposers',
  about: 'Two proposers that try again at once. Each takes the promise away that the other needs.',
  nodes: ['A', 'B', 'C'],
  variant: 'without-back-off',
  script(run) {
    duel(run);
    run.note('A is refused and begins ballot 4 at once.');
    run.deliver('Nack', 'C', 'A');
    run.note('C promises ballot 4, just before the proposal of B arrives.');
    outbid(run, 'A', 'B');
    run.ask(
      'B has begun ballot 5. Can this go on for ever?',
      'Yes. As long as each is faster with its promise than the other with its proposal, nothing is chosen. Nothing wrong is chosen, either.',
    );
    outbid(run, 'B', 'A');
    outbid(run, 'A', 'B');
    outbid(run, 'B', 'A');
  },
  outcome: {
    says: 'Five ballots were begun after the first two, and nothing is chosen.',
    nodes: {
      A: { chosen: null, ballot: 10 },
      B: { chosen: null, ballot: 8 },
      C: { chosen: null, accepted: null, promised: 8 },
    },
  },
};

export const duelEnds: Scenario = {
  name: 'duel-ends',
  title: 'The same duel, with back-off',
  about: 'A proposer that is refused waits for a random while. The other one gets through.',
  nodes: ['A', 'B', 'C'],
  script(run) {
    duel(run);
    run.note('A is refused. It gives its ballot up and waits.');
    run.deliver('Nack', 'C', 'A');
    run.note('The proposal of B arrives, and nothing has come in between.');
    run.deliver('Accept', 'B', 'C');
    run.note('B and C have accepted x=2. It is chosen.');
    run.deliver('Accepted', 'C', 'B');
    run.deliver('Chosen', 'B', 'C');
    run.note(
      'A does not know. Its time is over, and it tries a ballot above the one that it was refused for.',
    );
    run.timeout('A');
    run.deliver('Prepare', 'A', 'C');
    run.note('C tells it what it has accepted. So A learns by proposing.');
    run.deliver('Promise', 'C', 'A');
    run.deliver('Accept', 'A', 'C');
    run.deliver('Accepted', 'C', 'A');
  },
  outcome: {
    says: 'x=2 is chosen, and all three have learned it.',
    nodes: { A: { chosen: 'x=2', ballot: 4 }, B: { chosen: 'x=2' }, C: { chosen: 'x=2' } },
  },
};

export const noPromises: Scenario = {
  name: 'no-promises',
  title: 'The shortcut: no promises',
  about:
    'Acceptors take the proposal with the highest number and report it at once. The run is the shortest that a search of every interleaving finds.',
  nodes: ['A', 'B', 'C'],
  variant: 'without-promises',
  script(run) {
    run.note('A asks at once to accept x=1 in ballot 1, and accepts it itself.');
    run.request('A', 'x=1');
    run.note('B does the same with x=2 in ballot 2.');
    run.request('B', 'x=2');
    run.note(
      'A takes the higher number. A and B have accepted x=2 in ballot 2, a majority: x=2 is chosen.',
    );
    run.deliver('Accept', 'B', 'A');
    run.ask(
      'The first proposal of A reaches C, which has heard nothing yet. What does C do?',
      'It accepts x=1. A and C have then accepted x=1 in ballot 1, a majority as well. Nobody had promised to refuse ballot 1 before ballot 2 began.',
    );
    run.deliver('Accept', 'A', 'C');
  },
  outcome: {
    says: 'Two values are chosen: x=2 by A and B in ballot 2, x=1 by A and C in ballot 1.',
    nodes: {
      A: { accepted: { ballot: 2, value: 'x=2' } },
      C: { accepted: { ballot: 1, value: 'x=1' } },
    },
    violates: 'One value is chosen',
  },
};

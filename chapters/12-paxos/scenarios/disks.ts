// Runs of chapter 12 about acceptors that crash: a promise and an acceptance outlive it, and a minority is not missed.

import type { Script } from '../../../lib/cluster/script.ts';
import type { Scenario } from '../../../lib/scenario/scenario.ts';

/** B promises ballot 3 to C, crashes, starts again, and is asked by A for ballot 1. */
function askedAgain(run: Script, kept: string, answer: string): void {
  run.note('A begins ballot 1, and C begins ballot 3. B hears of ballot 3 first.');
  run.request('A', 'x=1');
  run.request('C', 'x=2');
  run.deliver('Prepare', 'C', 'B');
  run.note('With the promise of B, C is free to propose x=2.');
  run.deliver('Promise', 'B', 'C');
  run.note(kept);
  run.crash('B');
  run.restart('B');
  run.ask('The question of A arrives. Does B promise ballot 1?', answer);
  run.deliver('Prepare', 'A', 'B');
}

export const promiseKept: Scenario = {
  name: 'promise-kept',
  title: 'A promise outlives a crash',
  about: 'B promises ballot 3, crashes and starts again. It still refuses ballot 1.',
  nodes: ['A', 'B', 'C'],
  script(run) {
    askedAgain(
      run,
      'B crashes. Its promise is on its disk.',
      'No. It finds on its disk that it has promised ballot 3.',
    );
    run.deliver('Nack', 'B', 'A');
    run.note('C goes on as if nothing had happened.');
    run.deliver('Accept', 'C', 'B');
    run.deliver('Accepted', 'B', 'C');
    run.prologue(() => run.settle());
  },
  outcome: {
    says: 'x=2 is chosen, and nothing else.',
    nodes: { A: { chosen: 'x=2' }, B: { chosen: 'x=2', promised: 3 }, C: { chosen: 'x=2' } },
  },
};

export const promiseForgotten: Scenario = {
  name: 'promise-forgotten',
  title: 'A promise that was not written',
  about: 'The same schedule with acceptors that keep their promises in memory only.',
  nodes: ['A', 'B', 'C'],
  variant: 'promise-not-written',
  script(run) {
    askedAgain(
      run,
      'B crashes. Nothing is on its disk.',
      'Yes. It has forgotten ballot 3, on which C relies.',
    );
    run.deliver('Promise', 'B', 'A');
    run.note('A and B accept x=1 in ballot 1. It is chosen.');
    run.deliver('Accept', 'A', 'B');
    run.note(
      'C proposes what it was free to propose when B promised. B accepts, and x=2 is chosen too.',
    );
    run.deliver('Accept', 'C', 'B');
  },
  outcome: {
    says: 'x=1 is chosen in ballot 1, and x=2 in ballot 3.',
    nodes: {
      A: { accepted: { ballot: 1, value: 'x=1' } },
      B: { accepted: { ballot: 3, value: 'x=2' } },
    },
    violates: 'One value is chosen',
  },
};

export const writtenNotSaid: Scenario = {
  name: 'written-not-said',
  title: 'Accepted, written, and not yet said',
  about:
    'B writes that it accepts, and crashes before it can say so. The value is chosen all the same.',
  nodes: ['A', 'B', 'C'],
  script(run) {
    run.prologue(() => {
      run.request('A', 'x=1');
      run.deliver('Prepare', 'A', 'B');
      run.drop('Prepare', 'A', 'C');
      run.deliver('Promise', 'B', 'A');
      run.drop('Accept', 'A', 'C');
    });
    run.note('B accepts x=1, writes it down, and crashes before its answer leaves.');
    run.crashAfter(1);
    run.deliver('Accept', 'A', 'B');
    run.note('A crashes as well, for good.');
    run.crash('A');
    run.restart('B');
    run.note('B has forgotten everything but its disk. A client of C wants x=2.');
    run.request('C', 'x=2');
    run.deliver('Prepare', 'C', 'B');
    run.ask(
      'Nobody has ever heard that B accepted. Does it matter?',
      'Yes. A and B have accepted x=1, so it is chosen. The promise of B tells C.',
    );
    run.deliver('Promise', 'B', 'C');
    run.prologue(() => run.settle('B', 'C'));
  },
  outcome: {
    says: 'x=1 is chosen, although its proposer never knew.',
    nodes: { B: { chosen: 'x=1' }, C: { chosen: 'x=1', wanted: 'x=2' } },
  },
};

export const lostAcceptor: Scenario = {
  name: 'lost-acceptor',
  title: 'One acceptor lost, then two',
  about:
    'A majority is enough to choose, and also to learn. With less, a proposer can only try again.',
  nodes: ['A', 'B', 'C'],
  script(run) {
    run.prologue(() => {
      run.crash('B');
      run.crash('C');
      run.request('A', 'x=1');
      run.dropAll();
    });
    run.note(
      'B and C are down. A has no answer to ballot 1, and tries ballot 4. One of three is no majority.',
    );
    run.timeout('A');
    run.prologue(() => run.dropAll());
    run.note('B comes back. Nobody has asked it for anything, so its timer means nothing to it.');
    run.restart('B');
    run.timeout('B');
    run.note('A tries ballot 7. With B there are two, and C is not missed.');
    run.timeout('A');
    run.prologue(() => run.settle('A', 'B'));
    run.prologue(() => run.dropAll());
    run.note('C comes back. It has missed everything, and A is gone.');
    run.crash('A');
    run.restart('C');
    run.ask(
      'How can C learn what is chosen?',
      'By a round of its own. Whatever it wants to propose, it must adopt what it finds.',
    );
    run.request('C', 'x=3');
    run.deliver('Prepare', 'C', 'B');
    run.note(
      'B has promised ballot 7. The ballot of C is too low; C gives up, and tries a higher one later.',
    );
    run.deliver('Nack', 'B', 'C');
    run.timeout('C');
    run.prologue(() => run.settle('B', 'C'));
  },
  outcome: {
    says: 'C has learned x=1.',
    nodes: { B: { chosen: 'x=1' }, C: { chosen: 'x=1', wanted: 'x=3', ballot: 9 } },
  },
};

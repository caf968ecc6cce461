// Runs of chapter 12 in which a proposer meets what it, or another, did before: its own acceptance, an old promise, an old
// proposal.

import type { Scenario } from '../../../lib/scenario/scenario.ts';

export const ownAcceptance: Scenario = {
  name: 'own-acceptance',
  title: 'What the proposer has accepted itself',
  about:
    'A has accepted the value of C, which is chosen. Then a client of A wants another, and nobody but A itself can tell.',
  nodes: ['A', 'B', 'C'],
  script(run) {
    run.prologue(() => {
      run.request('C', 'x=2');
      run.deliver('Prepare', 'C', 'A');
      run.drop('Prepare', 'C', 'B');
      run.deliver('Promise', 'A', 'C');
    });
    run.note('A accepts x=2 in ballot 3. With C that is a majority.');
    run.deliver('Accept', 'C', 'A');
    run.note('C crashes before it hears of it.');
    run.crash('C');
    run.prologue(() => run.dropAll());
    run.request('A', 'x=1');
    run.deliver('Prepare', 'A', 'B');
    run.ask(
      'B has accepted nothing. Is A free to propose x=1?',
      'No. A is one of the majority that has promised its ballot, and it has accepted x=2 itself.',
    );
    run.deliver('Promise', 'B', 'A');
    run.deliver('Accept', 'A', 'B');
    run.deliver('Accepted', 'B', 'A');
    run.deliver('Chosen', 'A', 'B');
  },
  outcome: {
    says: 'A wanted x=1, and has had x=2 chosen.',
    nodes: { A: { chosen: 'x=2', wanted: 'x=1' }, B: { chosen: 'x=2' } },
  },
};

export const oldPromise: Scenario = {
  name: 'old-promise',
  title: 'An old promise tells old news',
  about:
    'B promises ballot 1 to A, then accepts x=2 in ballot 3. Its old promise arrives when A is preparing ballot 4.',
  nodes: ['A', 'B', 'C'],
  script(run) {
    run.request('A', 'x=1');
    run.note('B promises ballot 1. It has accepted nothing. Its answer is slow.');
    run.deliver('Prepare', 'A', 'B');
    run.prologue(() => run.drop('Prepare', 'A', 'C'));
    run.note('Meanwhile C has x=2 chosen in ballot 3, with B.');
    run.prologue(() => {
      run.request('C', 'x=2');
      run.drop('Prepare', 'C', 'A');
      run.deliver('Prepare', 'C', 'B');
      run.deliver('Promise', 'B', 'C');
      run.drop('Accept', 'C', 'A');
    });
    run.deliver('Accept', 'C', 'B');
    run.prologue(() => run.drop('Accepted', 'B', 'C'));
    run.note('The timer of A runs out. It begins ballot 4.');
    run.timeout('A');
    run.ask(
      'The promise of B for ballot 1 arrives, with nothing accepted. May A propose x=1 in ballot 4?',
      'No. That promise says what was so before ballot 1. For ballot 4, B has to be asked again.',
    );
    run.deliver('Promise', 'B', 'A');
    run.deliver('Prepare', 'A', 'B');
    run.note('Now B tells of x=2.');
    run.deliver('Promise', 'B', 'A');
    run.deliver('Accept', 'A', 'B');
    run.deliver('Accepted', 'B', 'A');
    run.prologue(() => run.settle());
  },
  outcome: {
    says: 'x=2 is chosen, and every node has learned it.',
    nodes: { A: { chosen: 'x=2' }, B: { chosen: 'x=2' }, C: { chosen: 'x=2' } },
  },
};

export const acceptedIsPromised: Scenario = {
  name: 'accepted-is-promised',
  title: 'To accept is to promise',
  about:
    'Five nodes. B accepts in a ballot that it was never asked to promise. From then on it refuses every lower one as well.',
  nodes: ['A', 'B', 'C', 'D', 'E'],
  script(run) {
    run.note('A begins ballot 1. B and C promise it. D and E do not hear of it.');
    run.request('A', 'x=1');
    run.prologue(() => {
      run.drop('Prepare', 'A', 'D');
      run.drop('Prepare', 'A', 'E');
      run.deliver('Prepare', 'A', 'B');
      run.deliver('Prepare', 'A', 'C');
      run.deliver('Promise', 'B', 'A');
    });
    run.note('A proposes x=1 and accepts it. Its message to B is slow, and the others are lost.');
    run.deliver('Promise', 'C', 'A');
    run.prologue(() => {
      for (const node of ['C', 'D', 'E']) run.drop('Accept', 'A', node);
    });
    run.note(
      'E begins ballot 5. C and D promise it; neither has accepted anything. B does not hear of it.',
    );
    run.request('E', 'x=2');
    run.prologue(() => {
      run.drop('Prepare', 'E', 'A');
      run.drop('Prepare', 'E', 'B');
      run.deliver('Prepare', 'E', 'C');
      run.deliver('Prepare', 'E', 'D');
      run.deliver('Promise', 'C', 'E');
      run.deliver('Promise', 'D', 'E');
      run.drop('Accept', 'E', 'A');
      run.drop('Accept', 'E', 'C');
    });
    run.deliver('Accept', 'E', 'D');
    run.note(
      'B has promised ballot 1 only. It may accept in ballot 5 all the same, for that is higher. B, D and E have accepted x=2: it is chosen.',
    );
    run.deliver('Accept', 'E', 'B');
    run.ask(
      'Now the slow proposal of ballot 1 arrives. B was never asked to promise ballot 5. Must it refuse ballot 1?',
      'Yes, for it keeps only its latest proposal: it would forget x=2, on which B, D and E have decided.',
    );
    run.deliver('Accept', 'A', 'B');
    run.note('D and E are cut off. A tries ballot 6, and asks B and C.');
    run.partition(['A', 'B', 'C'], ['D', 'E']);
    run.prologue(() => run.dropAll());
    run.timeout('A');
    run.prologue(() => {
      run.deliver('Prepare', 'A', 'B');
      run.deliver('Prepare', 'A', 'C');
      run.deliver('Promise', 'C', 'A');
    });
    run.note('Of the three, only B can tell that x=2 is chosen.');
    run.deliver('Promise', 'B', 'A');
    run.prologue(() => run.settle());
  },
  outcome: {
    says: 'A has learned that x=2 is chosen.',
    nodes: { A: { chosen: 'x=2', wanted: 'x=1' }, B: { chosen: 'x=2' }, C: { chosen: 'x=2' } },
  },
};

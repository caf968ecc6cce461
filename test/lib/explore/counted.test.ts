// The search visits exactly the worlds there are: two models small enough to count by hand.

import test from 'tape';
import { noStepThrows } from '../../../lib/explore/outcomes.ts';
import { explore } from '../../../lib/explore/search.ts';
import type { Bounds } from '../../../lib/explore/problem.ts';
import type { NodeId, NodeState, RaftNode } from '../../../lib/node/contract.ts';
import { isMessage } from '../../../lib/node/contract.ts';

const unbounded: Bounds = {
  terms: Infinity,
  log: Infinity,
  requests: 0,
  restarts: 0,
  depth: Infinity,
};

interface Greeter extends NodeState {
  heard: readonly NodeId[];
}

/** Its timer runs out once, and it greets everybody; it remembers who greeted it. */
const greeter: RaftNode<Greeter> = {
  init: (id, peers) => ({ id, peers, role: 'follower', heard: [] }),
  step(state, event) {
    if (!isMessage(event)) {
      const send = (to: NodeId) =>
        ({ type: 'send', message: { type: 'Hello', from: state.id, to } }) as const;
      return { state: { ...state, role: 'candidate' }, effects: state.peers.map(send) };
    }
    const heard = [...new Set([...state.heard, event.from])].sort();
    return { state: { ...state, heard }, effects: [] };
  },
};

const count = (nodes: readonly NodeId[], symmetry: boolean, bounds = unbounded) => {
  const { outcome, states } = explore({ node: greeter, nodes, properties: [], bounds, symmetry });
  return outcome === 'exhausted' ? states : outcome;
};

test('two greeters have 9 worlds, and 6 when names do not matter', (t) => {
  // Each greeting is not sent, sent, or heard: 3 · 3. Of these 3 are their own mirror image.
  t.equal(count(['A', 'B'], false), 3 * 3);
  t.equal(count(['A', 'B'], true), (3 * 3 + 3) / 2);
  t.end();
});

test('three greeters have 125 worlds, and 30 when names do not matter', (t) => {
  // A node has not greeted, or it has and any of the two others heard it: 1 + 2 · 2 for each.
  t.equal(count(['A', 'B', 'C'], false), 5 ** 3);
  // Burnside. A swap of B and C keeps a world when A greeted neither or was heard by both or neither
  // (3 ways), and when what C did is what B did (5 ways). A turn keeps it when all did the same (5).
  t.equal(count(['A', 'B', 'C'], true), (5 ** 3 + 3 * (3 * 5) + 2 * 5) / 6);
  t.end();
});

test('a bound on the depth cuts the worlds off that are further away', (t) => {
  const within = (depth: number) => count(['A', 'B'], false, { ...unbounded, depth });
  // The start; one has greeted; both have, or one has and was heard; one of two was heard; all.
  t.deepEqual([0, 1, 2, 3, 4].map(within), [1, 3, 6, 8, 9]);
  t.end();
});

test('a restart is one more way on, as often as the bounds allow', (t) => {
  const crossed = { ...unbounded, restarts: 1 };
  const { states } = explore({
    node: {
      init: (id, peers) => ({ id, peers, role: 'follower' }),
      step: (state) => ({ state, effects: [] }),
    },
    nodes: ['A', 'B'],
    properties: [],
    bounds: crossed,
    symmetry: false,
  });
  t.equal(states, 2, 'no restart yet, and one restart that changed nothing else');
  t.end();
});

test('a step that throws ends the search, or only its branch where that is asked for', (t) => {
  /** Greets the other when its timer runs out, and cannot bear to be greeted. */
  const shy: RaftNode = {
    init: (id, peers) => ({ id, peers, role: 'follower', currentTerm: 0 }),
    step(state, event) {
      if (isMessage(event)) throw new Error('no greetings, please');
      const effects = state.peers.map(
        (to) => ({ type: 'send', message: { type: 'Hello', from: state.id, to } }) as const,
      );
      return { state: { ...state, role: 'candidate', currentTerm: 1 }, effects };
    },
  };
  const problem = {
    node: shy,
    nodes: ['A', 'B'],
    properties: [],
    bounds: unbounded,
    symmetry: false,
  };
  const strict = explore(problem);
  t.equal(strict.outcome === 'violation' && strict.counterexample.property, noStepThrows);
  const lenient = explore({ ...problem, passesOverErrors: true });
  // Each node has greeted or not.
  t.deepEqual([lenient.outcome, lenient.states], ['exhausted', 2 * 2]);
  t.end();
});

// What a crash leaves is what is on disk, between two steps and in the middle of one: a model small enough to count by
// hand, and every mistake about disks that the search finds quickly.

import test from 'tape';
import type { Bounds } from '../../../lib/explore/problem.ts';
import { explore } from '../../../lib/explore/search.ts';
import type { Effect, RaftNode } from '../../../lib/node/contract.ts';
import { isMessage } from '../../../lib/node/contract.ts';
import { diskBugs } from './disk-bugs.ts';
import { finds } from './named-bugs.ts';

/** Its timer runs out once; it writes its term, greets the other, and writes a vote for itself. */
const writer = (writesVote: (id: string) => Effect): RaftNode => ({
  init: (id, peers, saved) => ({
    id,
    peers,
    role: 'follower',
    currentTerm: 0,
    votedFor: null,
    ...saved,
  }),
  step(state, event) {
    if (isMessage(event)) return { state, effects: [] };
    const { id, peers } = state;
    return {
      state: { ...state, role: 'candidate', currentTerm: 1, votedFor: id },
      effects: [
        { type: 'persist', fields: { currentTerm: 1 } },
        ...peers.map((to) => ({ type: 'send', message: { type: 'Hello', from: id, to } }) as const),
        writesVote(id),
      ],
    };
  },
});

const waits = writer((id) => ({ type: 'persist', fields: { votedFor: id } }));
const doesNotWait = writer((id) => ({ type: 'persist', fields: { votedFor: id }, lazily: true }));

const count = (node: RaftNode, restarts: number, symmetry: boolean): number => {
  const bounds: Bounds = { terms: 1, log: 0, requests: 0, restarts, depth: Infinity };
  return explore({ node, nodes: ['A', 'B'], properties: [], bounds, symmetry }).states;
};

test('a crash between two steps, and one before each write that waits, are counted by hand', (t) => {
  // Nothing yet, or done: 2 · 2.
  t.equal(count(waits, 0, false), 2 * 2);
  // With a restart behind it, a node that had done nothing is as before; one that had done all starts again
  // with its vote; one that crashed in the middle, without. Then either may do all: 2 or 4 ways for one node,
  // 2 for the other; where both have 2 ways, nobody knows whose restart it was.
  t.equal(count(waits, 1, false), 2 * 2 + (4 * 2 + 2 * 4 - 2 * 2));
  // Without names, of 4 and of 12 worlds those in which A and B are alike are their own mirror image: 2 and 2.
  t.equal(count(waits, 1, true), (4 + 2) / 2 + (12 + 2) / 2);
  t.end();
});

test('what is not waited for is lost in a crash, and is no occasion for one in the middle', (t) => {
  // A node that had done all starts again without its vote.
  t.equal(count(doesNotWait, 1, false), 2 * 2 + (3 * 2 + 2 * 3 - 2 * 2));
  t.end();
});

for (const bug of diskBugs.filter(({ long }) => !long)) {
  test(`the search finds what goes wrong when: ${bug.name}`, (t) => {
    finds(t, bug);
    t.end();
  });
}

// Safety properties: each is broken once by hand, and judged against the past, not the present.

import test from 'tape';
import {
  electionSafety,
  oneVotePerTerm,
  termsNeverDecrease,
} from '../../../lib/check/properties.ts';
import type { Property } from '../../../lib/check/property.ts';
import { checkerOf, describeViolation } from '../../../lib/check/property.ts';
import type { NodeState } from '../../../lib/node/contract.ts';

type Seen = Partial<NodeState> & { id: string };

/** The violation, if any, when a run shows these states one after the other. */
function seen(property: Property, states: readonly Seen[]) {
  const check = checkerOf([property]);
  const found = states.map((state, index) =>
    check({
      step: index + 1,
      node: state.id,
      state: { peers: [], role: 'follower', ...state },
    }),
  );
  return found.find((violation) => violation !== undefined);
}

test('two leaders of one term break Election Safety, even when the first leads no more', (t) => {
  const violation = seen(electionSafety, [
    { id: 'A', role: 'leader', currentTerm: 1 },
    { id: 'A', role: 'follower', currentTerm: 2 },
    { id: 'B', role: 'leader', currentTerm: 1 },
  ]);
  t.deepEqual(violation, {
    property: 'Election Safety',
    paper: '§5.2, Fig. 3',
    earlier: { step: 1, says: 'A leads term 1' },
    later: { step: 3, says: 'B leads term 1' },
  });
  t.end();
});

test('leaders of different terms at once do not break Election Safety', (t) => {
  t.notOk(
    seen(electionSafety, [
      { id: 'A', role: 'leader', currentTerm: 1 },
      { id: 'B', role: 'leader', currentTerm: 2 },
      { id: 'A', role: 'leader', currentTerm: 1 },
    ]),
  );
  t.end();
});

test('a second candidate voted for in one term breaks one vote per term', (t) => {
  const violation = seen(oneVotePerTerm, [
    { id: 'A', votedFor: 'B', currentTerm: 1 },
    { id: 'A', votedFor: null, currentTerm: 1 },
    { id: 'A', votedFor: 'C', currentTerm: 1 },
  ]);
  t.deepEqual([violation?.earlier.step, violation?.later.step], [1, 3], 'forgetting is no excuse');
  t.notOk(
    seen(oneVotePerTerm, [
      { id: 'A', votedFor: 'B', currentTerm: 1 },
      { id: 'C', votedFor: 'C', currentTerm: 1 },
      { id: 'A', votedFor: 'C', currentTerm: 2 },
    ]),
    'another node or another term is another vote',
  );
  t.end();
});

test('a term that goes back breaks terms never decrease', (t) => {
  const violation = seen(termsNeverDecrease, [
    { id: 'A', currentTerm: 1 },
    { id: 'B', currentTerm: 0 },
    { id: 'A', currentTerm: 3 },
    { id: 'A', currentTerm: 2 },
  ]);
  t.ok(violation);
  t.equal(
    violation && describeViolation(violation),
    'Terms never decrease (§5.1, Fig. 2 currentTerm) is violated at step 4:\n' +
      '  step 3: A is in term 3\n' +
      '  step 4: A is in term 2',
    'a violation names itself, the step and the two facts',
  );
  t.end();
});

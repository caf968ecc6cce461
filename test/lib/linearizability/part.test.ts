// The smallest contradicting part: what is in it, that nothing can be taken from it, and the words for it.

import test from 'tape';
import { randomFrom } from '../../../lib/cluster/random.ts';
import type { Operation } from '../../../lib/linearizability/history.ts';
import { nameOf, unanswered } from '../../../lib/linearizability/history.ts';
import { keyValues } from '../../../lib/linearizability/key-values.ts';
import type { NotLinearizable } from '../../../lib/linearizability/linearizable.ts';
import { linearizable } from '../../../lib/linearizability/linearizable.ts';
import { contradictory } from '../../../lib/linearizability/part.ts';
import { randomHistory } from '../../../lib/linearizability/random-history.ts';
import { explain } from '../../../lib/linearizability/search.ts';
import { explains, isOrderOf } from './brute-force.ts';
import { historyOf } from './histories.ts';

function contradictionOf(...lines: readonly string[]): NotLinearizable {
  const verdict = linearizable(historyOf(...lines), keyValues);
  if (verdict.linearizable) throw new Error('expected a contradiction');
  return verdict;
}

const namesOf = (operations: readonly Operation[]) => operations.map(nameOf).join(' ');

test('a stale read contradicts the write that was done, and the context shows where its value came from', (t) => {
  const found = contradictionOf(
    'K3 y=1 from 1 to 2',
    'K1 x=1 from 1 to 4',
    'K3 x? from 3 to 20 told 2',
    'K1 x=2 from 5 to 8',
    'K2 x? from 10 to 12 told 1',
    'K1 x=3 from 14 to 16',
  );
  t.equal(namesOf(found.part), 'K1.2 K2.1');
  t.equal(namesOf(found.context), 'K1.1');
  t.equal(nameOf(found.unexplained), 'K2.1');
  t.equal(found.key, 'x');
  t.equal(found.at, 12);
  t.equal(
    found.reason,
    'K2 read x = 1 (K2.1), although K1 was told that x=2 is done (K1.2) before K2 asked.',
  );
  t.end();
});

test('a command executed twice contradicts that it can happen only once', (t) => {
  const found = contradictionOf(
    'K1 x+=a from 1 to 2 told a',
    'K2 x+=b from 3',
    'K1 x? from 5 to 9 told abb',
  );
  t.equal(namesOf(found.part), 'K2.1 K1.2');
  t.equal(
    found.reason,
    'K1 read x = abb (K1.2), although x+=b (K2.1) can have happened only once.',
  );
  t.end();
});

test('a value that nobody wrote contradicts by itself', (t) => {
  const found = contradictionOf('K1 x=1 from 1 to 2', 'K2 x? from 3 to 4 told 7');
  t.equal(namesOf(found.part), 'K2.1');
  t.equal(found.reason, 'K2 read x = 7 (K2.1), and no order of the commands on x gives that.');
  t.end();
});

test('two reads that go back in time contradict each other', (t) => {
  const found = contradictionOf(
    'K1 x=1 from 1 to 20',
    'K2 x? from 3 to 5 told 1',
    'K3 x? from 6 to 8 told none',
  );
  t.equal(namesOf(found.part), 'K2.1 K3.1');
  t.equal(found.reason, 'K3 read x = none (K3.1), although K2 read x = 1 (K2.1) before K3 asked.');
  t.equal(found.part.length + found.context.length, 3);
  t.equal(found.context[0]?.answered, undefined, 'K1 had no answer yet at 8');
  t.end();
});

test('a contradiction counts from the first answer that cannot be explained', (t) => {
  const found = contradictionOf(
    'K1 x=1 from 1 to 2',
    'K2 x? from 3 to 4 told none',
    'K2 x? from 5 to 6 told none',
    'K2 x? from 7 to 8 told none',
  );
  t.equal(found.at, 4);
  t.equal(namesOf(found.part), 'K1.1 K2.1');
  t.end();
});

test('without any one of its operations a part no longer contradicts, whatever the history', (t) => {
  const wrong: number[] = [];
  const sizes = new Set<number>();
  let parts = 0;
  for (let seed = 1; seed <= 300; seed++) {
    const settings = { clients: 3, keys: 2, operations: 12, values: 2, unknown: 0.1, broken: 0.2 };
    const history = randomHistory(randomFrom(seed), settings);
    const verdict = linearizable(history, keyValues);
    if (verdict.linearizable) continue;
    parts += 1;
    sizes.add(verdict.part.length);
    if (!isMinimal(history, verdict)) wrong.push(seed);
  }
  t.deepEqual(wrong, [], 'no seed with a part that is too large, or that does not contradict');
  t.ok(parts > 100, `${parts} parts`);
  t.ok(sizes.size > 2, `of ${[...sizes].sort().join(', ')} operations`);
  t.end();
});

/** Whether a part contradicts, and each of it is needed, as an order that anybody can follow shows. */
function isMinimal(history: readonly Operation[], { part, at, key }: NotLinearizable): boolean {
  const names = part.map(nameOf);
  const others = history.filter(
    (operation) =>
      keyValues.keyOf(operation.command) === key &&
      operation.invoked <= at &&
      !names.includes(nameOf(operation)),
  );
  const isExplained = part.every((operation) => {
    const rest = part.filter((each) => each !== operation);
    const order = explain(keyValues, rest, [operation, ...others]) ?? [];
    const told = order.map((each) => (rest.includes(each) ? each : unanswered(each)));
    const kept = order.filter((each) => rest.includes(each));
    return isOrderOf(kept, rest) && explains(told, keyValues);
  });
  return contradictory(keyValues, part, others) && isExplained;
}

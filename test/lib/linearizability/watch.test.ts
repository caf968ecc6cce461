// The watch says at each answer what the checker says of the history so far.

import test from 'tape';
import { randomFrom } from '../../../lib/cluster/random.ts';
import type { Operation } from '../../../lib/linearizability/history.ts';
import { unanswered } from '../../../lib/linearizability/history.ts';
import { keyValues } from '../../../lib/linearizability/key-values.ts';
import { linearizable } from '../../../lib/linearizability/linearizable.ts';
import { randomHistory } from '../../../lib/linearizability/random-history.ts';
import { Watch } from '../../../lib/linearizability/watch.ts';
import { historyOf } from './histories.ts';

/** The position of the first answer at which a watch finds a contradiction. */
function firstContradiction(history: readonly Operation[]): number | undefined {
  const watch = new Watch(keyValues);
  const events = history.flatMap((operation) => {
    const { answered, invoked, result = null } = operation;
    const ask = () => {
      watch.invoke(operation);
      return undefined;
    };
    const asked = { at: invoked, see: ask };
    if (answered === undefined) return [asked];
    return [asked, { at: answered, see: () => watch.answer({ ...operation, answered, result }) }];
  });
  for (const { at, see } of events.sort((a, b) => a.at - b.at)) {
    const found = see();
    if (found) return found.at === at ? at : NaN;
  }
  return undefined;
}

test('a watch finds each contradiction at the answer at which the checker first sees one', (t) => {
  const wrong: number[] = [];
  let contradictions = 0;
  for (let seed = 1; seed <= 300; seed++) {
    const settings = { clients: 4, keys: 2, operations: 15, values: 2, unknown: 0.1, broken: 0.1 };
    const history = randomHistory(randomFrom(seed), settings);
    const at = firstContradiction(history);
    const until = (position: number) =>
      history
        .filter(({ invoked }) => invoked <= position)
        .map((operation) =>
          (operation.answered ?? 0) <= position ? operation : unanswered(operation),
        );
    const holds = (position: number) => linearizable(until(position), keyValues).linearizable;
    if (at !== undefined) contradictions += 1;
    const isRight = at === undefined ? holds(Infinity) : !holds(at) && holds(at - 1);
    if (!isRight) wrong.push(seed);
  }
  t.deepEqual(wrong, []);
  t.ok(contradictions > 60 && contradictions < 240, `${contradictions} of 300 contradict`);
  t.end();
});

test('only the first answer to an operation counts', (t) => {
  const [operation] = historyOf('K1 x? from 1 to 2 told none');
  const watch = new Watch(keyValues);
  if (!operation) throw new Error('expected an operation');
  watch.invoke(operation);
  t.equal(watch.answer({ ...operation, answered: 2, result: null }), undefined);
  t.equal(watch.answer({ ...operation, answered: 3, result: '9' }), undefined);
  t.throws(() => watch.invoke(operation), /K1\.1 was invoked twice/);
  const stranger = {
    client: 'K2',
    sequence: 1,
    command: 'x?',
    invoked: 1,
    answered: 2,
    result: '',
  };
  t.throws(() => watch.answer(stranger), /K2\.1 was answered and never invoked/);
  t.end();
});

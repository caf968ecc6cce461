// The checker on histories whose verdict is known, and against brute force.

import test from 'tape';
import { keyValues } from '../../../lib/linearizability/key-values.ts';
import { linearizable } from '../../../lib/linearizability/linearizable.ts';
import { nameOf } from '../../../lib/linearizability/history.ts';
import { agree } from './agreement.ts';
import { historyOf } from './histories.ts';

/** The order found for a history, by names; undefined when it is not linearizable. */
function orderOf(...lines: readonly string[]): readonly string[] | undefined {
  const verdict = linearizable(historyOf(...lines), keyValues);
  return verdict.linearizable ? verdict.order.map(nameOf) : undefined;
}

test('an empty history is linearizable', (t) => {
  t.deepEqual(orderOf(), []);
  t.end();
});

test('operations that overlap may have happened in any order', (t) => {
  const writes = ['K1 x=1 from 1 to 9', 'K2 x=2 from 2 to 8'];
  t.deepEqual(orderOf(...writes, 'K3 x? from 10 to 11 told 1'), ['K2.1', 'K1.1', 'K3.1']);
  t.deepEqual(orderOf(...writes, 'K3 x? from 10 to 11 told 2'), ['K1.1', 'K2.1', 'K3.1']);
  t.end();
});

test('a read may return what is being written, and then nobody may read the old value', (t) => {
  const write = 'K1 x=1 from 1 to 20';
  const isNew = 'K2 x? from 3 to 5 told 1';
  t.ok(
    orderOf(write, isNew, 'K3 x? from 4 to 7 told none'),
    'while they overlap both may be right',
  );
  t.notOk(orderOf(write, isNew, 'K3 x? from 6 to 7 told none'), 'the write had happened by 5');
  t.end();
});

test('a write that was answered must be read by whoever asks after that', (t) => {
  const write = 'K1 x=1 from 1 to 5';
  t.notOk(orderOf(write, 'K2 x? from 6 to 7 told none'));
  t.ok(
    orderOf(write, 'K2 x? from 5 to 7 told none'),
    'an answer and a request at one step overlap',
  );
  t.end();
});

test('an operation of unknown outcome may have happened, late, or never', (t) => {
  const write = 'K1 x=1 from 2';
  t.deepEqual(orderOf(write, 'K2 x? from 9 to 10 told none'), ['K2.1'], 'never');
  t.deepEqual(
    orderOf(write, 'K2 x? from 3 to 4 told none', 'K2 x? from 9 to 10 told 1'),
    ['K2.1', 'K1.1', 'K2.2'],
    'long after the request',
  );
  t.notOk(orderOf(write, 'K2 x? from 3 to 4 told 1', 'K2 x? from 9 to 10 told none'), 'not undone');
  t.notOk(orderOf('K2 x? from 1 to 1 told 1', write), 'not before the request');
  t.end();
});

test('a command that is executed twice is noticed', (t) => {
  t.notOk(orderOf('K1 x+=a from 1', 'K2 x? from 5 to 6 told aa'));
  t.ok(orderOf('K1 x+=a from 1', 'K1 x+=a from 3', 'K2 x? from 5 to 6 told aa'), 'two commands');
  t.end();
});

test('a write that is lost is noticed', (t) => {
  t.notOk(orderOf('K1 x+=a from 1 to 3 told a', 'K2 x+=b from 2 to 4 told b'));
  t.ok(orderOf('K1 x+=a from 1 to 3 told ba', 'K2 x+=b from 2 to 4 told b'));
  t.end();
});

test('only one of two that compare and set wins', (t) => {
  const set = 'K1 x=1 from 1 to 2';
  const [first, second] = ['K2 x=2 if 1 from 3 to 9', 'K3 x=3 if 1 from 4 to 8'];
  t.notOk(orderOf(set, `${first} told yes`, `${second} told yes`));
  t.deepEqual(orderOf(set, `${first} told no`, `${second} told yes`), ['K1.1', 'K3.1', 'K2.1']);
  t.end();
});

test('an answer without a result only says that the command is done', (t) => {
  t.ok(orderOf('K1 x=1 from 1 to 2', 'K2 x? from 3 to 4'));
  t.notOk(orderOf('K1 x=1 from 1 to 2', 'K2 x? from 3 to 4', 'K2 x? from 5 to 6 told none'));
  t.end();
});

test('keys are judged apart, and one order is given for all of them', (t) => {
  const history = ['K1 x=1 from 1 to 9', 'K2 y=1 from 2 to 3', 'K2 x? from 4 to 5 told 1'];
  t.deepEqual(orderOf(...history, 'K3 y? from 7 to 8 told 1'), ['K1.1', 'K2.1', 'K2.2', 'K3.1']);
  t.notOk(orderOf(...history, 'K3 y? from 7 to 8 told none'));
  t.end();
});

test('an operation that was answered before it was asked is refused by name', (t) => {
  t.throws(
    () => orderOf('K1 x=1 from 5 to 4'),
    /K1\.1 was answered at 4, before it was invoked at 5/,
  );
  t.end();
});

test('the checker and brute force agree on random small histories', (t) => {
  agree(t, 1000);
  t.end();
});

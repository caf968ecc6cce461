// What the commands of the key-value store do, and what they tell.

import test from 'tape';
import { applyCommand, execute, isRead, keyOf, noOp } from '../../../lib/machine/key-value.ts';

test('each command changes what it says, and tells what came of it', (t) => {
  const store = { x: '1', y: 'a' };
  const told = (command: string) => execute(store, command).result;
  const after = (command: string) => execute(store, command).store;
  t.deepEqual([told('x?'), after('x?')], ['1', store], 'a read');
  t.equal(told('z?'), null, 'a read of a key without a value');
  t.deepEqual([told('x=2'), after('x=2')], ['2', { x: '2', y: 'a' }], 'set');
  t.deepEqual([told('y+=b'), after('y+=b')], ['ab', { x: '1', y: 'ab' }], 'append');
  t.equal(told('z+=b'), 'b', 'append to a key without a value');
  t.deepEqual([told('x=2 if 1'), after('x=2 if 1')], ['yes', { x: '2', y: 'a' }]);
  t.deepEqual([told('x=2 if 3'), after('x=2 if 3')], ['no', store]);
  t.deepEqual([told('z=2 if 3'), after('z=2 if 3')], ['no', store]);
  t.deepEqual([told(noOp), after(noOp)], [null, store], 'what is not understood');
  t.deepEqual(applyCommand(store, 'x=5'), { x: '5', y: 'a' });
  t.end();
});

test('a command is about one key, and is a read or not', (t) => {
  const commands = ['x?', 'x=1', 'x+=a', 'x=2 if 1', noOp];
  t.deepEqual(commands.map(keyOf), ['x', 'x', 'x', 'x', undefined]);
  t.deepEqual(commands.map(isRead), [true, false, false, false, false]);
  t.end();
});

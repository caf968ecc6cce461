// The book's key-value store, as the checker needs it.

import type { KeyValues } from '../machine/key-value.ts';
import { execute, isRead, keyOf } from '../machine/key-value.ts';
import type { Machine, Operation } from './history.ts';

/** The key-value store; a command that it does not understand has a key of its own and changes nothing. */
export const keyValues: Machine<KeyValues> = {
  initial: {},
  apply(state, command) {
    const { store, result } = execute(state, command);
    return { state: store, result };
  },
  keyOf: (command) => keyOf(command) ?? command,
  naming(operations) {
    const values = valuesIn(operations);
    // A value with which none of those begins stays so until it is set anew: no answer tells it from another such value.
    const name = (value: string) =>
      values.some((each) => each.startsWith(value)) ? `=${value}` : 'another';
    const names = new Map<string, string>();
    return (state) => {
      for (const key in state) {
        const value = state[key] ?? '';
        const known = names.get(value);
        if (known !== undefined) return known;
        const found = name(value);
        names.set(value, found);
        return found;
      }
      return 'none';
    };
  },
  says(command, result) {
    if (isRead(command)) return `read ${command.slice(0, -1)} = ${result ?? 'none'}`;
    const told = `was told that ${command} is`;
    if (command.includes('+=')) return `${told} done and gave ${result ?? 'none'}`;
    return `${told} ${result === 'no' ? 'refused' : 'done'}`;
  },
  // Setting gives the value that was set, which the command says already.
  label: (command, result) =>
    isRead(command) || /\+=| if /.test(command) ? `${command} → ${result ?? 'none'}` : command,
};

/** Every value that an answer speaks of, or that a command compares with. */
function valuesIn(operations: readonly Operation[]): readonly string[] {
  const values = new Set<string>();
  for (const { command, answered, result } of operations) {
    if (answered !== undefined && typeof result === 'string') values.add(result);
    const [, expected] = command.split(' if ');
    if (expected !== undefined) values.add(expected);
  }
  return [...values];
}

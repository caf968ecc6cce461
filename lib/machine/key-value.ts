// The state machine of the book: a small key-value store. Its commands are `x?` (what is x?), `x=1` (set x), `x+=1` (put more
// at the end of x) and `x=2 if 1` (set x to 2 if it is 1: compare and set).

/** The keys and their values. */
export type KeyValues = Readonly<Record<string, string>>;

/** What a command makes of the store, and what the client is told: null when there is nothing to tell. */
export interface Executed {
  readonly store: KeyValues;
  readonly result: string | null;
}

/** A command that changes nothing and that no client waits for (§8); chapter 6 needs it. */
export const noOp = 'no-op';

/** The key that a command is about; undefined when it is not understood. */
export function keyOf(command: string): string | undefined {
  const [, key] = /^([^=+?]+)(\?$|\+?=)/.exec(command) ?? [];
  return key;
}

/** True for a command that only reads. */
export const isRead = (command: string): boolean => /^[^=+?]+\?$/.test(command);

/**
 * Executes a command. A read gives the value of its key; setting and appending give the value that
 * the key now has; compare and set says `yes` or `no`. What is not understood changes nothing.
 */
export function execute(store: KeyValues, command: string): Executed {
  if (isRead(command)) return { store, result: store[command.slice(0, -1)] ?? null };
  const [left, right] = command.split('=');
  if (left === undefined || left === '' || right === undefined) return { store, result: null };
  if (left.endsWith('+')) {
    const key = left.slice(0, -1);
    const value = (store[key] ?? '') + right;
    return { store: { ...store, [key]: value }, result: value };
  }
  const [value = '', expected] = right.split(' if ');
  if (expected === undefined) return { store: { ...store, [left]: value }, result: value };
  if (store[left] !== expected) return { store, result: 'no' };
  return { store: { ...store, [left]: value }, result: 'yes' };
}

/** The store after a command; one that is not understood changes nothing. */
export const applyCommand = (store: KeyValues, command: string): KeyValues =>
  execute(store, command).store;

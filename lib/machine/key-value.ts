// The state machine of the book: a small key-value store. A command such as `x=1` sets a key, and `x+=1` puts more at the
// end of its value.

/** The keys and their values. */
export type KeyValues = Readonly<Record<string, string>>;

/** A command that changes nothing and that no client waits for (§8); chapter 6 needs it. */
export const noOp = 'no-op';

/** The store after a command; one that is not understood changes nothing. */
export function applyCommand(store: KeyValues, command: string): KeyValues {
  const [key, value] = command.split('=');
  if (key === undefined || key === '' || value === undefined) return store;
  if (!key.endsWith('+')) return { ...store, [key]: value };
  const name = key.slice(0, -1);
  return { ...store, [name]: (store[name] ?? '') + value };
}

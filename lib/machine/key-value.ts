// The state machine of the book: a small key-value store. A command such as `x=1` sets a key.

/** The keys and their values. */
export type KeyValues = Readonly<Record<string, string>>;

/** A command that changes nothing and that no client waits for (§8); chapter 6 needs it. */
export const noOp = 'no-op';

/** The store after a command; one that is not understood changes nothing. */
export function applyCommand(store: KeyValues, command: string): KeyValues {
  const [key, value] = command.split('=');
  return key === undefined || key === '' || value === undefined
    ? store
    : { ...store, [key]: value };
}

// What clients saw, operation by operation, and what a state machine owes them: the input of the checker.

/** One operation of a client. Times are positions in the run: its step numbers. */
export interface Operation {
  readonly client: string;
  /** Its place among the client's operations. */
  readonly sequence: number;
  readonly command: string;
  /** When the client first asked. */
  readonly invoked: number;
  /** When it was first answered; without it the outcome is unknown: it may have happened at any time since, or never. */
  readonly answered?: number;
  /** What the client was told, null for no value; without it, only that it is done. */
  readonly result?: string | null;
}

/** A state machine of keys that do not depend on each other. States are plain values, never changed. */
export interface Machine<State> {
  readonly initial: State;
  apply(state: State, command: string): { readonly state: State; readonly result: string | null };
  /** The key that a command reads or writes. */
  keyOf(command: string): string;
  /**
   * Names the states so that two of one name give the same answers to the commands of these operations, whatever comes,
   * as far as a result of theirs can tell. The names are finitely many: that is what ends a search in which a command
   * may come again and again.
   */
  naming(operations: readonly Operation[]): (state: State) => string;
  /** What the client of a command learned from a result, after its name: `read x = 1`. */
  says(command: string, result: string | null): string;
  /** A command and its result in short: `x? → 1`. */
  label(command: string, result: string | null): string;
}

/**
 * True when one operation was over before the other began, so that every order must respect it. An answer and a request
 * at the same position are concurrent.
 */
export const precedes = ({ answered }: Operation, { invoked }: Operation): boolean =>
  answered !== undefined && answered < invoked;

/** An operation of which nobody has heard any more. */
export const unanswered = ({ client, sequence, command, invoked }: Operation): Operation => ({
  client,
  sequence,
  command,
  invoked,
});

/** How an operation is called wherever it is shown: `K2.3` is the third of client K2. */
export const nameOf = ({ client, sequence }: Operation): string => `${client}.${sequence}`;

/** The operations of each key, in the order in which they were invoked. Throws at an operation answered before it was asked. */
export function byKey<State>(
  history: readonly Operation[],
  machine: Machine<State>,
): ReadonlyMap<string, readonly Operation[]> {
  const keys = new Map<string, Operation[]>();
  for (const operation of [...history].sort((a, b) => a.invoked - b.invoked)) {
    const { invoked, answered = Infinity, command } = operation;
    if (answered < invoked) {
      throw new Error(
        `${nameOf(operation)} was answered at ${answered}, before it was invoked at ${invoked}`,
      );
    }
    const key = machine.keyOf(command);
    const operations = keys.get(key);
    if (operations) operations.push(operation);
    else keys.set(key, [operation]);
  }
  return keys;
}

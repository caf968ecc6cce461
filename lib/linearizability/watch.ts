// The checker while a history is still going on: it judges each answer as it arrives.

import type { Machine, Operation } from './history.ts';
import { nameOf, unanswered } from './history.ts';
import type { NotLinearizable } from './linearizable.ts';
import { smallestPart } from './part.ts';
import { explain } from './search.ts';

/** What is known of one key: its operations by name, and an order that explains the answers so far. */
interface Known<State> {
  readonly operations: Map<string, Operation>;
  /** The state after that order. */
  state: State;
  /** What the operations that are in it without an answer would be told. */
  assumed: ReadonlyMap<string, string | null>;
}

/**
 * Watches one history. Most answers fit behind the order found so far, which costs the same however long the history is;
 * only one that does not is searched for anew, and only among the operations on its key.
 */
export class Watch<State> {
  readonly #machine: Machine<State>;
  readonly #keys = new Map<string, Known<State>>();

  constructor(machine: Machine<State>) {
    this.#machine = machine;
  }

  /** A client asks for something. Throws when it has asked for an operation of that sequence before. */
  invoke(operation: Operation): void {
    const { operations } = this.#known(operation.command);
    const name = nameOf(operation);
    if (operations.has(name)) throw new Error(`${name} was invoked twice`);
    operations.set(name, unanswered(operation));
  }

  /**
   * A client is told what became of an operation; gives the contradiction when no order explains that any more. Only the
   * first answer counts. Throws when the operation was not invoked.
   */
  answer(operation: Required<Operation>): NotLinearizable | undefined {
    const known = this.#known(operation.command);
    const name = nameOf(operation);
    const invoked = known.operations.get(name);
    if (!invoked) throw new Error(`${name} was answered and never invoked`);
    if (invoked.answered !== undefined) return undefined;
    known.operations.set(name, operation);
    if (this.#fits(known, operation)) return undefined;
    const operations = [...known.operations.values()];
    const order = explain(this.#machine, operations);
    if (!order) return { linearizable: false, ...smallestPart(this.#machine, operations) };
    this.#adopt(known, order);
    return undefined;
  }

  /** Whether the order found so far explains one more answer, at its end or where it already stands. */
  #fits(known: Known<State>, operation: Required<Operation>): boolean {
    const assumed = known.assumed.get(nameOf(operation));
    if (assumed !== undefined) return assumed === operation.result;
    const { state, result } = this.#machine.apply(known.state, operation.command);
    if (result !== operation.result) return false;
    known.state = state;
    return true;
  }

  #adopt(known: Known<State>, order: readonly Operation[]): void {
    const assumed = new Map<string, string | null>();
    let at = this.#machine.initial;
    for (const operation of order) {
      const { state, result } = this.#machine.apply(at, operation.command);
      at = state;
      if (operation.answered === undefined) assumed.set(nameOf(operation), result);
    }
    known.state = at;
    known.assumed = assumed;
  }

  #known(command: string): Known<State> {
    const key = this.#machine.keyOf(command);
    const known = this.#keys.get(key);
    if (known) return known;
    const { initial } = this.#machine;
    const fresh: Known<State> = { operations: new Map(), state: initial, assumed: new Map() };
    this.#keys.set(key, fresh);
    return fresh;
  }
}

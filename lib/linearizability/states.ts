// The states of one key, as far as some operations can tell them apart, and where each operation leads from each of them.

import type { Machine, Operation } from './history.ts';
import { unanswered } from './history.ts';

/** Finds each state once, as it is reached, and knows it by a number from 0; 0 is the initial one. */
export class States<State> {
  readonly #machine: Machine<State>;
  readonly #operations: readonly Operation[];
  readonly #name: (state: State) => string;
  readonly #states: State[] = [];
  readonly #numbers = new Map<string, number>();
  readonly #successors = new Map<number, number | undefined>();

  /** What the first `heard` of the operations were told counts; the others may have been told anything. */
  constructor(machine: Machine<State>, operations: readonly Operation[], heard: number) {
    this.#machine = machine;
    this.#operations = operations.map((operation, at) =>
      at < heard ? operation : unanswered(operation),
    );
    this.#name = machine.naming(this.#operations);
    this.#numberOf(machine.initial);
  }

  /** The state after an operation; undefined when the operation was told something else than it would be told here. */
  after(state: number, operation: number): number | undefined {
    const step = state * this.#operations.length + operation;
    const known = this.#successors.get(step);
    if (known !== undefined || this.#successors.has(step)) return known;
    const next = this.#execute(state, operation);
    this.#successors.set(step, next);
    return next;
  }

  #execute(number: number, at: number): number | undefined {
    const [state, operation] = [this.#states[number], this.#operations[at]];
    if (state === undefined || !operation) throw new Error(`there is no state ${number}`);
    const done = this.#machine.apply(state, operation.command);
    const isOther =
      operation.answered !== undefined &&
      operation.result !== undefined &&
      operation.result !== done.result;
    return isOther ? undefined : this.#numberOf(done.state);
  }

  #numberOf(state: State): number {
    const name = this.#name(state);
    const known = this.#numbers.get(name);
    if (known !== undefined) return known;
    this.#numbers.set(name, this.#states.length);
    return this.#states.push(state) - 1;
  }
}

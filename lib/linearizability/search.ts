// The search for an order of the operations on one key that explains every answer (Wing and Gong 1993, with Lowe's memory
// of configurations, 2017): answer by answer, depth first, and no operation is put in order before an answer needs it.

import type { Machine, Operation } from './history.ts';

/** Something that an order may need to explain: what is known for sure, and what may have happened besides. */
export interface Question {
  readonly operations: readonly Operation[];
  /** Operations of which nothing is known: each may have happened at any time, any number of times, or never. */
  readonly free?: readonly Operation[];
}

/** An order that explains every answer, and the state after it. */
export interface Explanation<State> {
  readonly order: readonly Operation[];
  readonly state: State;
}

/** How far an order has come. Operations are numbers: the answered by their answers, then the unknown, then the free. */
interface Configuration<State> {
  /** How many answers it explains. */
  readonly explained: number;
  readonly state: State;
  readonly name: string;
  /** The operations that are in the order already although their answers come later. */
  readonly early: readonly number[];
  /** The operations of unknown outcome that are in the order. */
  readonly assumed: readonly number[];
  /** The operation that was put in order last. */
  readonly last: number;
  /** The next operation to try. */
  next: number;
}

/** An order that explains the answers; undefined when there is none. */
export function explain<State>(
  machine: Machine<State>,
  { operations, free = [] }: Question,
): Explanation<State> | undefined {
  const answered = operations
    .filter((operation) => operation.answered !== undefined)
    .sort((a, b) => (a.answered ?? 0) - (b.answered ?? 0));
  const unknown = operations
    .filter((operation) => operation.answered === undefined)
    .sort((a, b) => a.invoked - b.invoked);
  const numbered = [...answered, ...unknown, ...free];
  const firstFree = answered.length + unknown.length;
  const candidates = candidatesOf(answered, unknown);
  const name = machine.naming([...operations, ...free]);
  const seen = new Map<string, (readonly number[])[]>();

  const { initial } = machine;
  const start = { explained: 0, state: initial, name: name(initial), early: [], assumed: [] };
  const path: Configuration<State>[] = [{ ...start, last: -1, next: 0 }];
  for (;;) {
    const here = path.at(-1);
    if (!here) return undefined;
    if (here.explained === answered.length) {
      const order = path.slice(1).flatMap(({ last }) => numbered[last] ?? []);
      return { order, state: here.state };
    }
    const next = successor(here);
    if (!next) path.pop();
    else if (isNew(next)) path.push(next);
  }

  /** The configuration after the next operation that can be put in order here. */
  function successor(here: Configuration<State>): Configuration<State> | undefined {
    const open = candidates[here.explained] ?? [];
    for (;;) {
      const at = here.next++;
      const number = open[at] ?? firstFree + at - open.length;
      const operation = numbered[number];
      if (!operation) return undefined;
      if (here.early.includes(number) || here.assumed.includes(number)) continue;
      const { state, result } = machine.apply(here.state, operation.command);
      const isKnown = number < answered.length;
      if (isKnown && operation.result !== undefined && operation.result !== result) continue;
      const named = name(state);
      // What may be left out, and changes nothing, is left out.
      if (!isKnown && named === here.name) continue;
      let { explained, early, assumed } = here;
      if (isKnown) early = inserted(early, number);
      else if (number < firstFree) assumed = inserted(assumed, number);
      let passed = 0;
      while (early[passed] === explained) {
        passed += 1;
        explained += 1;
      }
      if (passed > 0) early = early.slice(passed);
      return { explained, state, name: named, early, assumed, last: number, next: 0 };
    }
  }

  /**
   * True, once, for a configuration from which there may be a way that no earlier one had: one that has assumed less
   * and is the same otherwise can do all that this one can.
   */
  function isNew({ explained, early, name, assumed }: Configuration<State>): boolean {
    const same = `${explained} ${early.join()} ${name}`;
    const others = seen.get(same);
    if (!others) seen.set(same, [assumed]);
    else if (others.some((other) => other.every((each) => assumed.includes(each)))) return false;
    else others.push(assumed);
    return true;
  }
}

/** For each answer, the operations that may be put in order right before it: not those that began after it. */
function candidatesOf(
  answered: readonly Operation[],
  unknown: readonly Operation[],
): readonly (readonly number[])[] {
  const numbers = [...answered, ...unknown].map((operation, number) => ({ operation, number }));
  numbers.sort((a, b) => a.operation.invoked - b.operation.invoked);
  let begun = 0;
  let open: readonly number[] = [];
  return answered.map(({ answered: answer = 0 }, at) => {
    const more: number[] = [];
    for (; begun < numbers.length; begun++) {
      const next = numbers[begun];
      if (!next || next.operation.invoked > answer) break;
      more.push(next.number);
    }
    open = [...open.filter((number) => number >= at), ...more].sort((a, b) => a - b);
    return open;
  });
}

const inserted = (numbers: readonly number[], number: number): readonly number[] =>
  [...numbers, number].sort((a, b) => a - b);

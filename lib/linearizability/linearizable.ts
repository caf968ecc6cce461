// Whether a history is linearizable (Herlihy and Wing 1990): whether every operation can be thought of as happening at one
// moment between its request and its answer, so that one machine would have given all these answers.

import type { Machine, Operation } from './history.ts';
import { byKey } from './history.ts';
import type { Part } from './part.ts';
import { smallestPart } from './part.ts';
import { explain } from './search.ts';

export interface Linearizable {
  readonly linearizable: true;
  /** An order that explains every answer; an operation of unknown outcome that is not in it never happened. */
  readonly order: readonly Operation[];
}

export interface NotLinearizable extends Part {
  readonly linearizable: false;
}

export type Verdict = Linearizable | NotLinearizable;

/**
 * Judges a history. Each key is judged alone: a history is linearizable when that of every key is (Herlihy and Wing's
 * locality). What makes it slow is many operations of unknown outcome on one key: the question is NP-complete (Gibbons and
 * Korach 1997), and each of them doubles the ways in which it may have come about. Throws at an operation that was answered before it was invoked.
 */
export function linearizable<State>(
  history: readonly Operation[],
  machine: Machine<State>,
): Verdict {
  const orders: (readonly Operation[])[] = [];
  for (const operations of byKey(history, machine).values()) {
    const order = explain(machine, operations);
    if (!order) return { linearizable: false, ...smallestPart(machine, operations) };
    orders.push(order);
  }
  return { linearizable: true, order: merged(orders) };
}

/**
 * One order of all keys. An operation can happen as soon as it, and all before it on its key, are invoked; that moment is
 * never after its answer, because those before it began before that. In the order of these moments nobody overtakes.
 */
function merged(orders: readonly (readonly Operation[])[]): readonly Operation[] {
  const moments = orders.flatMap((order) => {
    let moment = -Infinity;
    return order.map((operation) => {
      moment = Math.max(moment, operation.invoked);
      return { operation, moment };
    });
  });
  return moments.sort((a, b) => a.moment - b.moment).map(({ operation }) => operation);
}

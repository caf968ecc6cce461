// The definition of linearizability taken at its word: every order of every choice of operations is tried.

import type { Machine, Operation } from '../../../lib/linearizability/history.ts';
import { precedes } from '../../../lib/linearizability/history.ts';

/** True when some order explains every answer: of all answered operations, and of any choice of the unknown ones. */
export function isLinearizable<State>(
  history: readonly Operation[],
  machine: Machine<State>,
): boolean {
  const answered = history.filter((operation) => operation.answered !== undefined);
  const unknown = history.filter((operation) => operation.answered === undefined);
  return choices(unknown).some((choice) =>
    someOrder([], [...answered, ...choice], (order) => explains(order, machine)),
  );
}

function choices(operations: readonly Operation[]): readonly (readonly Operation[])[] {
  const [first, ...others] = operations;
  if (!first) return [[]];
  return choices(others).flatMap((choice) => [choice, [first, ...choice]]);
}

/** Whether an order that respects real time, with this beginning, passes. */
function someOrder(
  beginning: readonly Operation[],
  rest: readonly Operation[],
  passes: (order: readonly Operation[]) => boolean,
): boolean {
  if (rest.length === 0) return passes(beginning);
  return rest.some(
    (next) =>
      !rest.some((other) => precedes(other, next)) &&
      someOrder([...beginning, next], without(rest, next), passes),
  );
}

const without = (operations: readonly Operation[], one: Operation) =>
  operations.filter((operation) => operation !== one);

/** Whether one machine that executes the operations in this order gives the answers that the clients were told. */
export function explains<State>(order: readonly Operation[], machine: Machine<State>): boolean {
  const states = new Map<string, State>();
  return order.every(({ command, answered, result: told }) => {
    const key = machine.keyOf(command);
    const { state, result } = machine.apply(states.get(key) ?? machine.initial, command);
    states.set(key, state);
    return answered === undefined || told === undefined || told === result;
  });
}

/** Whether an order holds every answered operation once, no operation twice, and respects real time. */
export function isOrderOf(order: readonly Operation[], history: readonly Operation[]): boolean {
  const every = history.every(
    (operation) => operation.answered === undefined || order.includes(operation),
  );
  const known = order.every((operation) => history.includes(operation));
  const inTime = order.every((operation, at) =>
    order.slice(at + 1).every((later) => !precedes(later, operation)),
  );
  return every && known && inTime && new Set(order).size === order.length;
}

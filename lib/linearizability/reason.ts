// Says in words why a part of a history contradicts itself, and names its operations.

import type { Machine, Operation } from './history.ts';
import { nameOf, precedes } from './history.ts';

/**
 * An operation of a part, and what of it the contradiction needs: its result; that it was answered, so that it happened by
 * then; that it did not happen before it was invoked; or only that it happened at most once.
 */
export interface Fact {
  readonly operation: Operation;
  readonly known: 'result' | 'answered' | 'invoked' | 'once';
}

/** The last answer whose result the contradiction needs. Throws when there is none: without a result nothing contradicts. */
export function unexplainedOf(facts: readonly Fact[]): Operation {
  const results = facts.filter(({ known }) => known === 'result').map(({ operation }) => operation);
  const [first, ...more] = results;
  if (!first) throw new Error('expected an operation with a result');
  return more.reduce((last, each) => (answer(each) >= answer(last) ? each : last), first);
}

/** `K2 read x = 1 (K2.3), although K1 was told that x=2 is done (K1.2) before K2 asked.` */
export function reasonOf<State>(
  machine: Machine<State>,
  facts: readonly Fact[],
  main: Operation,
): string {
  const others = facts.filter(({ operation }) => operation !== main);
  const told = saysOf(machine, main);
  if (others.length === 0) {
    return `${told}, and no order of the commands on ${machine.keyOf(main.command)} gives that.`;
  }
  const before = others.filter(
    ({ operation, known }) => isTold(known) && precedes(operation, main),
  );
  const rest = others.filter((fact) => !before.includes(fact));
  const clauses = [
    ...(before.length > 0 ? [`${sequence(machine, before)} ${asked(before, main)}`] : []),
    ...rest.map((fact) => clauseOf(machine, fact, main)),
  ];
  return `${told}, although ${clauses.join(', and ')}.`;
}

/** `before K2 asked`. */
function asked(before: readonly Fact[], { client }: Operation): string {
  const isAgain = before.some(({ operation }) => operation.client === client);
  return `before ${client} asked${isAgain ? ' again' : ''}`;
}

const isTold = (known: Fact['known']) => known === 'result' || known === 'answered';

const answer = ({ answered = Infinity }: Operation) => answered;

/** What a client was told, and the name of the operation. */
function saysOf<State>(machine: Machine<State>, operation: Operation): string {
  const { client, command, result } = operation;
  const says =
    result === undefined ? `was told that ${command} is done` : machine.says(command, result);
  return `${client} ${says} (${nameOf(operation)})`;
}

/** Operations that were over before another began, one after the other where they were. */
function sequence<State>(machine: Machine<State>, facts: readonly Fact[]): string {
  const operations = facts.map(({ operation }) => operation).sort((a, b) => answer(a) - answer(b));
  return operations
    .map((operation, at) => {
      const before = operations[at - 1];
      const joined = !before ? '' : precedes(before, operation) ? ', then ' : ' and ';
      return joined + saysOf(machine, operation);
    })
    .join('');
}

/** What is known of an operation that was not over before the main one began. */
function clauseOf<State>(
  machine: Machine<State>,
  { operation, known }: Fact,
  main: Operation,
): string {
  const { client, command, invoked } = operation;
  const named = `${command} (${nameOf(operation)})`;
  switch (known) {
    case 'once':
      return `${named} can have happened only once`;
    case 'invoked':
      return precedes(main, operation)
        ? `${client} asked for ${named} only after that`
        : `${client} asked for ${named} only at ${invoked}`;
    case 'answered':
    case 'result':
      return `${saysOf(machine, operation)} meanwhile`;
  }
}

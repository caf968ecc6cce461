// The smallest part of a history that contradicts itself: what a person has to look at to see that it is not linearizable.

import type { Machine, Operation } from './history.ts';
import type { Fact } from './reason.ts';
import { reasonOf } from './reason.ts';
import { explain } from './search.ts';

export interface Part {
  readonly key: string;
  /** The operations, in the order in which they were invoked. */
  readonly part: readonly Operation[];
  /** Why no order explains them, by their names. */
  readonly reason: string;
}

/**
 * A smallest contradicting part of a history of one key that is not linearizable; without any one of its operations it no
 * longer contradicts.
 *
 * A part keeps some operations as they are. Leaving the others out altogether would be wrong: without a write, whoever
 * read its value seems to be at fault. So nothing is assumed of the others: the command of each may have happened at any
 * time, any number of times, or never. An order that explains the whole history explains every part of it too; a part
 * that contradicts therefore proves that the whole does. The more a part keeps, the fewer orders explain it; a part from
 * which no single operation can be taken is therefore one that has no smaller one within.
 */
export function smallestPart<State>(
  machine: Machine<State>,
  operations: readonly Operation[],
): Part {
  const contradicts = (kept: readonly Operation[]) =>
    contradictory(machine, kept, without(operations, kept));
  const latestFirst = [...operations].reverse();
  // Which operations are tried first decides which of several smallest parts is found.
  const [late, early] = [latestFirst, operations].map((all) =>
    minimal(contradicts, [], false, all),
  );
  const smallest = !late || (early && early.length < late.length) ? (early ?? []) : late;
  const part = operations.filter((operation) => smallest.includes(operation));
  return {
    key: machine.keyOf(part[0]?.command ?? ''),
    part,
    reason: reasonOf(machine, factsOf(machine, operations, part)),
  };
}

/** True when operations contradict each other whatever else happened: the commands of the others at any time, as often as may be. */
export function contradictory<State>(
  machine: Machine<State>,
  operations: readonly Operation[],
  others: readonly Operation[],
): boolean {
  const commands = new Map(others.map((operation) => [operation.command, operation]));
  return !explain(machine, { operations, free: [...commands.values()] });
}

const without = (operations: readonly Operation[], some: readonly Operation[]) =>
  operations.filter((operation) => !some.includes(operation));

/** The candidates that are needed, with those that are kept, for a contradiction (QuickXplain, Junker 2004). */
function minimal(
  contradicts: (kept: readonly Operation[]) => boolean,
  kept: readonly Operation[],
  isNew: boolean,
  candidates: readonly Operation[],
): readonly Operation[] {
  if (isNew && contradicts(kept)) return [];
  if (candidates.length <= 1) return candidates;
  const half = candidates.length >> 1;
  const [first, second] = [candidates.slice(0, half), candidates.slice(half)];
  const needed = minimal(contradicts, [...kept, ...first], true, second);
  return [...minimal(contradicts, [...kept, ...needed], needed.length > 0, first), ...needed];
}

/** What has to be known of each operation of a part for the contradiction: as little as possible. */
function factsOf<State>(
  machine: Machine<State>,
  operations: readonly Operation[],
  part: readonly Operation[],
): readonly Fact[] {
  const facts = part.map((operation): Fact => ({ operation, known: 'result' }));
  const others = without(operations, part);
  for (const [at, { operation }] of facts.entries()) {
    for (const known of ['once', 'invoked', 'answered'] as const) {
      const weaker = facts.map((fact, place) => (place === at ? { operation, known } : fact));
      if (!contradictory(machine, weaker.map(seen), others)) continue;
      facts[at] = { operation, known };
      break;
    }
  }
  return facts;
}

/** An operation with no more than what is known of it. */
function seen({ operation, known }: Fact): Operation {
  const { client, sequence, command, invoked, answered } = operation;
  const asked = { client, sequence, command, invoked };
  if (known === 'once') return { ...asked, invoked: -Infinity };
  if (known === 'invoked' || answered === undefined) return asked;
  return known === 'answered' ? { ...asked, answered } : operation;
}

// The smallest part of a history that contradicts itself: what a person has to look at to see that it is not linearizable.

import type { Machine, Operation } from './history.ts';
import { unanswered } from './history.ts';
import type { Fact } from './reason.ts';
import { reasonOf, unexplainedOf } from './reason.ts';
import { explain } from './search.ts';

export interface Part {
  readonly key: string;
  /** The position of the first answer that no order explains, together with those before it. */
  readonly at: number;
  /** The operations in the order in which they were invoked, as they were known then: a later answer is left out. */
  readonly part: readonly Operation[];
  /** Others with which each answer could be explained if any one operation of the part were not there: where values came from. */
  readonly context: readonly Operation[];
  /** The one of the part that was answered last, and whose result the others rule out. */
  readonly unexplained: Operation;
  /** Why no order explains them, by their names. */
  readonly reason: string;
}

/**
 * A smallest contradicting part of a history of one key that is not linearizable; without any one of its operations it no
 * longer contradicts.
 *
 * What came after the first answer that cannot be explained is left out: no later event undoes a contradiction. Leaving
 * out operations before it would be wrong: without a write, whoever read its value seems to be at fault. A part therefore
 * keeps some operations as they are, and of the others only when they were in progress: each may have happened then any
 * number of times, or not at all. An order that explains the whole history explains every part of it too; a part that
 * contradicts proves that the whole does. The more a part keeps, the fewer orders explain it; so a part from which no
 * single operation can be taken has no smaller one within.
 */
export function smallestPart<State>(
  machine: Machine<State>,
  operations: readonly Operation[],
): Part {
  const at = firstContradiction(machine, operations);
  const known = until(operations, at);
  const contradicts = (kept: readonly Operation[]) =>
    contradictory(machine, kept, without(known, kept));
  // Most contradictions are with what happened just before.
  const latest = [...known].sort((a, b) => lastOf(b) - lastOf(a));
  let enough = 1;
  while (enough < latest.length && !contradicts(latest.slice(0, enough))) enough *= 2;
  const recent = latest.slice(0, enough);
  // Which operations are tried first decides which of several smallest parts is found.
  const late = minimal(contradicts, [], false, recent);
  const early = minimal(contradicts, [], false, recent.reverse());
  const smallest = early.length < late.length ? early : late;
  const part = known.filter((operation) => smallest.includes(operation));
  const others = without(known, part);
  const facts = factsOf(machine, part, others);
  const unexplained = unexplainedOf(facts);
  const key = machine.keyOf(unexplained.command);
  const context = contextOf(machine, part, others);
  return { key, at, part, context, unexplained, reason: reasonOf(machine, facts, unexplained) };
}

/** The position of the first answer up to which a history has no order that explains it. */
function firstContradiction<State>(
  machine: Machine<State>,
  operations: readonly Operation[],
): number {
  const answers = operations.flatMap(({ answered }) => answered ?? []).sort((a, b) => a - b);
  let [low, high] = [0, answers.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (explain(machine, until(operations, answers[middle] ?? 0))) low = middle + 1;
    else high = middle;
  }
  return answers[low] ?? 0;
}

/** A history as it was known at a position. */
const until = (operations: readonly Operation[], position: number): readonly Operation[] =>
  operations
    .filter(({ invoked }) => invoked <= position)
    .map((operation) =>
      (operation.answered ?? 0) <= position ? operation : unanswered(operation),
    );

const lastOf = ({ invoked, answered = invoked }: Operation) => answered;

const without = (operations: readonly Operation[], some: readonly Operation[]) =>
  operations.filter((operation) => !some.includes(operation));

/** True when no order explains these operations, whatever became of the others while they were in progress. */
export const contradictory = <State>(
  machine: Machine<State>,
  operations: readonly Operation[],
  others: readonly Operation[],
): boolean => !explain(machine, operations, others);

/** The candidates that are needed, with those that are kept, for something that more can only help (QuickXplain, Junker 2004). */
function minimal(
  isEnough: (kept: readonly Operation[]) => boolean,
  kept: readonly Operation[],
  isNew: boolean,
  candidates: readonly Operation[],
): readonly Operation[] {
  if (isNew && isEnough(kept)) return [];
  if (candidates.length <= 1) return candidates;
  const half = candidates.length >> 1;
  const [first, second] = [candidates.slice(0, half), candidates.slice(half)];
  const needed = minimal(isEnough, [...kept, ...first], true, second);
  return [...minimal(isEnough, [...kept, ...needed], needed.length > 0, first), ...needed];
}

/** The fewest of the others that explain the part when any one of it is taken away. */
function contextOf<State>(
  machine: Machine<State>,
  part: readonly Operation[],
  others: readonly Operation[],
): readonly Operation[] {
  const needed = part.flatMap((operation) => {
    const rest = part.filter((each) => each !== operation);
    const explains = (some: readonly Operation[]) =>
      !contradictory(machine, rest, [operation, ...some]);
    const order = explain(machine, rest, [operation, ...others]) ?? [];
    const used = others.filter((other) => order.includes(other));
    return minimal(explains, [], true, used);
  });
  return others.filter((other) => needed.includes(other));
}

/** What has to be known of each operation of a part for the contradiction: as little as possible. */
function factsOf<State>(
  machine: Machine<State>,
  part: readonly Operation[],
  others: readonly Operation[],
): readonly Fact[] {
  const facts = part.map((operation): Fact => ({ operation, known: 'result' }));
  for (const [at, { operation }] of facts.entries()) {
    for (const known of ['once', 'invoked', 'answered'] as const) {
      const weaker = facts.map((fact, place) => (place === at ? { operation, known } : fact));
      if (!contradictory(machine, weaker.map(atMost), others)) continue;
      facts[at] = { operation, known };
      break;
    }
  }
  return facts;
}

/** An operation with no more than what is needed of it. */
function atMost({ operation, known }: Fact): Operation {
  const { answered } = operation;
  const asked = unanswered(operation);
  if (known === 'once') return { ...asked, invoked: -Infinity };
  if (known === 'invoked' || answered === undefined) return asked;
  return known === 'answered' ? { ...asked, answered } : operation;
}

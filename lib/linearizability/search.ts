// The search for an order of the operations on one key that explains every answer (Wing and Gong 1993, with Lowe's memory
// of configurations, 2017): answer by answer, depth first, and no operation is put in order before an answer needs it.

import type { Machine, Operation } from './history.ts';
import { States } from './states.ts';

/** How far an order has come. Operations are numbers: the answered by their answers, then the unknown, then the free. */
interface Configuration {
  /** How many answers it explains. */
  readonly explained: number;
  /** Its number in `States`. */
  readonly state: number;
  /** The operations that are in the order already although their answers come later. */
  readonly early: readonly number[];
  /** The operations of unknown outcome that are in the order. */
  readonly assumed: readonly number[];
  /** When the last of the operations in the order was invoked: it is no earlier than that. The free ones do not count. */
  readonly moment: number;
  /** The operation that was put in order last. */
  readonly last: number;
  /** The next operation to try. */
  next: number;
}

/**
 * An order that explains the answers to operations on one key; undefined when there is none. The free operations may be in
 * it or not, any number of times, wherever they were in progress, and whatever they were told.
 */
export function explain<State>(
  machine: Machine<State>,
  operations: readonly Operation[],
  free: readonly Operation[] = [],
): readonly Operation[] | undefined {
  const answered = operations.filter((operation) => operation.answered !== undefined);
  answered.sort((a, b) => (a.answered ?? 0) - (b.answered ?? 0));
  const unknown = operations.filter((operation) => operation.answered === undefined);
  unknown.sort((a, b) => a.invoked - b.invoked);
  const numbered = [...answered, ...unknown, ...free];
  const firstFree = answered.length + unknown.length;
  const candidates = candidatesOf(answered, unknown, free);
  const twins = twinsOf(numbered, answered.length, firstFree);
  const states = new States(machine, numbered, firstFree);
  const seen = new Map<string, (readonly number[])[]>();

  const start = { explained: 0, state: 0, early: [], assumed: [], moment: -Infinity };
  const path: Configuration[] = [{ ...start, last: -1, next: 0 }];
  for (;;) {
    const here = path.at(-1);
    if (!here) return undefined;
    if (here.explained === answered.length) {
      return path.slice(1).flatMap(({ last }) => numbered[last] ?? []);
    }
    const next = successor(here);
    if (!next) path.pop();
    else if (isNew(next)) path.push(next);
  }

  /** The configuration after the next operation that can be put in order here. */
  function successor(here: Configuration): Configuration | undefined {
    const open = candidates[here.explained] ?? [];
    for (;;) {
      const number = open[here.next++];
      const operation = number === undefined ? undefined : numbered[number];
      if (number === undefined || !operation) return undefined;
      if (here.early.includes(number) || here.assumed.includes(number)) continue;
      const twin = twins[number];
      if (twin !== undefined && !here.assumed.includes(twin)) continue;
      const isFree = number >= firstFree;
      if (isFree && (operation.answered ?? Infinity) < here.moment) continue;
      const state = states.after(here.state, number);
      if (state === undefined) continue;
      const isKnown = number < answered.length;
      // What may be left out, and changes nothing, is left out.
      if (!isKnown && state === here.state) continue;
      let { explained, early, assumed, moment } = here;
      if (isKnown) early = inserted(early, number);
      else if (!isFree) assumed = inserted(assumed, number);
      if (!isFree) moment = Math.max(moment, operation.invoked);
      let passed = 0;
      while (early[passed] === explained) {
        passed += 1;
        explained += 1;
      }
      if (passed > 0) early = early.slice(passed);
      return { explained, state, early, assumed, moment, last: number, next: 0 };
    }
  }

  /**
   * True, once, for a configuration from which there may be a way that no earlier one had: one that has assumed less
   * and is the same otherwise can do all that this one can.
   */
  function isNew({ explained, early, state, assumed }: Configuration): boolean {
    const same = `${explained} ${state} ${early.join()}`;
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
  free: readonly Operation[],
): readonly (readonly number[])[] {
  const known = [...answered, ...unknown].map((operation, number) => ({ operation, number }));
  known.sort((a, b) => a.operation.invoked - b.operation.invoked);
  let begun = 0;
  let open: readonly number[] = [];
  let moment = -Infinity;
  return answered.map(({ invoked, answered: answer = 0 }, at) => {
    const more: number[] = [];
    for (; begun < known.length; begun++) {
      const next = known[begun];
      if (!next || next.operation.invoked > answer) break;
      more.push(next.number);
    }
    open = [...open.filter((number) => number >= at), ...more].sort((a, b) => a - b);
    const others = inProgress(free, moment, answer).map((number) => known.length + number);
    moment = Math.max(moment, invoked);
    return [...open, ...others];
  });
}

/** For each operation of unknown outcome, the one before it with the same command: it can be assumed instead. */
function twinsOf(
  numbered: readonly Operation[],
  firstUnknown: number,
  firstFree: number,
): readonly (number | undefined)[] {
  const last = new Map<string, number>();
  return numbered.map(({ command }, number) => {
    if (number < firstUnknown || number >= firstFree) return undefined;
    const twin = last.get(command);
    last.set(command, number);
    return twin;
  });
}

/** The free operations that were in progress between two positions, but of those with one command the last to end. */
function inProgress(free: readonly Operation[], from: number, to: number): readonly number[] {
  const last = new Map<string, { readonly number: number; readonly end: number }>();
  for (const [number, { command, invoked, answered: end = Infinity }] of free.entries()) {
    if (invoked > to || end < from || end <= (last.get(command)?.end ?? -Infinity)) continue;
    last.set(command, { number, end });
  }
  return [...last.values()].map(({ number }) => number);
}

const inserted = (numbers: readonly number[], number: number): readonly number[] =>
  [...numbers, number].sort((a, b) => a - b);

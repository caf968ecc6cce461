// A trace in memory, and the states it passes through.

import type { NodeRecord, TraceHeader, TraceStep } from './trace.gen.ts';

export type {
  EffectRecord,
  EventRecord,
  MessageRecord,
  NodeRecord,
  Outcome,
  Question,
  SendRecord,
  TraceHeader,
  TraceStep,
  VerdictRecord,
} from './trace.gen.ts';

export interface Trace {
  readonly header: TraceHeader;
  readonly steps: readonly TraceStep[];
}

/** The state of every node, by name. */
export type States = Readonly<Record<string, NodeRecord>>;

/**
 * The states before the first step, then after each step: `statesOf(trace)[n]` is after step n.
 * A state that did not change is the same object.
 */
export function statesOf({ header, steps }: Trace): States[] {
  const all: States[] = [header.initial];
  let now: States = header.initial;
  for (const { node, changed } of steps) {
    const before = node === undefined ? undefined : now[node];
    if (node !== undefined && before && changed && Object.keys(changed).length > 0) {
      now = { ...now, [node]: { ...before, ...changed } };
    }
    all.push(now);
  }
  return all;
}

/** The nodes that are down, before the first step and then after each step. */
export function downOf({ steps }: Trace): ReadonlySet<string>[] {
  let now: ReadonlySet<string> = new Set();
  const all = [now];
  for (const { act } of steps) {
    if (act.type === 'crash') now = new Set([...now, act.node]);
    if (act.type === 'restart') now = new Set([...now].filter((node) => node !== act.node));
    all.push(now);
  }
  return all;
}

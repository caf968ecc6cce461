// A trace in memory, and the states it passes through.

import type { Effect } from '../node/contract.ts';
import type { EffectRecord, NodeRecord, TraceHeader, TraceStep } from './trace.gen.ts';

export type {
  EffectRecord,
  EventRecord,
  MessageRecord,
  NodeRecord,
  Outcome,
  PersistRecord,
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
  for (const step of steps) {
    const { act } = step;
    const node = 'node' in act ? act.node : step.node;
    if (act.type === 'restart') now = new Set([...now].filter((each) => each !== node));
    else if (node !== undefined && crashesIn(step)) now = new Set([...now, node]);
    all.push(now);
  }
  return all;
}

/** True for a step in the middle of which its node crashed. */
export const crashesWithin = ({ act }: Pick<TraceStep, 'act'>): boolean =>
  'crashAfter' in act && act.crashAfter !== undefined;

/** True for a step after which its node is down: it crashed on the way, or that was all it did. */
export const crashesIn = (step: Pick<TraceStep, 'act'>): boolean =>
  step.act.type === 'crash' || crashesWithin(step);

/** The effect that a record tells of, without what the network made of it. */
export const effectOf = (record: EffectRecord): Effect =>
  record.type === 'send' ? { type: 'send', message: record.message } : record;

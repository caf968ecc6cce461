// Runs of heartbeats in which nothing changes: pages and diagrams make them short.

import type { MessageRecord, Trace, TraceStep } from '../trace/trace.ts';
import { crashesWithin } from '../trace/trace.ts';
import { journeysOf } from './journeys.ts';

/** Steps in a row, from the first to the last. */
export interface Span {
  readonly first: number;
  readonly last: number;
}

const shortest = 3;
const heartbeatTypes = ['HeartbeatTimeout', 'AppendEntries', 'AppendEntriesReply'];

/** Three or more quiet steps in a row, wherever they are. */
export function quietSpans(trace: Trace): readonly Span[] {
  const { steps } = trace;
  const messages = new Map(journeysOf(trace).map(({ id, message }) => [id, message]));
  const spans: Span[] = [];
  let first: number | undefined;
  const end = (last: number) => {
    if (first !== undefined && last - first + 1 >= shortest) spans.push({ first, last });
    first = undefined;
  };
  for (const step of steps) {
    // What leads up to the run and the run itself are told apart, so a span stays within one.
    const turns = step.prologue !== steps[step.step - 2]?.prologue;
    if (turns) end(step.step - 1);
    if (isQuiet(step, messages)) first ??= step.step;
    else end(step.step - 1);
  }
  end(steps.length);
  return spans;
}

/** True for a heartbeat, its answer or its loss that changes nothing and of which nothing is told. */
function isQuiet(step: TraceStep, messages: ReadonlyMap<number, MessageRecord>): boolean {
  const { act, message: id, event, effects = [], changed = {}, note, question } = step;
  if (crashesWithin(step)) return false;
  if (note !== undefined || question || Object.keys(changed).length > 0) return false;
  const lost = act.type === 'drop' && id !== undefined ? messages.get(id) : undefined;
  const type = event?.type ?? lost?.type;
  if (type === undefined || !heartbeatTypes.includes(type)) return false;
  const sent = effects.flatMap((effect) => ('message' in effect ? [effect.message] : []));
  return [event ?? {}, lost ?? {}, ...sent].every(isMereHeartbeat);
}

/** False when a message brings entries or answers some, or is a refusal, which teaches its sender. */
function isMereHeartbeat(message: object): boolean {
  const { success, entries, prevLogIndex, lastIndex }: Readonly<Record<string, unknown>> = {
    ...message,
  };
  const brings = Array.isArray(entries) && entries.length > 0;
  return success !== false && !brings && (lastIndex === undefined || lastIndex === prevLogIndex);
}

// Runs of heartbeats in which nothing changes: pages and diagrams make them short.

import type { TraceStep } from '../trace/trace.ts';

/** Steps in a row, from the first to the last. */
export interface Span {
  readonly first: number;
  readonly last: number;
}

const shortest = 3;
const heartbeatTypes = ['HeartbeatTimeout', 'AppendEntries', 'AppendEntriesReply'];

/** Three or more quiet steps in a row, wherever they are. */
export function quietSpans(steps: readonly TraceStep[]): readonly Span[] {
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
    if (isQuiet(step)) first ??= step.step;
    else end(step.step - 1);
  }
  end(steps.length);
  return spans;
}

/** True for a heartbeat, its answer or its loss that changes nothing and of which nothing is told. */
function isQuiet({ act, event, effects = [], changed = {}, note, question }: TraceStep): boolean {
  if (note !== undefined || question || Object.keys(changed).length > 0) return false;
  const type = event?.type ?? (act.type === 'drop' ? act.message.type : undefined);
  if (type === undefined || !heartbeatTypes.includes(type)) return false;
  return ![event, ...effects.map((effect) => ('message' in effect ? effect.message : undefined))]
    .filter((each) => each !== undefined)
    .some((message) => isRefusal(message));
}

/** A refusal teaches its sender something, so it is never noise. */
const isRefusal = (message: object) => 'success' in message && message.success === false;

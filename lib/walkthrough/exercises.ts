// Which recorded runs exercise a rule: where it fired, and where each of its conditions refused it.

import type { Trace, TraceHeader } from '../trace/trace.ts';

/** The steps of one run at which something happened. */
export interface Place {
  readonly header: TraceHeader;
  readonly steps: readonly number[];
}

/** The runs in which a rule fired or, with a condition, in which that condition refused it. */
export function placesOf(traces: readonly Trace[], rule: string, refused?: string): Place[] {
  return traces.flatMap(({ header, steps }) => {
    const found = steps.filter(({ fired = [] }) =>
      fired.some((verdict) => verdict.rule === rule && verdict.refused === refused),
    );
    return found.length === 0 ? [] : [{ header, steps: found.map(({ step }) => step) }];
  });
}

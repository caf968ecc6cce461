// The journey of every message of a run: who sent it at which step, and what became of it.

import type { MessageRecord, Trace } from '../trace/trace.ts';

export type JourneyEnd =
  /** Handed to its receiver, or lost on the way, at a step. */
  | { readonly type: 'received' | 'dropped'; readonly step: number }
  /** Lost at once, because the link was cut. */
  | { readonly type: 'cut' }
  | { readonly type: 'in flight' };

export interface Journey {
  readonly id: number;
  readonly message: MessageRecord;
  /** The step that sent it or, for a copy, the step that duplicated it. */
  readonly sentAt: number;
  /** The message of which this one is a duplicate. */
  readonly copyOf?: number;
  readonly end: JourneyEnd;
}

/** Every message of the run in the order of their ids. */
export function journeysOf({ steps }: Trace): readonly Journey[] {
  const journeys = new Map<number, Journey>();
  for (const { step, act, message: id, copy, effects = [] } of steps) {
    const moved = id === undefined ? undefined : journeys.get(id);
    if (moved && act.type === 'deliver') {
      journeys.set(moved.id, { ...moved, end: { type: 'received', step } });
    }
    if (moved && act.type === 'drop') {
      journeys.set(moved.id, { ...moved, end: { type: 'dropped', step } });
    }
    if (moved && copy !== undefined) {
      const { message } = moved;
      const end = { type: 'in flight' } as const;
      journeys.set(copy, { id: copy, message, sentAt: step, copyOf: moved.id, end });
    }
    for (const effect of effects) {
      if (effect.type !== 'send') continue;
      const { id, message, lost } = effect;
      const end = { type: lost ? 'cut' : 'in flight' } as const;
      journeys.set(id, { id, message, sentAt: step, end });
    }
  }
  return [...journeys.values()].sort((one, other) => one.id - other.id);
}

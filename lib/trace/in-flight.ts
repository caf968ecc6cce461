// Which messages are on their way at each point of a trace.

import type { MessageRecord, Trace } from './trace.ts';

export interface Flying {
  readonly id: number;
  readonly message: MessageRecord;
  /** The step that sent it, or duplicated it. */
  readonly sentAt: number;
}

/** The messages in flight before the first step and then after each step, oldest first. */
export function inFlightOf({ steps }: Trace): (readonly Flying[])[] {
  let now: readonly Flying[] = [];
  const all = [now];
  for (const { step, act, message: id, copy, effects = [] } of steps) {
    const found = now.find((flying) => flying.id === id);
    if (act.type === 'deliver' || act.type === 'drop') now = now.filter((each) => each !== found);
    if (copy !== undefined && found) {
      now = [...now, { id: copy, message: found.message, sentAt: step }];
    }
    for (const effect of effects) {
      if (effect.type === 'send' && !effect.lost) {
        now = [...now, { id: effect.id, message: effect.message, sentAt: step }];
      }
    }
    all.push(now);
  }
  return all;
}

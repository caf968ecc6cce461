// What can happen to a node in a search, as numbers: a message is its own number, from 0; timers, requests and restarts
// are below 0; a crash in the middle of a step is beyond all messages.

import type { LocalEvent, TimerName } from '../node/contract.ts';
import { TupleTable } from './tables.ts';

/** The node crashes between two steps, and starts again. */
export const restartEvent = -4;
/** The event of a client's request, by the number of its command. */
export const requestEvent = (nth: number) => -10 - nth;
/** The number of the command, from 1, or 0 when the event is no request. */
export const requestOf = (event: number) => (event < -10 ? -10 - event : 0);

export const timers: readonly {
  name: TimerName;
  event: number;
  bit: number;
  happens: LocalEvent;
}[] = [
  { name: 'election', event: -1, bit: 1, happens: { type: 'ElectionTimeout' } },
  { name: 'heartbeat', event: -2, bit: 2, happens: { type: 'HeartbeatTimeout' } },
  { name: 'contact', event: -3, bit: 4, happens: { type: 'ContactTimeout' } },
];
/** Stands among the timers of a node that is down. */
export const down = 8;
export const timerOf = (event: number) => timers.find((timer) => timer.event === event);

const firstCrash = 2 ** 30;

/** The node handles an event, crashes after so many of its effects, and starts again. */
export interface Crash {
  readonly event: number;
  readonly effects: number;
}

/** The numbers of the crashes in the middle of a step. */
export class Crashes {
  private readonly table = new TupleTable(2);
  private readonly tuple = new Int32Array(2);

  numberOf(event: number, effects: number): number {
    this.tuple[0] = event;
    this.tuple[1] = effects;
    return firstCrash + this.table.intern(this.tuple);
  }

  /** Undefined for every other event. */
  of(number: number): Crash | undefined {
    if (number < firstCrash) return undefined;
    const id = number - firstCrash;
    return { event: this.table.at(id, 0), effects: this.table.at(id, 1) };
  }
}

// What can happen to a node in a search, as numbers: a message is its own number, from 0; timers, restarts, and what clients
// and administrators ask for are below 0; a crash in the middle of a step is beyond all messages.

import type { LocalEvent, NodeId, TimerName } from '../node/contract.ts';
import { TupleTable } from './tables.ts';

/** The node crashes between two steps, and starts again. */
export const restartEvent = -4;
/** Stand for all changes of members that an administrator can ask for, and for all transfers of leadership. */
export const anyChange = -5;
export const anyTransfer = -6;

const [noRequest, noChange, noTransfer] = [-10, -(2 ** 20), -(2 ** 21)];

/** The event of a client's request, by the number of its command. */
export const requestEvent = (nth: number) => noRequest - nth;
/** The number of the command, from 1, or 0 when the event is no request. */
export const requestOf = (event: number) =>
  event < noRequest && event > noChange ? noRequest - event : 0;

/** Every choice of voters, and every node that could lead: what an administrator can ask for. */
export const changesAmong = (count: number): number[] =>
  Array.from({ length: 2 ** count - 1 }, (_, nth) => noChange - 1 - nth);
export const transfersAmong = (count: number): number[] =>
  Array.from({ length: count }, (_, place) => noTransfer - 1 - place);

/** What an administrator asks for; undefined for every other event. */
export function askedByAdministrator(
  event: number,
  nodes: readonly NodeId[],
): Extract<LocalEvent, { type: 'ChangeConfiguration' | 'TransferLeadership' }> | undefined {
  if (event < noTransfer) {
    const target = nodes[noTransfer - 1 - event];
    return target === undefined ? undefined : { type: 'TransferLeadership', target };
  }
  if (event >= noChange) return undefined;
  // A bit for each voter.
  const voters = nodes.filter((_, place) => ((noChange - event) >> place) & 1);
  return { type: 'ChangeConfiguration', voters };
}

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

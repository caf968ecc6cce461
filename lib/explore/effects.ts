// What the effects of a step leave behind: what is on disk, which timers run, and where a crash in between matters.

import type { Effect, NodeId } from '../node/contract.ts';
import type { Disk } from '../node/disk.ts';
import { afterWrite } from '../node/disk.ts';
import { down, timerOf, timers } from './events.ts';

/** Which timers stop in a step and which start; of a timer that does both, only that it starts. */
export interface Timers {
  readonly off: number;
  readonly on: number;
}

export const unchanged: Timers = { off: 0, on: 0 };
/** Every timer, and what stands for a node that is down. */
export const everyTimer = down | timers.reduce((sum, { bit }) => sum | bit, 0);
/** A node that has just started runs its election timer, and no other. */
export const started: Timers = { off: everyTimer, on: timerOf(-1)?.bit ?? 0 };

/** Shared by very many outcomes. */
const nowhere: readonly number[] = [];

/** The disk after all that is written in these effects. Throws when a write does not fit the disk. */
export function written(disk: Disk, effects: readonly Effect[]): Disk {
  let now = disk;
  for (const effect of effects) {
    if (effect.type === 'persist') now = afterWrite(now, effect);
  }
  return now;
}

/** Throws when something is sent to the node itself, or to no node. */
export function expectReceivers(effects: readonly Effect[], nodes: readonly NodeId[]): void {
  for (const effect of effects) {
    if (effect.type !== 'send') continue;
    const { from, to } = effect.message;
    if (!nodes.includes(to)) throw new Error(`${from} sends to ${to}, which is no node`);
    if (from === to) throw new Error(`${from} sends to itself`);
  }
}

/** True for what a client hears: what came of its command. */
export const isHeard = (effect: Effect) => effect.type === 'answer' && effect.applied;

/** True when the node waits until it is on disk. */
const isWrite = (effect: Effect) => effect.type === 'persist' && !effect.lazily;

/** What becomes of the timers, the one that ran out among them. */
export function timersIn(effects: readonly Effect[], ranOut: number): Timers {
  let [off, on] = [ranOut, 0];
  for (const effect of effects) {
    if (effect.type !== 'restartTimer' && effect.type !== 'stopTimer') continue;
    const bit = timers.find(({ name }) => name === effect.timer)?.bit ?? 0;
    on = effect.type === 'restartTimer' ? on | bit : on & ~bit;
    off = effect.type === 'restartTimer' ? off & ~bit : off | bit;
  }
  return off === 0 && on === 0 ? unchanged : { off, on };
}

/**
 * Just before each write that waits for the disk, when something was sent, written or answered before it. A crash
 * elsewhere is no more than one of these, or than the whole step and then a crash, with messages lost.
 */
export function crashPointsIn(effects: readonly Effect[]): readonly number[] {
  if (!effects.some(isWrite)) return nowhere;
  const first = effects.findIndex(
    (effect) => effect.type === 'send' || isWrite(effect) || isHeard(effect),
  );
  return effects.flatMap((effect, place) => (isWrite(effect) && place > first ? [place] : []));
}

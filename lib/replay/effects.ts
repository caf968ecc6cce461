// Compares what two implementations did besides changing state, whatever the order; but what is written before a message
// leaves must be written before it.

import type { Effect } from '../node/contract.ts';
import { canonical, isCopy } from '../trace/canonical.ts';

/**
 * The effects only on the left, and only on the right. Messages count; a timer's last word does.
 * When all is the same but for their order, a message that leaves before something that the left
 * writes first is one of both.
 */
export function compareEffects(
  left: readonly Effect[],
  right: readonly Effect[],
): [Effect[], Effect[]] {
  if (isCopy(left, right)) return [[], []];
  const different = compare(left, right, () => 0);
  const isSame = different[0].length + different[1].length === 0;
  return isSame && left.some(isWrite) ? compare(left, right, writesBefore(left)) : different;
}

/** What compareEffects finds on both sides: what was done, but before it was written. */
export function tooEarly(missing: readonly Effect[], extra: readonly Effect[]): Effect[] {
  const keys = new Set(extra.map(canonical));
  return missing.filter((effect) => keys.has(canonical(effect)));
}

type Order = (effects: readonly Effect[], place: number) => number;

function compare(
  left: readonly Effect[],
  right: readonly Effect[],
  order: Order,
): [Effect[], Effect[]] {
  const [leftKeys, rightKeys] = [keysOf(left, order), keysOf(right, order)];
  const only = (these: Map<string, Effect[]>, those: Map<string, Effect[]>) =>
    [...these].flatMap(([key, same]) => same.slice(those.get(key)?.length ?? 0));
  return [only(leftKeys, rightKeys), only(rightKeys, leftKeys)];
}

function keysOf(effects: readonly Effect[], order: Order): Map<string, Effect[]> {
  const lastOfTimer = new Map<string, Effect>();
  for (const effect of effects) {
    if ('timer' in effect) lastOfTimer.set(effect.timer, effect);
  }
  const keys = new Map<string, Effect[]>();
  effects.forEach((effect, place) => {
    if ('timer' in effect && lastOfTimer.get(effect.timer) !== effect) return;
    const key = `${order(effects, place)} ${canonical(effect)}`;
    keys.set(key, [...(keys.get(key) ?? []), effect]);
  });
  return keys;
}

/**
 * How many writes come before a message, and at most as many as in this list: to write sooner is no
 * mistake.
 */
function writesBefore(expected: readonly Effect[]): Order {
  const writes = (effects: readonly Effect[], place: number) =>
    effects.slice(0, place).filter(isWrite).length;
  const wanted = new Map(
    expected.map((effect, place): [string, number] => [canonical(effect), writes(expected, place)]),
  );
  return (effects, place) => {
    const effect = effects[place];
    if (effect?.type !== 'send') return 0;
    return Math.min(writes(effects, place), wanted.get(canonical(effect)) ?? 0);
  };
}

const isWrite = ({ type }: Effect) => type === 'persist';

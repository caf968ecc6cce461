// Compares what two implementations did besides changing state, whatever the order.

import type { Effect } from '../node/contract.ts';
import { canonical } from '../trace/canonical.ts';

/** The effects only on the left, and only on the right. Messages count; a timer's last word does. */
export function compareEffects(
  left: readonly Effect[],
  right: readonly Effect[],
): [Effect[], Effect[]] {
  const [leftKeys, rightKeys] = [keysOf(left), keysOf(right)];
  const only = (these: Map<string, Effect[]>, those: Map<string, Effect[]>) =>
    [...these].flatMap(([key, same]) => same.slice(those.get(key)?.length ?? 0));
  return [only(leftKeys, rightKeys), only(rightKeys, leftKeys)];
}

function keysOf(effects: readonly Effect[]): Map<string, Effect[]> {
  const lastOfTimer = new Map<string, Effect>();
  for (const effect of effects) {
    if ('timer' in effect) lastOfTimer.set(effect.timer, effect);
  }
  const keys = new Map<string, Effect[]>();
  for (const effect of effects) {
    if ('timer' in effect && lastOfTimer.get(effect.timer) !== effect) continue;
    const key = canonical(effect);
    keys.set(key, [...(keys.get(key) ?? []), effect]);
  }
  return keys;
}

// The one source of chance in a simulated world: a seeded generator, the same on every machine.

import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

export interface Random {
  /** A whole number from `low` to `high`, both included, each equally likely. */
  between(low: number, high: number): number;
  /** True with the given probability, from 0 (never) to 1 (always). */
  chance(probability: number): boolean;
  /** One of the items, each equally likely. Throws when there is none. */
  pick<T>(items: readonly T[]): T;
}

/** The generator for a seed; the same seed gives the same numbers. */
export function randomFrom(seed: number): Random {
  const generator = xoroshiro128plus(seed);
  const between = (low: number, high: number) => uniformInt(generator, low, high);
  return {
    between,
    chance: (probability) => probability > 0 && between(1, 1_000_000) <= probability * 1_000_000,
    pick(items) {
      const item = items[between(0, items.length - 1)];
      if (item === undefined) throw new Error('there is nothing to pick from');
      return item;
    },
  };
}

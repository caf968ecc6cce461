// How rough a run of chaos is. Each run draws its own climate: a run without some of the faults goes further in the
// others, so that many different runs find more than many of one kind.

import type { Random } from '../cluster/random.ts';

/** What can be done to a world. */
export type Kind =
  | 'deliver'
  | 'drop'
  | 'duplicate'
  | 'election'
  | 'heartbeat'
  | 'contact'
  | 'request'
  | 'split'
  | 'crash'
  | 'restart';

export interface Climate {
  /** How often each kind is tried, relative to the others. */
  readonly weights: readonly (readonly [kind: Kind, weight: number])[];
  readonly totalWeight: number;
  /** Nobody stands for election beyond this term, so that a run does not merely count up. */
  readonly maxTerm: number;
  /** How many commands clients send at most. */
  readonly maxRequests: number;
  /** How likely, of 100, it is one of the newest messages that arrives: then little is late. */
  readonly haste: number;
  /** With more messages in flight than this, some are lost. */
  readonly maxInFlight: number;
  /** How likely a node crashes in the middle of a step; never where nobody restarts. */
  readonly crashWithin: number;
}

/** Draws a climate for a cluster of so many nodes. */
export function climateOf(random: Random, nodes: number, restarts: boolean): Climate {
  const isCalm = random.chance(0.3);
  const sometimes = (low: number, high: number) =>
    !isCalm && random.chance(0.5) ? random.between(low, high) : 0;
  const weights: [Kind, number][] = [
    ['deliver', 60],
    ['election', random.pick([5, 8, 10, 14, 20])],
    ['heartbeat', random.pick([1, 3, 8])],
    ['contact', random.between(1, 4)],
    ['request', random.pick([3, 8, 16])],
    ['drop', sometimes(1, 10)],
    ['duplicate', sometimes(1, 10)],
    ['split', sometimes(1, 3)],
    ['crash', sometimes(0, 1)],
    ['restart', restarts ? random.between(1, 2) : 0],
  ];
  return {
    weights,
    totalWeight: weights.reduce((sum, [, weight]) => sum + weight, 0),
    haste: random.pick([0, 60, 80, 95]),
    maxTerm: random.between(4, 12),
    maxRequests: random.chance(0.1) ? 14 : random.between(2, 6),
    maxInFlight: nodes * random.between(2, 5),
    crashWithin: restarts ? random.pick([0, 0.02, 0.1]) : 0,
  };
}

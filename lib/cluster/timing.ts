// How long things take in a simulated world, in virtual milliseconds.

import type { NodeId } from '../node/contract.ts';
import type { Random } from './random.ts';

/** Draws one duration each time it is asked. */
export interface Timing {
  /** From sending a message to its earliest receipt. */
  latency(): number;
  election(): number;
  heartbeat(): number;
  contact(): number;
}

/**
 * How fast the clocks of nodes run: at rate 0.5 a timer takes twice as long. A node that is not
 * named has rate 1.
 */
export type ClockRates = Readonly<Record<NodeId, number>>;

/** The election timeouts that the paper suggests (§5.2, §9.3). */
export const electionTimeout = { low: 150, high: 300 };
export const heartbeatInterval = 50;

/** The timing of a scripted run: the shortest times, so that a clock reading stays plausible. */
export const scriptedTiming: Timing = {
  latency: () => 10,
  election: () => electionTimeout.low,
  heartbeat: () => heartbeatInterval,
  contact: () => electionTimeout.low,
};

/** The timing of a seeded run: randomised election timeouts (§5.2) and varying latency. */
export function seededTiming(random: Random, latency = { low: 5, high: 15 }): Timing {
  return {
    latency: () => random.between(latency.low, latency.high),
    election: () => random.between(electionTimeout.low, electionTimeout.high),
    heartbeat: () => heartbeatInterval,
    contact: () => electionTimeout.low,
  };
}

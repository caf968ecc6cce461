// How many scenarios of chapter 11 begin: who has founded the cluster, who leads it, and a change that goes well.

import type { Script } from '../../../lib/cluster/script.ts';
import { foundedBy } from '../state.ts';

/** A, B and C are the cluster; D stands by. */
export const threeOfFour = {
  nodes: ['A', 'B', 'C', 'D'],
  start: foundedBy(['A', 'B', 'C'], ['A', 'B', 'C', 'D']),
};

/** A, B and C are the cluster; D and E stand by. */
export const threeOfFive = {
  nodes: ['A', 'B', 'C', 'D', 'E'],
  start: foundedBy(['A', 'B', 'C'], ['A', 'B', 'C', 'D', 'E']),
};

/** A to D are the cluster; E stands by. */
export const fourOfFive = {
  nodes: ['A', 'B', 'C', 'D', 'E'],
  start: foundedBy(['A', 'B', 'C', 'D'], ['A', 'B', 'C', 'D', 'E']),
};

/** The leader's next heartbeat, and all that comes of it among these nodes; the rest is lost. */
export function beat(run: Script, leader: string, ...among: string[]): void {
  run.prologue(() => {
    run.timeout(leader, 'heartbeat');
    if (among.length > 0) run.settle(leader, ...among);
    run.dropAll();
  });
}

/** A message and its answer. */
export function roundTrip(run: Script, type: string, from: string, to: string): void {
  run.deliver(type, from, to);
  run.deliver(`${type}Reply`, to, from);
}

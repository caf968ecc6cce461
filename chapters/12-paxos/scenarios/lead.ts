// How many runs of Multi-Paxos begin.

import type { Script } from '../../../lib/cluster/script.ts';

/** A node leads with the promise of one other; what it sends is delivered between the two. */
export function lead(run: Script, leader: string, other: string): void {
  run.timeout(leader);
  run.deliver('Prepare', leader, other);
  run.deliver('Promise', other, leader);
}

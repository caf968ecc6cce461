// A node as it stands between two steps: its state and its disk. Each different pair has a number.

import type { NodeState } from '../node/contract.ts';
import type { Disk } from '../node/disk.ts';
import { Interner } from './intern.ts';
import { TupleTable } from './tables.ts';

export class Standings {
  readonly states = new Interner<NodeState>();
  readonly disks = new Interner<Disk>();
  /** The numbers of a state and of a disk. Most nodes keep their first disk, or what their state says. */
  private readonly pairs = new TupleTable(2);
  private readonly pair = new Int32Array(2);

  intern(state: NodeState, disk: Disk): number {
    return this.of(this.states.intern(state), this.disks.intern(disk));
  }

  /** The number of a state and a disk that have numbers. */
  of(state: number, disk: number): number {
    this.pair[0] = state;
    this.pair[1] = disk;
    return this.pairs.intern(this.pair);
  }

  stateNumber(standing: number): number {
    return this.pairs.at(standing, 0);
  }

  diskNumber(standing: number): number {
    return this.pairs.at(standing, 1);
  }

  stateOf(standing: number): NodeState {
    return this.states.value(this.stateNumber(standing));
  }

  diskOf(standing: number): Disk {
    return this.disks.value(this.diskNumber(standing));
  }
}

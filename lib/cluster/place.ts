// One node in the simulated world: its state, its disk, and its timers, which run by its own clock.

import type {
  LocalEvent,
  NodeId,
  NodeState,
  RaftNode,
  Saved,
  TimerName,
} from '../node/contract.ts';
import type { Disk } from '../node/disk.ts';
import { afterCrash, diskOf } from '../node/disk.ts';

/** What a node is told when a timer runs out. */
export const timeoutEvent: Readonly<Record<TimerName, LocalEvent>> = {
  election: { type: 'ElectionTimeout' },
  heartbeat: { type: 'HeartbeatTimeout' },
  contact: { type: 'ContactTimeout' },
};

export class Place {
  state: NodeState;
  disk: Disk;
  up = true;
  private readonly node: RaftNode;
  private readonly id: NodeId;
  private readonly peers: readonly NodeId[];
  private readonly clockRate: number;
  /** When each timer that is running runs out. */
  private readonly timers = new Map<TimerName, number>();

  /** A node that starts fresh but for the given fields, with a clock of the given rate. */
  constructor(
    node: RaftNode,
    id: NodeId,
    names: readonly NodeId[],
    start: Partial<NodeState> = {},
    clockRate = 1,
  ) {
    this.node = node;
    this.id = id;
    this.peers = names.filter((name) => name !== id);
    this.clockRate = clockRate;
    this.state = { ...this.initial(), ...start };
    this.disk = diskOf(this.state);
  }

  /** In virtual milliseconds; undefined when the timer is not running. */
  timerDue(timer: TimerName): number | undefined {
    return this.timers.get(timer);
  }

  /** Starts a timer, or starts it anew; at half the clock rate it takes twice as long. */
  startTimer(timer: TimerName, now: number, duration: number): void {
    this.timers.set(timer, now + duration / this.clockRate);
  }

  stopTimer(timer: TimerName): void {
    this.timers.delete(timer);
  }

  /** Stops the node: of all it knew, what is safe on its disk is left. */
  stop(): void {
    this.up = false;
    this.timers.clear();
    this.disk = afterCrash(this.disk);
  }

  /** Starts it again with what its disk holds; no timer runs yet. */
  startAgain(): void {
    this.up = true;
    this.state = this.initial(this.disk.synced);
  }

  private initial(saved?: Saved): NodeState {
    const { node, id, peers } = this;
    return saved ? node.init(id, peers, saved) : node.init(id, peers);
  }
}

// Any act of a world with clients and administrators, by chance: a message arrives, is lost or doubled, a timer runs out,
// a node crashes or starts again, a client asks for the first time or once more, and members are changed.

import type { Cluster } from '../cluster/cluster.ts';
import type { Random } from '../cluster/random.ts';
import type { Step } from '../cluster/step.ts';
import type { ClientCommand, NodeId, TimerName } from '../node/contract.ts';

/** Each asks for one thing, so that it does not matter in which order they are answered. */
const clients = ['Dan', 'Eve', 'Fay', 'Gus', 'Hal', 'Ida', 'Jim', 'Kay', 'Lea', 'Max'];

/** With more messages in flight, the oldest is lost. */
const crowd = 30;

const timers: readonly TimerName[] = ['election', 'heartbeat', 'contact'];

export class AnyAct {
  private readonly cluster: Cluster;
  private readonly random: Random;
  private readonly asked: ClientCommand[] = [];

  constructor(cluster: Cluster, random: Random) {
    this.cluster = cluster;
    this.random = random;
  }

  /** One act; undefined when what was drawn cannot be done now. */
  next(): Step | undefined {
    const { cluster, random } = this;
    const { inFlight } = cluster;
    const [oldest] = inFlight;
    if (oldest && inFlight.length > crowd) return cluster.drop(oldest);
    const dice = random.between(1, 100);
    if (dice <= 62) {
      if (!oldest) return this.timeout();
      const envelope = random.pick(inFlight);
      if (dice <= 54) return cluster.deliver(envelope);
      return dice <= 58 ? cluster.duplicate(envelope) : cluster.drop(envelope);
    }
    if (dice <= 80) return this.timeout();
    if (dice <= 92) return this.request();
    if (dice <= 95) return this.crash();
    return this.administer();
  }

  private timeout(): Step | undefined {
    const { cluster, random } = this;
    const node = random.pick(cluster.nodes);
    const running = timers.filter((timer) => cluster.timerDue(node, timer) !== undefined);
    return running.length === 0 ? undefined : cluster.timeout(node, random.pick(running));
  }

  private request(): Step | undefined {
    const { cluster, random, asked } = this;
    const leaders = this.up().filter((node) => cluster.stateOf(node).role === 'leader');
    if (leaders.length === 0) return undefined;
    const node = random.pick(leaders);
    if (asked.length > 0 && random.chance(0.2)) return cluster.request(node, random.pick(asked));
    const client = clients[asked.length];
    if (client === undefined) return undefined;
    const request: ClientCommand = random.chance(0.5)
      ? { command: `x+=${asked.length}`, client, sequence: 1 }
      : { command: 'x?', client, sequence: 1, ...(random.chance(0.8) && { read: 'index' }) };
    asked.push(request);
    return cluster.request(node, request);
  }

  /** Always a majority stays up; who is down starts again. */
  private crash(): Step | undefined {
    const { cluster, random } = this;
    const down = cluster.nodes.filter((node) => !cluster.isUp(node));
    if (down.length > 0 && random.chance(0.6)) return cluster.restart(random.pick(down));
    const up = this.up();
    return 2 * (up.length - 1) > cluster.nodes.length ? cluster.crash(random.pick(up)) : undefined;
  }

  private administer(): Step | undefined {
    const { cluster, random } = this;
    const node = random.pick(cluster.nodes);
    const { configuration, role } = cluster.stateOf(node);
    if (configuration === undefined || (role !== 'leader' && !random.chance(0.2))) return undefined;
    const other = random.pick(cluster.nodes);
    if (random.chance(0.3)) return cluster.transfer(node, other);
    const now = configuration.at(-1) ?? cluster.nodes;
    const voters = random.chance(0.3)
      ? cluster.nodes.filter(() => random.chance(0.6))
      : now.includes(other)
        ? now.filter((each) => each !== other)
        : [...now, other].sort();
    return cluster.change(node, voters.length > 0 ? voters : [other]);
  }

  private up(): NodeId[] {
    return this.cluster.nodes.filter((node) => this.cluster.isUp(node));
  }
}

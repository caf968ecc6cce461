// Chaos: at every moment any act that the world can do, drawn from a seed, without regard to time. No realistic run
// meets so many coincidences. The same seed gives the same run on every machine.

import type { Property, Violation } from '../check/property.ts';
import type { Cluster } from '../cluster/cluster.ts';
import type { Random } from '../cluster/random.ts';
import { randomFrom } from '../cluster/random.ts';
import type { Act, Envelope, Step } from '../cluster/step.ts';
import type { NodeId, RaftNode, TimerName } from '../node/contract.ts';
import type { Climate, Kind } from './climate.ts';
import { climateOf } from './climate.ts';
import { WatchedRun } from './watched-run.ts';

export interface ChaosSettings {
  readonly nodes: readonly NodeId[];
  /** After so many acts the run ends, if nothing went wrong before. */
  readonly acts: number;
  /** Lets crashed nodes restart. What they then remember is up to their chapter. */
  readonly restarts?: boolean;
}

export interface ChaosRun {
  /** All that was done, up to what went wrong. */
  readonly acts: readonly Act[];
  /** The first breach of a property, or a step that threw. */
  readonly violation: Violation | undefined;
}

/** Runs a fresh cluster of the node through the chaos of a seed. */
export function chaosRun(
  node: RaftNode,
  properties: readonly Property[],
  seed: number,
  settings: ChaosSettings,
): ChaosRun {
  return new Chaos(node, properties, seed, settings).run();
}

const keys = ['x', 'y', 'z'];
/** Beyond so many effects of a step, a crash is one after the step. */
const mostEffects = 4;

class Chaos {
  private readonly watched: WatchedRun;
  private readonly cluster: Cluster;
  private readonly random: Random;
  private readonly climate: Climate;
  private readonly limit: number;
  private requests = 0;

  constructor(
    node: RaftNode,
    properties: readonly Property[],
    seed: number,
    { nodes, acts, restarts = false }: ChaosSettings,
  ) {
    this.watched = new WatchedRun(node, nodes, properties);
    this.cluster = this.watched.cluster;
    this.random = randomFrom(seed);
    this.climate = climateOf(this.random, nodes.length, restarts);
    this.limit = acts;
  }

  run(): ChaosRun {
    const { watched } = this;
    const acts: Act[] = [];
    // A world in which nothing more can happen is left after as many attempts as it had acts.
    for (let attempt = 0; attempt < 2 * this.limit && acts.length < this.limit; attempt++) {
      const step = this.attempt(this.draw());
      if (!step) continue;
      acts.push(step.act);
      watched.see(step);
      if (watched.violation) break;
    }
    return { acts, violation: watched.violation };
  }

  private draw(): Kind {
    if (this.cluster.inFlight.length > this.climate.maxInFlight) return 'drop';
    let place = this.random.between(1, this.climate.totalWeight);
    for (const [kind, weight] of this.climate.weights) {
      place -= weight;
      if (place <= 0) return kind;
    }
    return 'deliver';
  }

  /** Does something of a kind; undefined when nothing of it can be done now. */
  private attempt(kind: Kind): Step | undefined {
    switch (kind) {
      case 'deliver':
        return this.deliver();
      case 'drop': {
        const envelope = this.someMessage();
        return envelope && this.cluster.drop(envelope);
      }
      case 'duplicate': {
        const envelope = this.someMessage();
        return envelope && this.cluster.duplicate(envelope);
      }
      case 'election':
      case 'heartbeat':
      case 'contact':
        return this.timeout(kind);
      case 'request':
        return this.request();
      case 'split':
        return this.split();
      case 'crash':
        return this.crash();
      case 'restart': {
        const down = this.someNode(false);
        return down === undefined ? undefined : this.cluster.restart(down);
      }
    }
  }

  private deliver(): Step | undefined {
    const hastes = this.random.between(1, 100) <= this.climate.haste;
    const envelope = this.someMessage(hastes ? this.cluster.nodes.length - 1 : Infinity);
    if (!envelope) return undefined;
    const { from, to } = envelope.message;
    const arrives = this.cluster.isUp(to) && this.cluster.connected(from, to);
    return arrives
      ? this.cluster.deliver(envelope, this.crashWithin())
      : this.cluster.drop(envelope);
  }

  private timeout(timer: TimerName): Step | undefined {
    const node = this.someNode(true, timer);
    if (node === undefined) return undefined;
    const { currentTerm = 0, role } = this.cluster.stateOf(node);
    const stands = timer === 'election' && role !== 'leader';
    if (stands && currentTerm >= this.climate.maxTerm) return undefined;
    return this.cluster.timeout(node, timer, this.crashWithin());
  }

  private request(): Step | undefined {
    if (this.requests >= this.climate.maxRequests) return undefined;
    const node = this.someNode(true);
    if (node === undefined) return undefined;
    const leads = this.cluster.stateOf(node).role === 'leader';
    // Others only name the leader, so they are seldom asked.
    if (!leads && !this.random.chance(0.2)) return undefined;
    this.requests += 1;
    const command = `${this.random.pick(keys)}=${this.requests}`;
    return this.cluster.request(node, command, this.crashWithin());
  }

  private split(): Step {
    const { cluster, random } = this;
    const what = random.between(1, 3);
    if (what === 1) return cluster.heal();
    const [from, to] = [random.pick(cluster.nodes), random.pick(cluster.nodes)];
    if (what === 2 && from !== to) return cluster.cut(from, to);
    const left = cluster.nodes.filter(() => random.chance(0.5));
    const right = cluster.nodes.filter((node) => !left.includes(node));
    return cluster.partition(left, right);
  }

  private crash(): Step | undefined {
    const up = this.mayCrash();
    return up.length === 0 ? undefined : this.cluster.crash(this.random.pick(up));
  }

  /** After how many effects of its next step a node crashes, if it does. */
  private crashWithin(): number | undefined {
    const { crashWithin } = this.climate;
    if (crashWithin === 0 || !this.random.chance(crashWithin)) return undefined;
    return this.mayCrash().length === 0 ? undefined : this.random.between(0, mostEffects);
  }

  /** Who may crash. Always a majority stays up: without one nothing more would happen. */
  private mayCrash(): readonly NodeId[] {
    const { nodes } = this.cluster;
    const up = nodes.filter((node) => this.cluster.isUp(node));
    return 2 * (up.length - 1) <= nodes.length ? [] : up;
  }

  /** A message in flight, one of so many of the newest. */
  private someMessage(newest = Infinity): Envelope | undefined {
    const { inFlight } = this.cluster;
    if (inFlight.length === 0) return undefined;
    return inFlight[
      this.random.between(Math.max(0, inFlight.length - newest), inFlight.length - 1)
    ];
  }

  /** The first node from a random one on that is up, or down, and has a timer running. */
  private someNode(up: boolean, timer?: TimerName): NodeId | undefined {
    const { nodes } = this.cluster;
    const first = this.random.between(0, nodes.length - 1);
    for (let offset = 0; offset < nodes.length; offset++) {
      const node = nodes[(first + offset) % nodes.length];
      if (node === undefined || this.cluster.isUp(node) !== up) continue;
      if (timer === undefined || this.cluster.timerDue(node, timer) !== undefined) return node;
    }
    return undefined;
  }
}

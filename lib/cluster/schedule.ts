// A seeded schedule: on the virtual clock, whatever is due next happens, and faults come by chance.
// The same seed gives the same run on every machine.

import type { NodeId, TimerName } from '../node/contract.ts';
import type { Cluster } from './cluster.ts';
import type { Random } from './random.ts';
import type { Envelope, Step } from './step.ts';

/** The chances of each fault, from 0 to 1. Without any, the network is calm. */
export interface Faults {
  /** For each message: that it is lost. */
  readonly drop?: number;
  /** For each message: that a second copy arrives. */
  readonly duplicate?: number;
  /** Every `pause` milliseconds on average, links are cut at random or healed. */
  readonly partition?: { readonly pause: number };
  /** Every `pause` milliseconds on average, a node crashes; always a majority stays up. */
  readonly crash?: { readonly pause: number };
  /** Every `pause` milliseconds on average, a client asks some node to set a key. No fault, but load. */
  readonly request?: { readonly pause: number };
}

const timers: readonly TimerName[] = ['election', 'heartbeat', 'contact'];

/** The keys that seeded clients write to. */
const keys = ['x', 'y', 'z'];

type Due =
  | { readonly at: number; readonly envelope: Envelope }
  | { readonly at: number; readonly node: NodeId; readonly timer: TimerName };

/** Runs a cluster to a time on its virtual clock, handing on each step as it happens. */
export function* runUntil(
  cluster: Cluster,
  random: Random,
  end: number,
  faults: Faults = {},
): Generator<Step> {
  let nextPartition = pauseFrom(cluster.now, random, faults.partition?.pause);
  let nextCrash = pauseFrom(cluster.now, random, faults.crash?.pause);
  let nextRequest = pauseFrom(cluster.now, random, faults.request?.pause);
  for (;;) {
    const due = nextDue(cluster);
    const at = Math.min(due?.at ?? Infinity, nextPartition, nextCrash, nextRequest);
    if (at > end) return;
    cluster.advanceTo(at);
    if (at === nextPartition) {
      yield partitionAtRandom(cluster, random);
      nextPartition = pauseFrom(at, random, faults.partition?.pause);
    } else if (at === nextCrash) {
      const victim = random.pick(cluster.nodes);
      if (mayCrash(cluster, victim)) yield cluster.crash(victim);
      nextCrash = pauseFrom(at, random, faults.crash?.pause);
    } else if (at === nextRequest) {
      const up = cluster.nodes.filter((node) => cluster.isUp(node));
      yield cluster.request(random.pick(up), `${random.pick(keys)}=${Math.round(at)}`);
      nextRequest = pauseFrom(at, random, faults.request?.pause);
    } else if (due && 'timer' in due) {
      yield cluster.timeout(due.node, due.timer);
    } else if (due) {
      yield* arrive(cluster, random, due.envelope, faults);
    }
  }
}

/** The message or timer that is due first; messages before timers, older before newer. */
function nextDue(cluster: Cluster): Due | undefined {
  let first: Due | undefined;
  for (const envelope of cluster.inFlight) {
    if (!first || envelope.dueAt < first.at) first = { at: envelope.dueAt, envelope };
  }
  for (const node of cluster.nodes) {
    for (const timer of timers) {
      const at = cluster.timerDue(node, timer);
      if (at !== undefined && (!first || at < first.at)) first = { at, node, timer };
    }
  }
  return first;
}

function* arrive(
  cluster: Cluster,
  random: Random,
  envelope: Envelope,
  { drop = 0, duplicate = 0 }: Faults,
): Generator<Step> {
  const { from, to } = envelope.message;
  if (!cluster.isUp(to) || !cluster.connected(from, to) || random.chance(drop)) {
    yield cluster.drop(envelope);
    return;
  }
  if (random.chance(duplicate)) yield cluster.duplicate(envelope);
  yield cluster.deliver(envelope);
}

function partitionAtRandom(cluster: Cluster, random: Random): Step {
  const [from, to] = [random.pick(cluster.nodes), random.pick(cluster.nodes)];
  const left = cluster.nodes.filter(() => random.chance(0.5));
  const right = cluster.nodes.filter((node) => !left.includes(node));
  if (random.chance(0.3)) return cluster.heal();
  if (random.chance(0.3) && from !== to) return cluster.cut(from, to);
  return cluster.partition(left, right);
}

function mayCrash(cluster: Cluster, victim: NodeId): boolean {
  const up = cluster.nodes.filter((node) => cluster.isUp(node)).length;
  return cluster.isUp(victim) && up - 1 > cluster.nodes.length / 2;
}

function pauseFrom(now: number, random: Random, pause?: number): number {
  return pause === undefined ? Infinity : now + random.between(1, 2 * pause);
}

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
  /** Every `pause` milliseconds on average, a node that is down starts again. */
  readonly restart?: { readonly pause: number };
  /** For each step of a node: that it crashes in the middle; always a majority stays up. */
  readonly crashWithin?: number;
  /** Every `pause` milliseconds on average, a client asks some node to set a key. No fault, but load. */
  readonly request?: { readonly pause: number };
  /**
   * Every `pause` milliseconds on average, an administrator asks for other voters, or for another leader. No fault,
   * but load.
   */
  readonly administer?: { readonly pause: number };
  /** Clients that ask, wait, and ask again. No fault, but load. */
  readonly clients?: Asking;
}

/** How many effects a node carries out before it crashes in the middle of its next step, if it does. */
export type CrashWithin = (node: NodeId) => number | undefined;

/** Clients as the schedule needs them. */
export interface Asking {
  /** When one of them asks next, in virtual milliseconds. */
  readonly dueAt: number;
  /** The one whose turn it is asks a node; undefined when none is up. */
  ask(cluster: Cluster, crashWithin: CrashWithin): Step | undefined;
  /** They take note of what a step answers them. */
  see(step: Step): void;
  /** From here on, no answer is lost on its way to them. */
  hearAll(): void;
}

const timers: readonly TimerName[] = ['election', 'heartbeat', 'contact'];

/** A node that crashes in the middle has carried out at most this many effects. */
const mostEffects = 6;

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
  for (const step of stepsUntil(cluster, random, end, faults)) {
    faults.clients?.see(step);
    yield step;
  }
}

function* stepsUntil(
  cluster: Cluster,
  random: Random,
  end: number,
  faults: Faults,
): Generator<Step> {
  let nextPartition = pauseFrom(cluster.now, random, faults.partition?.pause);
  let nextCrash = pauseFrom(cluster.now, random, faults.crash?.pause);
  let nextRequest = pauseFrom(cluster.now, random, faults.request?.pause);
  let nextRestart = pauseFrom(cluster.now, random, faults.restart?.pause);
  let nextOrder = pauseFrom(cluster.now, random, faults.administer?.pause);
  const crashWithin: CrashWithin = (node) =>
    random.chance(faults.crashWithin ?? 0) && mayCrash(cluster, node)
      ? random.between(0, mostEffects)
      : undefined;
  for (;;) {
    const due = nextDue(cluster);
    const nextAsked = faults.clients?.dueAt ?? Infinity;
    const faultAt = Math.min(nextPartition, nextCrash, nextRestart);
    const at = Math.min(due?.at ?? Infinity, faultAt, nextRequest, nextAsked, nextOrder);
    if (at > end) return;
    cluster.advanceTo(at);
    if (at === nextPartition) {
      yield partitionAtRandom(cluster, random);
      nextPartition = pauseFrom(at, random, faults.partition?.pause);
    } else if (at === nextCrash) {
      const victim = random.pick(cluster.nodes);
      if (mayCrash(cluster, victim)) yield cluster.crash(victim);
      nextCrash = pauseFrom(at, random, faults.crash?.pause);
    } else if (at === nextRestart) {
      const down = cluster.nodes.filter((node) => !cluster.isUp(node));
      if (down.length > 0) yield cluster.restart(random.pick(down));
      nextRestart = pauseFrom(at, random, faults.restart?.pause);
    } else if (at === nextRequest) {
      const node = random.pick(cluster.nodes.filter((node) => cluster.isUp(node)));
      const command = `${random.pick(keys)}=${Math.round(at)}`;
      yield cluster.request(node, command, crashWithin(node));
      nextRequest = pauseFrom(at, random, faults.request?.pause);
    } else if (at === nextOrder) {
      yield administer(cluster, random, crashWithin);
      nextOrder = pauseFrom(at, random, faults.administer?.pause);
    } else if (at === nextAsked) {
      const step = faults.clients?.ask(cluster, crashWithin);
      if (step) yield step;
    } else if (due && 'timer' in due) {
      yield cluster.timeout(due.node, due.timer, crashWithin(due.node));
    } else if (due) {
      yield* arrive(cluster, random, due.envelope, faults, crashWithin);
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
  crashWithin: CrashWithin,
): Generator<Step> {
  const { from, to } = envelope.message;
  if (!cluster.isUp(to) || !cluster.connected(from, to) || random.chance(drop)) {
    yield cluster.drop(envelope);
    return;
  }
  if (random.chance(duplicate)) yield cluster.duplicate(envelope);
  yield cluster.deliver(envelope, crashWithin(to));
}

function partitionAtRandom(cluster: Cluster, random: Random): Step {
  const [from, to] = [random.pick(cluster.nodes), random.pick(cluster.nodes)];
  const left = cluster.nodes.filter(() => random.chance(0.5));
  const right = cluster.nodes.filter((node) => !left.includes(node));
  if (random.chance(0.3)) return cluster.heal();
  if (random.chance(0.3) && from !== to) return cluster.cut(from, to);
  return cluster.partition(left, right);
}

/**
 * An administrator asks a leader, or whoever is there: for one node more or less, for any other set of voters, or for
 * another leader.
 */
function administer(
  cluster: Cluster,
  random: Random,
  crashWithin: (node: NodeId) => number | undefined,
): Step {
  const up = cluster.nodes.filter((node) => cluster.isUp(node));
  const leaders = up.filter((node) => cluster.stateOf(node).role === 'leader');
  const node = random.pick(leaders.length > 0 ? leaders : up);
  const other = random.pick(cluster.nodes);
  const kind = random.between(1, 4);
  if (kind === 1) return cluster.transfer(node, other, crashWithin(node));
  const now = cluster.stateOf(node).configuration?.at(-1) ?? cluster.nodes;
  const byOne = now.includes(other) ? now.filter((each) => each !== other) : [...now, other];
  const any = cluster.nodes.filter(() => random.chance(0.6));
  const voters = kind === 2 ? any : byOne;
  return cluster.change(node, voters.length > 0 ? voters : [other], crashWithin(node));
}

function mayCrash(cluster: Cluster, victim: NodeId): boolean {
  const up = cluster.nodes.filter((node) => cluster.isUp(node)).length;
  return cluster.isUp(victim) && up - 1 > cluster.nodes.length / 2;
}

function pauseFrom(now: number, random: Random, pause?: number): number {
  return pause === undefined ? Infinity : now + random.between(1, 2 * pause);
}

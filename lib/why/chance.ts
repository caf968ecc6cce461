// Walks at random through what can happen, without a clock: any message arrives, is lost or doubled, any timer runs out,
// any node is asked. It finds runs of five nodes that are too long for a search through every interleaving.

import type { Property } from '../check/property.ts';
import { checkerOf, sightingOf } from '../check/property.ts';
import { Cluster } from '../cluster/cluster.ts';
import { randomFrom } from '../cluster/random.ts';
import type { Random } from '../cluster/random.ts';
import type { Act, Step } from '../cluster/step.ts';
import { scriptedTiming } from '../cluster/timing.ts';
import type { NodeId, RaftNode } from '../node/contract.ts';

export interface Walks {
  readonly nodes: readonly NodeId[];
  readonly properties: readonly Property[];
  /** How many acts a walk takes at most, and how many walks there are, each from its own seed. */
  readonly acts: number;
  readonly walks: number;
  /** Whether nodes crash, also in the middle of a step, and start again. */
  readonly restarts: boolean;
}

/** The acts of each walk that breaks a property, up to the breach. The same walks on every machine. */
export function* brokenByChance(
  node: RaftNode,
  { nodes, properties, acts, walks, restarts }: Walks,
): Generator<readonly Act[]> {
  for (let seed = 0; seed < walks; seed++) {
    const random = randomFrom(seed);
    const cluster = new Cluster(node, nodes, scriptedTiming);
    const check = checkerOf(properties);
    const done: Act[] = [];
    while (done.length < acts) {
      const step = possibly(
        () => (restarts && anyCrash(cluster, random)) || anyStep(cluster, random, done.length),
      );
      if (!step) break;
      done.push(step.act);
      const sighting = sightingOf(done.length, step);
      if (!sighting || !check(sighting)) continue;
      yield done;
      break;
    }
  }
}

/** The step; undefined when a node throws: the walk ends there. */
function possibly(take: () => Step): Step | undefined {
  try {
    return take();
  } catch {
    return undefined;
  }
}

/** Now and then a node crashes, in the middle of what it makes of a message if there is one; who is down starts again. */
function anyCrash(cluster: Cluster, random: Random): Step | undefined {
  const down = cluster.nodes.find((id) => !cluster.isUp(id));
  if (down !== undefined) return cluster.restart(down);
  if (!random.chance(0.05)) return undefined;
  const { inFlight } = cluster;
  return inFlight.length > 0 && random.chance(0.5)
    ? cluster.deliver(random.pick(inFlight), random.between(0, 2))
    : cluster.crash(random.pick(cluster.nodes));
}

/** So many messages are in flight at most; beyond, the oldest are lost. */
const crowd = 60;

function anyStep(cluster: Cluster, random: Random, number: number): Step {
  const { inFlight } = cluster;
  const [oldest] = inFlight;
  if (oldest && inFlight.length > crowd) return cluster.drop(oldest);
  const dice = random.between(1, 100);
  if (dice <= 80 && oldest) {
    const envelope = random.pick(inFlight);
    if (dice <= 70) return cluster.deliver(envelope);
    return dice <= 75 ? cluster.duplicate(envelope) : cluster.drop(envelope);
  }
  const node = random.pick(cluster.nodes);
  const leads = cluster.stateOf(node).role === 'leader';
  if (leads && dice % 2 === 0) return cluster.request(node, `x=${number}`);
  const timer = leads && random.chance(0.8) ? 'heartbeat' : 'election';
  if (cluster.timerDue(node, timer) !== undefined) return cluster.timeout(node, timer);
  return cluster.timerDue(node, 'contact') === undefined
    ? cluster.request(node, `x=${number}`)
    : cluster.timeout(node, 'contact');
}

// Seeded runs on the virtual clock that measure what a protocol takes: how soon all follow one leader, how long a
// request takes, how many messages are sent and how many terms are started.

import { Cluster } from '../cluster/cluster.ts';
import { randomFrom } from '../cluster/random.ts';
import type { Random } from '../cluster/random.ts';
import type { Faults } from '../cluster/schedule.ts';
import { runUntil } from '../cluster/schedule.ts';
import type { Step } from '../cluster/step.ts';
import { seededTiming } from '../cluster/timing.ts';
import type { NodeId, RaftNode } from '../node/contract.ts';
import { Meter } from './meter.ts';
import type { Taken } from './meter.ts';
import { nodesNamed } from '../trial/trial.ts';

export interface Weather {
  /** `calm`, as verdicts name it. */
  readonly name: string;
  readonly says: string;
  readonly latency: { readonly low: number; readonly high: number };
  /** True when clients ask that wait for their answers. */
  readonly clients?: boolean;
  readonly run: (sky: Sky) => void;
}

/** What a weather can do. */
export interface Sky {
  readonly cluster: Cluster;
  readonly random: Random;
  readonly pass: (milliseconds: number, faults?: Faults) => void;
  /** Takes note of a step that the weather itself made a node take. */
  readonly see: (step: Step) => void;
  readonly leader: () => NodeId | undefined;
}

/** Three or five nodes in turn. */
const nodesOf = (seed: number) => nodesNamed(3 + 2 * (seed % 2));

export const load: Faults = { request: { pause: 40 } };

/** All take three virtual seconds, of which the last is calm. */
export const weathers: readonly Weather[] = [
  {
    name: 'calm',
    says: 'nothing is lost, and clients ask all the time',
    latency: { low: 5, high: 15 },
    run: ({ pass }) => pass(3000, load),
  },
  {
    name: 'rough',
    says: 'messages are lost, doubled and overtake each other; then it is calm',
    latency: { low: 1, high: 60 },
    run({ pass }) {
      pass(2000, { ...load, drop: 0.1, duplicate: 0.2 });
      pass(1000, load);
    },
  },
  {
    name: 'a leader lost',
    says: 'the leader crashes for good',
    latency: { low: 5, high: 15 },
    run({ cluster, pass, leader }) {
      pass(1500, load);
      const victim = leader();
      if (victim !== undefined) cluster.crash(victim);
      pass(1500, load);
    },
  },
  {
    name: 'a follower away',
    says: 'a follower is cut off for a second and comes back',
    latency: { low: 5, high: 15 },
    run({ cluster, pass, leader }) {
      pass(1000, load);
      const away = cluster.nodes.find((id) => id !== leader()) ?? 'A';
      const others = cluster.nodes.filter((id) => id !== away);
      cluster.partition([away], others);
      pass(1000, load);
      cluster.heal();
      pass(1000, load);
    },
  },
  {
    name: 'a leader away',
    says: 'the leader is cut off for a second while clients still ask it, and comes back',
    latency: { low: 5, high: 15 },
    run({ cluster, pass, leader }) {
      pass(1000, load);
      const away = leader() ?? 'A';
      const others = cluster.nodes.filter((id) => id !== away);
      cluster.partition([away], others);
      pass(1000, load);
      cluster.heal();
      pass(1000, load);
    },
  },
];

/** Lets nodes live through one weather. The same for the same seed. */
export function live(node: RaftNode, weather: Weather, seed: number): Taken {
  const random = randomFrom(seed);
  const nodes = nodesOf(seed);
  const cluster = new Cluster(node, nodes, seededTiming(random, weather.latency));
  const meter = new Meter(cluster);
  let error: string | undefined;
  try {
    weather.run({
      cluster,
      random,
      see: (step) => meter.see(step),
      leader: () => nodes.find((id) => cluster.isUp(id) && cluster.stateOf(id).role === 'leader'),
      pass(milliseconds, faults) {
        if (meter.flooded) return;
        const end = cluster.now + milliseconds;
        for (const step of runUntil(cluster, random, end, faults)) {
          meter.see(step);
          if (meter.flooded) return;
        }
        cluster.advanceTo(end);
      },
    });
  } catch (thrown) {
    error = thrown instanceof Error ? thrown.message : String(thrown);
  }
  return meter.taken(error);
}

// Weathers for what hardly ever matters: clusters in trouble, with messages that are late or doubled.

import type { Weather } from './weather.ts';
import { load } from './weather.ts';

/** Looked at only when no weather before has shown anything. */
export const rareWeathers: readonly Weather[] = [
  {
    name: 'a leader and one more away',
    says: 'the leader is cut off together with one follower, whose messages are doubled, and both come back',
    latency: { low: 5, high: 15 },
    run({ cluster, pass, leader }) {
      pass(800, load);
      const lost = leader();
      const other = cluster.nodes.find((id) => id !== lost);
      const away = cluster.nodes.filter((id) => id === lost || id === other);
      const others = cluster.nodes.filter((id) => !away.includes(id));
      cluster.partition(away, others);
      pass(1700, { duplicate: 0.9 });
      cluster.heal();
      pass(500, load);
    },
  },
  {
    name: 'leaders lost, messages late',
    says: 'again and again the leader is cut off for a while, and messages take up to twice the shortest election timeout',
    latency: { low: 1, high: 300 },
    run({ cluster, pass, leader }) {
      for (let turn = 0; turn < 3; turn++) {
        pass(500, { duplicate: 0.5 });
        const lost = leader();
        if (lost === undefined) continue;
        cluster.partition(
          [lost],
          cluster.nodes.filter((id) => id !== lost),
        );
        pass(300, { duplicate: 0.5 });
        cluster.heal();
      }
      pass(600, load);
    },
  },
  {
    name: 'late',
    says: 'messages are doubled, and take up to twice the shortest election timeout; then no more are doubled',
    latency: { low: 1, high: 300 },
    run({ pass }) {
      pass(2500, { ...load, duplicate: 0.5 });
      pass(500, load);
    },
  },
  {
    name: 'a leader lost, a follower behind',
    says: 'a follower is cut off for a second and comes back as the leader crashes for good',
    latency: { low: 5, high: 60 },
    run({ cluster, pass, leader }) {
      pass(1000, load);
      const [lost, away] = [leader(), cluster.nodes.find((id) => id !== leader())];
      if (away === undefined) return;
      cluster.partition(
        [away],
        cluster.nodes.filter((id) => id !== away),
      );
      pass(1000, load);
      cluster.heal();
      if (lost !== undefined) cluster.crash(lost);
      pass(1000, load);
    },
  },
];

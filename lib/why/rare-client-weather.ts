// Weathers for what hardly ever matters to clients: messages that are so late that whoever sent them leads no more, and
// administrators who ask for much at once.

import type { Sky, Weather } from './weather.ts';
import { clientsOf, setKeys, votersOf } from './client-weather.ts';

/** A majority of the nodes, the first of them or the last. */
function halves({ cluster: { nodes } }: Sky): [string[], string[]] {
  const middle = Math.ceil(nodes.length / 2);
  return [nodes.slice(0, middle), nodes.slice(middle)];
}

/** Looked at only when no weather before has shown anything. */
export const rareClientWeathers: readonly Weather[] = [
  {
    name: 'clients, and messages late',
    says: 'three clients write and read; messages are doubled, and take up to twice the shortest election timeout',
    latency: { low: 1, high: 300 },
    clients: true,
    run({ pass, random }) {
      const clients = clientsOf(random);
      pass(2500, { clients, duplicate: 0.5 });
      pass(500, { clients });
    },
  },
  {
    name: 'clients, and a majority that changes',
    says: 'three clients write and read; again and again the nodes are parted in another way, and messages are late and doubled',
    latency: { low: 1, high: 150 },
    clients: true,
    run(sky) {
      const { cluster, pass, random } = sky;
      const clients = clientsOf(random);
      pass(500, { clients });
      const [one, other] = halves(sky);
      for (let turn = 0; turn < 5; turn++) {
        const away = random.pick(cluster.nodes);
        if (turn % 2 === 0) cluster.partition(one, other);
        else {
          cluster.partition(
            [away],
            cluster.nodes.filter((id) => id !== away),
          );
        }
        pass(250, { clients, duplicate: 0.5 });
        cluster.heal();
        pass(200, { clients, duplicate: 0.5 });
      }
      pass(250, { clients });
    },
  },
  {
    name: 'a leader and a newcomer away',
    says:
      'sixteen keys are set while a follower is away; it comes back, and the leader is cut off together with it while every ' +
      'message takes long',
    latency: { low: 30, high: 50 },
    clients: true,
    run(sky) {
      const { cluster, pass, leader, random } = sky;
      pass(600);
      const first = leader() ?? 'A';
      const newcomer = cluster.nodes.find((id) => id !== first) ?? 'B';
      const others = cluster.nodes.filter((id) => id !== newcomer);
      cluster.partition([newcomer], others);
      setKeys(sky, 16);
      pass(150);
      const rest = others.filter((id) => id !== first);
      cluster.partition([first, newcomer], rest);
      const clients = clientsOf(random);
      pass(1200, { clients });
      cluster.heal();
      pass(600, { clients });
    },
  },
];

export const rareMemberWeathers: readonly Weather[] = [
  {
    name: 'members and leaders change, and messages are late',
    says:
      'every quarter of a second the leader is asked to let another lead, and then for one member more or less; messages ' +
      'are doubled, and take up to the shortest election timeout',
    latency: { low: 1, high: 150 },
    clients: true,
    run(sky) {
      const { cluster, pass, see, leader, random } = sky;
      const clients = clientsOf(random);
      pass(500, { clients });
      for (let turn = 0; turn < 8; turn++) {
        const asked = leader();
        const now = votersOf(sky);
        const other = random.pick(cluster.nodes);
        const voters = now.includes(other)
          ? now.filter((id) => id !== other)
          : [...now, other].sort();
        if (asked !== undefined) see(cluster.transfer(asked, other));
        if (asked !== undefined && voters.length > 1) {
          see(cluster.change(asked, voters));
        }
        pass(250, { clients, duplicate: 0.5 });
      }
      pass(500, { clients });
    },
  },
];

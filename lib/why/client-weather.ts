// Weathers for nodes that serve clients: clients that write and read, and wait for their answers; followers that miss
// much; and, where members can change, administrators.

import { Clients } from '../client/client.ts';
import type { Random } from '../cluster/random.ts';
import type { NodeId } from '../node/contract.ts';
import type { Sky, Weather } from './weather.ts';
import { load } from './weather.ts';

export const clientsOf = (random: Random, deaf = 0) =>
  new Clients(['Ann', 'Ben', 'Cleo'], random, { deaf, pause: 60 });

const latency = { low: 5, high: 15 };

/** One follower is cut off for so long, and comes back. */
function away({ cluster, pass, leader }: Sky, faults: Parameters<Sky['pass']>[1]): void {
  const lost = cluster.nodes.find((id) => id !== leader()) ?? 'A';
  cluster.partition(
    [lost],
    cluster.nodes.filter((id) => id !== lost),
  );
  pass(1000, faults);
  cluster.heal();
}

/** So many keys are set, one after the other, each by who leads then. */
export function setKeys(
  { cluster, pass, see, leader }: Sky,
  count: number,
  faults?: Parameters<Sky['pass']>[1],
): void {
  for (let key = 0; key < count; key++) {
    const asked = leader();
    if (asked !== undefined) see(cluster.request(asked, `k${key}=1`));
    pass(20, faults);
  }
}

export const clientWeathers: readonly Weather[] = [
  {
    name: 'clients',
    says: 'three clients write, and read through the log and without it, and nothing is lost',
    latency,
    clients: true,
    run({ pass, random }) {
      pass(3000, { clients: clientsOf(random) });
    },
  },
  {
    name: 'clients in rough water',
    says: 'three clients write and read; messages are lost, doubled and overtake each other',
    latency: { low: 1, high: 60 },
    clients: true,
    run({ pass, random }) {
      pass(3000, { clients: clientsOf(random), drop: 0.1, duplicate: 0.2 });
    },
  },
  {
    name: 'clients that hear little',
    says: 'half of what clients are told is lost, so that they ask again',
    latency,
    clients: true,
    run({ pass, random }) {
      pass(3000, { clients: clientsOf(random, 0.5) });
    },
  },
  {
    name: 'clients and a leader cut off',
    says: 'three clients write and read; twice the leader is cut off for half a second, and comes back',
    latency,
    clients: true,
    run({ cluster, pass, leader, random }) {
      const clients = clientsOf(random);
      pass(700, { clients });
      for (let turn = 0; turn < 2; turn++) {
        const lost = leader() ?? 'A';
        cluster.partition(
          [lost],
          cluster.nodes.filter((id) => id !== lost),
        );
        pass(500, { clients });
        cluster.heal();
        pass(500, { clients });
      }
      pass(300, { clients });
    },
  },
  {
    name: 'much missed',
    says: 'a follower is cut off for a second while clients write, comes back, and messages are lost on the way',
    latency: { low: 5, high: 30 },
    clients: true,
    run(sky) {
      const { pass, random } = sky;
      const clients = clientsOf(random);
      pass(700, { clients });
      away(sky, { clients });
      pass(500, { clients, drop: 0.2, duplicate: 0.2 });
      pass(800, { clients });
    },
  },
  {
    name: 'a long snapshot',
    says:
      'sixteen keys are set while a follower is away; it comes back as the others but a bare majority crash, and every ' +
      'message takes long',
    latency: { low: 30, high: 50 },
    clients: true,
    run(sky) {
      const { cluster, pass, leader, random } = sky;
      pass(600);
      const first = leader() ?? 'A';
      const others = cluster.nodes.filter((id) => id !== first);
      const lost = others.slice(0, 1);
      cluster.partition(
        lost,
        cluster.nodes.filter((id) => !lost.includes(id)),
      );
      setKeys(sky, 16);
      pass(400);
      const down = others.slice(1, 1 + (cluster.nodes.length - 1) / 2);
      for (const id of down) cluster.crash(id);
      cluster.heal();
      pass(1680, { clients: clientsOf(random) });
    },
  },
  {
    name: 'all start again',
    says: 'after two seconds of commands all nodes crash at once, and start again',
    latency,
    clients: true,
    run({ cluster, pass, random }) {
      const clients = clientsOf(random);
      pass(2000, { clients });
      for (const id of cluster.nodes) if (cluster.isUp(id)) cluster.crash(id);
      for (const id of cluster.nodes) cluster.restart(id);
      pass(1000, { clients });
    },
  },
];

/** Those of whoever has a vote as a leader says. */
export const votersOf = ({ cluster, leader }: Sky): readonly NodeId[] =>
  cluster.stateOf(leader() ?? cluster.nodes[0] ?? 'A').configuration?.at(-1) ?? cluster.nodes;

export const memberWeathers: readonly Weather[] = [
  {
    name: 'members come and go',
    says: 'every half second a node is taken out or comes back, while clients write and read',
    latency,
    clients: true,
    run(sky) {
      const { cluster, pass, see, leader, random } = sky;
      const clients = clientsOf(random);
      pass(500, { clients });
      for (let turn = 0; turn < 4; turn++) {
        const asked = leader();
        const now = votersOf(sky);
        const everybody = now.length === cluster.nodes.length;
        const out = random.pick(cluster.nodes);
        const voters = everybody ? cluster.nodes.filter((id) => id !== out) : cluster.nodes;
        if (asked !== undefined) see(cluster.change(asked, voters));
        pass(500, { clients });
      }
      pass(500, { clients });
    },
  },
  {
    name: 'a slow newcomer',
    says: 'a node that has missed thirty commands joins, while messages take a third of the shortest election timeout there and back',
    latency: { low: 15, high: 25 },
    clients: true,
    run(sky) {
      const { cluster, pass, see, leader, random } = sky;
      const clients = clientsOf(random);
      pass(700, { clients });
      const out = cluster.nodes.find((id) => id !== leader());
      ask(cluster.nodes.filter((id) => id !== out));
      pass(500, { clients });
      setKeys(sky, 30, { clients });
      ask(cluster.nodes);
      pass(1200, { request: { pause: 200 } });

      function ask(voters: readonly NodeId[]) {
        const asked = leader();
        if (asked !== undefined) see(cluster.change(asked, voters));
      }
    },
  },
  {
    name: 'a newcomer that has started again',
    says:
      'a cluster of one takes in a second node, and both crash and start again before that one hears of it: now the first ' +
      'needs its vote',
    latency,
    clients: true,
    run(sky) {
      const { cluster, pass, see, leader } = sky;
      pass(600);
      const first = leader() ?? 'A';
      const [second = 'B', ...others] = cluster.nodes.filter((id) => id !== first);
      see(cluster.change(first, [first]));
      pass(300);
      for (const id of others) cluster.crash(id);
      pass(300, load);
      const asked = leader();
      if (asked !== undefined) see(cluster.change(asked, [first, second].sort()));
      const isAsked = () => cluster.stateOf(first).configuration?.flat().includes(second);
      for (let count = 0; count < 300 && !isAsked(); count++) pass(1);
      cluster.cut(first, second);
      cluster.crash(second);
      cluster.restart(second);
      cluster.crash(first);
      pass(20);
      cluster.heal();
      cluster.restart(first);
      pass(1500, load);
    },
  },
  {
    name: 'leadership handed over',
    says: 'every half second the leader is asked to let another lead, while clients write and read, and some messages are doubled',
    latency,
    clients: true,
    run({ cluster, pass, see, leader, random }) {
      const clients = clientsOf(random);
      pass(500, { clients, duplicate: 0.1 });
      for (let turn = 0; turn < 4; turn++) {
        const asked = leader();
        const target = random.pick(cluster.nodes);
        if (asked !== undefined) see(cluster.transfer(asked, target));
        pass(500, { clients, duplicate: 0.1 });
      }
      pass(500, { clients, duplicate: 0.1 });
    },
  },
];

// The trials of nodes that are cut off: a leader that hears nobody must give up, and a node that comes back must not
// disturb a leader whom the others hear.

import { agreedTerm } from './fault-run.ts';
import { elect } from './elections.ts';
import type { NodeId } from '../node/contract.ts';
import type { Trial } from './trial.ts';
import { leaderWithin, nodesNamed, World } from './trial.ts';

const nodesOf = (seed: number) => nodesNamed(3 + 2 * (seed % 2));

export const deafLeader: Trial = {
  name: 'deaf-leader',
  title: 'A leader that hears nobody steps down',
  paper: 'thesis §6.2',
  says:
    'A leader whose followers hear it, but whom no answer reaches, steps down; then the others ' +
    'elect one of themselves and go on.',
  nodes: nodesOf,
  run(node, seed, properties, onStep) {
    const nodes = nodesOf(seed);
    const world = new World(node, nodes, seed, properties, onStep);
    const { cluster } = world;
    const found = elect(world);
    if (typeof found === 'string') return found;
    const { leader } = found;
    for (const id of nodes) if (id !== leader) world.see(cluster.cut(id, leader));
    let successor: NodeId | undefined;
    for (let waited = 0; waited < leaderWithin && successor === undefined; waited += 100) {
      world.runFor(100, { request: { pause: 40 } });
      successor = nodes.find((id) => id !== leader && cluster.stateOf(id).role === 'leader');
    }
    if (world.problem !== undefined) return world.problem;
    if (successor === undefined) {
      return `no answer has reached ${leader} for ${leaderWithin} ms, and no other leads`;
    }
    // Now nobody hears it either: before PreVote it would go on disturbing the others with new terms.
    world.cutOff(leader);
    world.runFor(leaderWithin);
    const committed = () => Math.max(...nodes.map((id) => cluster.stateOf(id).commitIndex ?? 0));
    const before = committed();
    world.runFor(1000, { request: { pause: 40 } });
    if (world.problem !== undefined) return world.problem;
    return committed() > before ? undefined : `without ${leader}, nothing more is committed`;
  },
};

export const quietReturn: Trial = {
  name: 'quiet-return',
  title: 'Who returns disturbs nobody',
  paper: 'thesis §9.6',
  says: 'A node that was cut off for long returns, and the leader whom the others hear stays.',
  nodes: nodesOf,
  run(node, seed, properties, onStep) {
    const nodes = nodesOf(seed);
    const world = new World(node, nodes, seed, properties, onStep);
    const { cluster } = world;
    const found = elect(world);
    if (typeof found === 'string') return found;
    const { leader, term } = found;
    const away = nodes.filter((id) => id !== leader)[seed % (nodes.length - 1)];
    if (away === undefined) throw new Error('there is nobody to be cut off');
    // A log that has fallen behind could not win anyway, so in some runs nothing is written.
    const faults = seed % 4 < 2 ? {} : { request: { pause: 40 } };
    for (let returns = 0; returns < 5; returns++) {
      world.cutOff(away);
      world.runFor(800, faults);
      // It comes back when it is about to lose patience once more, before the next heartbeat.
      const due = cluster.timerDue(away, 'election') ?? cluster.now;
      world.runFor(Math.max(0, due - cluster.now - 1), faults);
      world.see(cluster.heal());
      world.runFor(400, faults);
      if (world.problem !== undefined) return world.problem;
      const now = agreedTerm(cluster);
      if (now === term) continue;
      const what = now === undefined ? 'not all follow a leader' : `the leader is of term ${now}`;
      return `${away} came back after a while to a leader of term ${term}; now ${what}`;
    }
    return undefined;
  },
};

// The trial of a follower whose answers are lost: the leader does not know what it stores, and then needs it.

import { Log } from '../log/log.ts';
import type { NodeId } from '../node/contract.ts';
import { leaderOf } from './elections.ts';
import type { Trial } from './trial.ts';
import { appliedWithin, leaderWithin, nodesNamed, World } from './trial.ts';

/** How often answers are lost: so often that nodes have compacted their logs at different indices by then. */
const rounds = 12;

const nodes = nodesNamed(3);

export const unheard: Trial = {
  name: 'unheard',
  title: 'A follower whose answers were lost is counted again',
  paper: '§5.3, §7',
  says:
    'What a follower answers is lost for a while. Then the other follower crashes, so that the leader cannot commit ' +
    'anything without the one it has not heard.',
  nodes: () => nodes,
  run(node, seed, properties, onStep) {
    const world = new World(node, nodes, seed, properties, onStep);
    world.runFor(leaderWithin);
    for (let round = 1; round <= rounds; round++) {
      const found = leaderOf(world);
      if (typeof found === 'string') return found;
      const problem = loseAnswers(world, found.leader, round);
      if (problem !== undefined) return problem;
    }
    return undefined;
  },
};

/** All answer some commands, and only one follower is heard to answer two more; then it crashes. */
function loseAnswers(world: World, leader: NodeId, round: number): string | undefined {
  const { cluster } = world;
  const others = nodes.filter((id) => id !== leader);
  const [away = 'B', other = 'C'] = round % 2 === 0 ? others : [...others].reverse();
  const ask = (count: number, name: string) => {
    for (let key = 1; key <= count; key++) {
      world.see(cluster.request(leader, `${name}=${round}.${key}`));
      world.runFor(1);
    }
    world.runFor(100);
  };
  ask(2 + (round % 3), 'x');
  world.see(cluster.cut(away, leader));
  ask(2, 'y');
  world.see(cluster.crash(other));
  world.see(cluster.heal());
  world.see(cluster.request(leader, `z=${round}`));
  const { lastIndex } = Log.of(cluster.stateOf(leader).log ?? []);
  world.runFor(appliedWithin / 2);
  if (world.problem !== undefined) return world.problem;
  const behind = [leader, away].find((id) => (cluster.stateOf(id).lastApplied ?? 0) < lastIndex);
  if (behind !== undefined) {
    return `${behind} has not applied entry ${lastIndex}, although ${leader} hears ${away} again`;
  }
  world.see(cluster.restart(other));
  world.runFor(200);
  return world.problem;
}

// Trials of what must come of a change of members, or of the leader, when little or nothing goes wrong.

import { agreedTerm } from './fault-run.ts';
import type { Property } from '../check/property.ts';
import type { Step } from '../cluster/step.ts';
import type { NodeId, RaftNode } from '../node/contract.ts';
import type { Trial } from './trial.ts';
import { appliedWithin, leaderWithin, nodesNamed, World } from './trial.ts';

/** An administrator asks again after so many virtual milliseconds, and gives up after so many times. */
const patience = { pause: 100, times: 20 };

/** A cluster whose administrator knows what must come of what it asks for. */
class Administered extends World {
  /** The node that leads and is followed by all members. */
  get leader(): NodeId | undefined {
    const term = agreedTerm(this.cluster);
    return this.cluster.nodes.find((id) => {
      const { role, currentTerm } = this.cluster.stateOf(id);
      return this.cluster.isUp(id) && role === 'leader' && currentTerm === term;
    });
  }

  /** Waits for a leader that stays. */
  elect(): string | undefined {
    const end = this.cluster.now + leaderWithin;
    // Once it has led for a moment, its first entry is committed.
    for (
      let led = 0;
      led < 3 && this.cluster.now < end;
      led = this.leader === undefined ? 0 : led + 1
    ) {
      this.runFor(patience.pause);
      if (this.problem !== undefined) return this.problem;
    }
    return this.leader === undefined ? 'there is no leader that all members follow' : undefined;
  }

  /** Asks the leader, whoever it is, until these are the voters and all of them know. */
  changeTo(...voters: NodeId[]): string | undefined {
    const wanted = JSON.stringify([[...voters].sort()]);
    const isDone = () =>
      this.leader !== undefined &&
      voters.includes(this.leader) &&
      voters.every((id) => JSON.stringify(this.cluster.stateOf(id).configuration) === wanted);
    for (let count = 0; count < patience.times && !isDone(); count++) {
      const { leader } = this;
      const configuration = leader && this.cluster.stateOf(leader).configuration;
      if (leader !== undefined && JSON.stringify(configuration) !== wanted) {
        this.see(this.cluster.change(leader, voters));
      }
      this.runFor(patience.pause);
      if (this.problem !== undefined) return this.problem;
    }
    return isDone() ? undefined : `${voters.join(' ')} are not the members, whatever is asked`;
  }

  /** A command must be done soon. */
  serves(command: string): string | undefined {
    let done = false;
    const { leader } = this;
    if (leader === undefined) return 'there is no leader that all members follow';
    this.watching = ({ effects = [] }) => {
      done ||= effects.some(
        (each) => each.type === 'answer' && each.applied && each.command === command,
      );
    };
    this.see(this.cluster.request(leader, command));
    this.runFor(appliedWithin);
    return (
      this.problem ?? (done ? undefined : `${leader} was asked for ${command}, which is not done`)
    );
  }

  private watching: (step: Step) => void = () => undefined;

  override see(step: Step): Step {
    this.watching(step);
    return super.see(step);
  }
}

/** What must come of a run, one thing after the other: the first that does not is the problem. */
const inTurn = (...attempts: readonly (() => string | undefined)[]): string | undefined => {
  for (const attempt of attempts) {
    const problem = attempt();
    if (problem !== undefined) return problem;
  }
  return undefined;
};

type Story = (world: Administered, nodes: readonly NodeId[]) => string | undefined;

const trial = (about: Omit<Trial, 'run' | 'nodes'>, count: number, story: Story): Trial => ({
  ...about,
  nodes: () => nodesNamed(count),
  run(
    node: RaftNode,
    seed: number,
    properties: readonly Property[],
    onStep?: (step: Step) => void,
  ): string | undefined {
    const nodes = nodesNamed(count);
    const world = new Administered(node, nodes, seed, properties, onStep);
    return inTurn(
      () => world.elect(),
      () => story(world, nodes),
    );
  },
});

/** The others of a leader, itself left out. */
const others = ({ leader, cluster: { nodes } }: Administered) =>
  nodes.filter((id) => id !== leader);

export const changesOfMembers: Trial = trial(
  {
    name: 'changes-of-members',
    title: 'Members come and go',
    paper: '§6, thesis §4.1, §4.2, §4.3',
    says: 'Where nothing is lost, members are removed, added, and exchanged for others, the leader among them, and the cluster goes on.',
  },
  5,
  (world, nodes) =>
    inTurn(
      () => world.changeTo(...nodes.filter((id) => id === world.leader || id !== others(world)[0])),
      () => world.changeTo(...others(world)),
      () => world.serves('x=1'),
      () => world.changeTo(...nodes),
      () => world.changeTo(...others(world).slice(0, 2)),
      () => world.serves('x=2'),
      () => world.changeTo(...others(world).slice(0, 3)),
      () => world.serves('x=3'),
    ),
);

export const unreachableNode: Trial = trial(
  {
    name: 'unreachable-node',
    title: 'A new node that never answers',
    paper: 'thesis §3.10, §4.2.1',
    says: 'One of three members is down. A new node that never answers, or a successor that never does, stops nothing.',
  },
  4,
  (world, nodes) => {
    const { cluster } = world;
    const lost = () => {
      const down = nodes.filter((id) => id !== world.leader).slice(-2);
      return inTurn(
        () => world.changeTo(...nodes.filter((id) => id !== down[1])),
        () => {
          for (const id of down) world.see(cluster.crash(id));
          if (world.leader !== undefined) world.see(cluster.change(world.leader, nodes));
          return world.serves('x=1') ?? world.serves('x=2');
        },
        () => {
          const { leader } = world;
          if (leader === undefined || down[0] === undefined) return 'there is no leader';
          world.see(cluster.transfer(leader, down[0]));
          world.runFor(appliedWithin);
          return world.serves('x=3');
        },
      );
    };
    return lost();
  },
);

export const lastOfTwo: Trial = trial(
  {
    name: 'last-of-two',
    title: 'Two nodes, and a change that only one of them stores',
    paper: 'thesis §4.1, §4.2.2, Fig. 4.6',
    says: 'A leader that removes itself, or takes in another, crashes before the other hears of it; when it is back, somebody leads.',
  },
  2,
  (world, nodes) => {
    const { cluster } = world;
    const changeAlone = (...voters: NodeId[]) => {
      const { leader } = world;
      const other = nodes.find((id) => id !== leader);
      if (leader === undefined || other === undefined) return 'there is no leader';
      const isAdded = cluster.stateOf(leader).configuration?.flat().includes(other) === false;
      world.see(cluster.change(leader, voters));
      // Who joins has to catch up; all but the entry that gives it a vote arrives.
      for (let count = 0; isAdded && count < 400; count++) {
        if (cluster.stateOf(leader).configuration?.flat().includes(other)) break;
        world.runFor(1);
      }
      world.see(cluster.cut(leader, other));
      for (const each of [...cluster.inFlight]) world.see(cluster.drop(each));
      world.see(cluster.crash(leader));
      world.see(cluster.restart(leader));
      world.see(cluster.heal());
      return world.elect();
    };
    return inTurn(
      () => changeAlone(...nodes.filter((id) => id !== world.leader)),
      () => world.changeTo(...nodes),
      () => world.changeTo(...nodes.filter((id) => id === world.leader)),
      () => changeAlone(...nodes),
    );
  },
);

export const underLoad: Trial = trial(
  {
    name: 'handing-over-under-load',
    title: 'Leadership is handed over under load',
    paper: 'thesis §3.10, §4.2.3',
    says: 'However many commands come meanwhile, the node that is asked for leads soon.',
  },
  3,
  (world) => {
    const { leader, cluster } = world;
    const [target] = others(world);
    if (leader === undefined || target === undefined) return 'there is no leader';
    const ask = (count: number) => {
      if (cluster.stateOf(leader).role !== 'leader') return;
      world.see(cluster.request(leader, `x=${count}`));
    };
    for (let count = 0; count < 20; count++) {
      ask(count);
      world.runFor(3);
    }
    world.see(cluster.transfer(leader, target));
    for (let count = 20; count < 70; count++) {
      ask(count);
      world.runFor(2);
    }
    world.runFor(50);
    if (world.problem !== undefined) return world.problem;
    return world.leader === target
      ? undefined
      : `${target} was to lead, and ${world.leader ?? 'nobody'} does`;
  },
);

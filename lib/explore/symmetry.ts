// Finds, of all the worlds that differ only in who is called what, the one that stands for them, and
// makes sure that the node under search really treats all names alike.

import type { Effect, NodeEvent, NodeState, StepResult } from '../node/contract.ts';
import type { Disk } from '../node/disk.ts';
import type { Judge } from './judge.ts';
import type { History } from './history.ts';
import { keyOf } from './intern.ts';
import type { Moves } from './moves.ts';
import type { Problem } from './problem.ts';
import type { Permutation } from './rename.ts';
import { permutationsOf, Renaming } from './rename.ts';
import { Ints } from './tables.ts';

/** A step that would have gone otherwise under other names: then symmetry proves nothing. */
export class Asymmetry extends Error {}

/** One way to rename, with what it makes of every number that was asked for. */
class Mirror {
  /** For each place, the place that moves there. */
  readonly from: readonly number[];
  readonly renaming: Renaming;
  private readonly to: Permutation;
  private readonly moves: Moves;
  private readonly history: History;
  private readonly judge: Judge;
  // Each holds the number plus one, or 0 where nobody asked yet.
  private readonly standings = new Ints();
  private readonly disks = new Ints();
  private readonly messages = new Ints();
  private readonly channels = new Ints();
  private readonly locals = new Ints();
  private readonly histories = new Ints();
  private readonly factsSeen = new Ints();

  constructor({ nodes }: Problem, to: Permutation, moves: Moves, history: History, judge: Judge) {
    this.judge = judge;
    this.to = to;
    this.from = to.map((_, place) => to.indexOf(place));
    this.renaming = new Renaming(nodes, to);
    this.moves = moves;
    this.history = history;
  }

  local(local: number, place: number): number {
    const known = this.locals.get(local);
    if (known !== 0) return known - 1;
    const { locals } = this.moves;
    const tuple = new Int32Array(locals.width);
    tuple[0] = this.standing(locals.at(local, 0));
    this.to.forEach((target, at) => {
      const word = locals.at(local, 1 + at);
      tuple[1 + target] = at === place ? word : this.channel(word);
    });
    const renamed = locals.intern(tuple);
    this.locals.set(local, renamed + 1);
    return renamed;
  }

  historyOf(history: number): number {
    const known = this.histories.get(history);
    if (known !== 0) return known - 1;
    const renamed = this.history.of(
      this.history.factsOf(history).map((fact) => this.fact(fact)),
      this.history.countsOf(history),
    );
    this.histories.set(history, renamed + 1);
    return renamed;
  }

  get bytes(): number {
    const all = [
      this.standings,
      this.disks,
      this.messages,
      this.channels,
      this.locals,
      this.histories,
    ];
    return all.reduce((sum, { bytes }) => sum + bytes, 0);
  }

  standing(standing: number): number {
    const known = this.standings.get(standing);
    if (known !== 0) return known - 1;
    const { standings } = this.moves.outcomes;
    const state = standings.states.intern(this.renaming.of(standings.stateOf(standing)));
    const renamed = standings.of(state, this.disk(standings.diskNumber(standing)));
    this.standings.set(standing, renamed + 1);
    return renamed;
  }

  private disk(disk: number): number {
    const known = this.disks.get(disk);
    if (known !== 0) return known - 1;
    const { disks } = this.moves.outcomes.standings;
    const renamed = disks.intern(this.renaming.of(disks.value(disk)));
    this.disks.set(disk, renamed + 1);
    return renamed;
  }

  private fact(fact: number): number {
    const known = this.factsSeen.get(fact);
    if (known !== 0) return known - 1;
    const { facts } = this.judge;
    const renamed = facts.intern(this.renaming.of(facts.value(fact)));
    this.factsSeen.set(fact, renamed + 1);
    return renamed;
  }

  private message(message: number): number {
    const known = this.messages.get(message);
    if (known !== 0) return known - 1;
    const { messages } = this.moves.outcomes;
    const renamed = messages.intern(this.renaming.of(messages.value(message)));
    this.messages.set(message, renamed + 1);
    return renamed;
  }

  private channel(channel: number): number {
    const known = this.channels.get(channel);
    if (known !== 0) return known - 1;
    const { channels } = this.moves;
    const renamed = channels.intern(channels.membersOf(channel).map((each) => this.message(each)));
    this.channels.set(channel, renamed + 1);
    return renamed;
  }
}

/** For a few words, a loop is faster than `set`. */
function copy(from: Int32Array, to: Int32Array): void {
  for (let place = 0; place < from.length; place++) to[place] = from[place] ?? 0;
}

export class Symmetry {
  private readonly mirrors: readonly Mirror[];
  private readonly problem: Problem;
  private best: Int32Array;
  private other: Int32Array;
  private checked = 0;

  constructor(problem: Problem, moves: Moves, history: History, judge: Judge) {
    this.problem = problem;
    const [, ...others] = permutationsOf(problem.nodes.length);
    this.mirrors = others.map((to) => new Mirror(problem, to, moves, history, judge));
    this.best = new Int32Array(problem.nodes.length + 1);
    this.other = new Int32Array(problem.nodes.length + 1);
  }

  /** Writes the world that stands for a given one: the first of all in the order of their words. */
  standFor(world: Int32Array, result: Int32Array): void {
    copy(world, this.best);
    for (const mirror of this.mirrors) {
      if (this.isSmaller(mirror, world)) [this.best, this.other] = [this.other, this.best];
    }
    copy(this.best, result);
  }

  /** Writes the renamed world into `other`; true when it comes before the best so far. */
  private isSmaller(mirror: Mirror, world: Int32Array): boolean {
    const { best, other } = this;
    const places = mirror.from.length;
    let smaller = false;
    for (let place = 0; place < places; place++) {
      const from = mirror.from[place] ?? 0;
      const local = mirror.local(world[from] ?? 0, from);
      other[place] = local;
      if (smaller) continue;
      const held = best[place] ?? 0;
      if (local > held) return false;
      smaller = local < held;
    }
    const history = mirror.historyOf(world[places] ?? 0);
    other[places] = history;
    return smaller || history < (best[places] ?? 0);
  }

  /**
   * Takes a step once more under other names, the next ones each time. Throws Asymmetry when the
   * node does something else.
   */
  check(before: NodeState, event: NodeEvent, after: NodeState, effects: readonly Effect[]): void {
    const mirror = this.mirrors[this.checked++ % this.mirrors.length];
    if (!mirror) return;
    const { renaming } = mirror;
    const other = this.stepOf(renaming.of(before), renaming.of(event));
    const same =
      other !== undefined &&
      keyOf(other.state) === keyOf(renaming.of(after)) &&
      did(other.effects) === did(renaming.of(effects));
    if (!same)
      throw new Asymmetry(`${before.id} does not handle ${event.type} alike under any name`);
  }

  /** The same for a node that starts again from its disk. */
  checkStart(id: string, { synced }: Disk, after: NodeState): void {
    const mirror = this.mirrors[this.checked++ % this.mirrors.length];
    if (!mirror) return;
    const { renaming } = mirror;
    const { node, nodes } = this.problem;
    const name = renaming.of(id);
    const peers = nodes.filter((other) => other !== name);
    if (keyOf(node.init(name, peers, renaming.of(synced))) !== keyOf(renaming.of(after))) {
      throw new Asymmetry(`${id} does not start again alike under any name`);
    }
  }

  /** The same standing under each other naming. */
  mirrored(standing: number): number[] {
    return this.mirrors.map((mirror) => mirror.standing(standing));
  }

  /** Undefined when the step throws an error, which it did not under the first names. */
  private stepOf(state: NodeState, event: NodeEvent): StepResult<NodeState> | undefined {
    try {
      return this.problem.node.step(state, event);
    } catch {
      return undefined;
    }
  }

  get bytes(): number {
    return this.mirrors.reduce((sum, { bytes }) => sum + bytes, 0);
  }
}

/** What was written, one after the other; and what was sent, in whatever order. */
function did(effects: readonly Effect[]): string {
  const writes = effects.flatMap((each) => (each.type === 'persist' ? [keyOf(each)] : []));
  const sends = effects.flatMap((each) => (each.type === 'send' ? [keyOf(each.message)] : []));
  return [...writes, ...sends.sort()].join();
}

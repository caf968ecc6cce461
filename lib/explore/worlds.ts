// A world is a few numbers: one for each node with what it has sent, and one for the history. From a
// world to its successors: every message that may arrive, every timer that may run out.

import { termsNeverDecrease } from '../check/properties.ts';
import { anyChange, anyTransfer, requestEvent, restartEvent } from './events.ts';
import type { Shown } from './judge.ts';
import { Judge } from './judge.ts';
import { MessageFilter } from './filter.ts';
import {
  changeMove,
  History,
  plainMove,
  requestMove,
  restartMove,
  transferMove,
} from './history.ts';
import { Moves } from './moves.ts';
import type { Problem } from './problem.ts';
import { namesClients } from './problem.ts';
import { startOf } from './start.ts';
import { Symmetry } from './symmetry.ts';

/** Is told of every move from a world. */
export interface Visitor {
  /** The world after it is in `worlds.next`. */
  reach(place: number, event: number): void;
  /** The move breaks a property, it seems. */
  breach(place: number, event: number, property: string): void;
}

export class Worlds {
  /** The world that stands for the one that the latest move leads to. */
  readonly next: Int32Array;
  /** That one itself, under the names it has. */
  readonly reached: Int32Array;
  readonly start: Int32Array;
  readonly moves: Moves;
  readonly filter: MessageFilter | undefined;
  private readonly history: History;
  private readonly symmetry: Symmetry | undefined;
  private readonly problem: Problem;
  private readonly lastRequest: number;
  private readonly before: number;
  private readonly shown: (number: number) => Shown;

  constructor(problem: Problem, symmetry: boolean) {
    const { nodes, filter = 'none' } = problem;
    this.problem = problem;
    const termsGrow = problem.properties.includes(termsNeverDecrease);
    const judge = new Judge(problem.properties, termsGrow, namesClients(problem));
    this.moves = new Moves(problem, judge);
    this.history = new History(judge);
    this.filter = filter === 'none' ? undefined : new MessageFilter(filter, this.moves);
    this.shown = (number) => this.moves.outcomes.shown.value(number);
    this.start = new Int32Array(nodes.length + 1);
    const { places, facts, requests } = startOf(problem, judge);
    places.forEach(({ state, disk, timers, up, sent }, place) => {
      this.start[place] = this.moves.localOf(place, state, disk, timers, up, sent);
    });
    const counts = { requests, restarts: 0, changes: 0, transfers: 0 };
    this.start[nodes.length] = this.history.of(facts, counts);
    // What is asked for is counted anew; else the next request is about the next value.
    this.before = problem.asks ? requests : 0;
    const most = Math.min(problem.bounds.requests, problem.asks?.length ?? Infinity);
    this.lastRequest = requests + most;
    this.filter?.applyToAll(this.start);
    this.reached = Int32Array.from(this.start);
    this.next = this.reached;
    if (symmetry) {
      this.next = Int32Array.from(this.start);
      this.symmetry = new Symmetry(problem, this.moves, this.history, judge);
      this.moves.outcomes.naming = this.symmetry;
    }
  }

  /** Shows every move from a world. */
  expand(world: Int32Array, visitor: Visitor): void {
    const { moves, history, problem } = this;
    const { bounds } = problem;
    const count = problem.nodes.length;
    const past = world[count] ?? 0;
    const made = history.requests(past);
    // Requests without a bound need no counting, and all ask for the same.
    const requestKind = this.lastRequest < Infinity ? requestMove : plainMove;
    const request = requestEvent(made + 1 - this.before);
    const mayRestart = history.restarts(past) < bounds.restarts;
    const { changes = 0, transfers = 0 } = bounds;
    const mayChange = changes > 0 && history.changes(past) < changes;
    const mayTransfer = transfers > 0 && history.transfers(past) < transfers;
    for (let place = 0; place < count; place++) {
      const local = world[place] ?? 0;
      if (mayRestart) {
        const list = moves.onEvent(local, place, restartEvent);
        this.take(world, place, list, restartMove, visitor);
      }
      if (moves.isDown(local, place)) continue;
      this.take(world, place, moves.onTimers(local, place), plainMove, visitor);
      if (made < this.lastRequest) {
        const list = moves.onEvent(local, place, request);
        this.take(world, place, list, requestKind, visitor);
      }
      if (mayChange) this.ask(world, place, anyChange, changeMove, mayRestart, visitor);
      if (mayTransfer) this.ask(world, place, anyTransfer, transferMove, mayRestart, visitor);
      for (let from = 0; from < count; from++) {
        if (from === place) continue;
        const channel = moves.channel(world[from] ?? 0, place);
        if (channel === 0) continue;
        this.take(world, place, moves.onChannel(local, place, channel), plainMove, visitor);
        if (!mayRestart) continue;
        this.take(world, place, moves.onCrash(local, place, channel), restartMove, visitor);
      }
      if (!mayRestart) continue;
      this.take(world, place, moves.onCrash(local, place, 0), restartMove, visitor);
      if (made === this.lastRequest) continue;
      const list = moves.onCrash(local, place, request);
      this.take(world, place, list, restartMove | requestKind, visitor);
    }
  }

  /** Replaces a world by the one that stands for it, when there is symmetry. */
  standFor(world: Int32Array): void {
    this.symmetry?.standFor(world, world);
  }

  /** Whether the filter has forgotten only what could do nothing; looks at every step taken. */
  filterHolds(): boolean {
    if (!this.filter) return true;
    const successors = new Map<number, number[]>();
    const link = (from: number, to: number) => {
      const known = successors.get(from);
      if (known) known.push(to);
      else successors.set(from, [to]);
    };
    const { stepsTaken } = this.moves.outcomes;
    for (let at = 0; at < stepsTaken.length; at += 2) {
      const [from, to] = [stepsTaken.get(at), stepsTaken.get(at + 1)];
      link(from, to);
      const others = this.symmetry?.mirrored(to) ?? [];
      this.symmetry?.mirrored(from).forEach((other, nth) => link(other, others[nth] ?? other));
    }
    return this.filter.holds(successors);
  }

  get bytes(): number {
    return this.moves.bytes + this.history.bytes + (this.symmetry?.bytes ?? 0);
  }

  /** An administrator asks a node, which may crash meanwhile. */
  private ask(
    world: Int32Array,
    place: number,
    event: number,
    kind: number,
    mayRestart: boolean,
    visitor: Visitor,
  ): void {
    const { moves } = this;
    const local = world[place] ?? 0;
    this.take(world, place, moves.onEvent(local, place, event), kind, visitor);
    if (!mayRestart) return;
    this.take(world, place, moves.onCrash(local, place, event), restartMove | kind, visitor);
  }

  private take(
    world: Int32Array,
    place: number,
    list: number,
    kind: number,
    visitor: Visitor,
  ): void {
    const { moves, reached } = this;
    const size = moves.sizeOf(list);
    const last = reached.length - 1;
    for (let nth = 0; nth < size; nth++) {
      const past = this.history.after(world[last] ?? 0, moves.shownBy(list, nth), this.shown, kind);
      if (past < 0) {
        visitor.breach(place, moves.eventOf(list, nth), this.history.brokenAt(past));
        continue;
      }
      for (let other = 0; other < last; other++) reached[other] = world[other] ?? 0;
      reached[place] = moves.localAfter(list, nth);
      reached[last] = past;
      if (this.filter) this.filter.apply(reached, place, world[place] ?? 0);
      this.symmetry?.standFor(reached, this.next);
      visitor.reach(place, moves.eventOf(list, nth));
    }
  }
}

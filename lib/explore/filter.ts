// Forgets messages that can do nothing any more, so that worlds which differ only in them are one. To
// forget a message is to lose it, so what is found stays true; what is not found proves less.

import type { Message, NodeState } from '../node/contract.ts';
import { isReply, numberOf } from '../node/number.ts';
import type { Moves } from './moves.ts';
import { beyond } from './moves.ts';
import type { Filter } from './problem.ts';
import { PairMap } from './tables.ts';

export class MessageFilter {
  private readonly filter: Filter;
  private readonly moves: Moves;
  private readonly kept = new PairMap();
  /** The states in which a reply was forgotten, by its number. */
  private readonly forgotten = new Map<number, Set<number>>();

  constructor(filter: Filter, moves: Moves) {
    this.filter = filter;
    this.moves = moves;
  }

  /**
   * Forgets what the node at a place need not hear any more, after a move of its own, and the others
   * from it. `before` is the node before its move; what did not change was looked at then.
   */
  apply(world: Int32Array, place: number, before: number): void {
    const { moves } = this;
    const count = world.length - 1;
    const stateChanged = moves.stateOf(world[place] ?? 0) !== moves.stateOf(before);
    for (let other = 0; other < count; other++) {
      if (other === place) continue;
      if (stateChanged) this.thin(world, other, place);
      const sent = moves.channel(world[place] ?? 0, other);
      if (sent !== moves.channel(before, other)) this.thin(world, place, other);
    }
  }

  /** Forgets what nobody needs to hear any more. */
  applyToAll(world: Int32Array): void {
    const count = world.length - 1;
    for (let from = 0; from < count; from++) {
      for (let to = 0; to < count; to++) if (from !== to) this.thin(world, from, to);
    }
  }

  /**
   * Whether every reply that was forgotten would have changed nothing, there and in every state that
   * the search saw its receiver reach from there. Looks at all of them, which takes time.
   */
  holds(successors: ReadonlyMap<number, readonly number[]>): boolean {
    for (const [message, states] of this.forgotten) {
      const seen = new Set(states);
      for (const state of seen) {
        if (!this.doesNothing(state, message)) return false;
        for (const after of successors.get(state) ?? []) seen.add(after);
      }
    }
    return true;
  }

  private thin(world: Int32Array, from: number, to: number): void {
    const { moves } = this;
    const sender = world[from] ?? 0;
    const channel = moves.channel(sender, to);
    if (channel === 0) return;
    const state = moves.stateOf(world[to] ?? 0);
    const found = this.kept.find(channel, state);
    if (this.kept.isNew(found)) this.kept.setAt(found, this.thinned(channel, state));
    const kept = this.kept.valueAt(found);
    if (kept !== channel) world[from] = moves.withChannel(sender, to, kept);
  }

  private thinned(channel: number, state: number): number {
    const { channels } = this.moves;
    const members = channels.membersOf(channel);
    const kept = members.filter((message) => !this.forgets(message, state));
    return kept.length === members.length ? channel : channels.intern(kept);
  }

  private forgets(number: number, state: number): boolean {
    const message = this.moves.messages.value(number);
    const receiver = this.moves.states.value(state);
    const age = ageOf(message, receiver);
    if (this.filter === 'stale') {
      // A reply that does nothing now, and is not of a newer term, is given up.
      if (!isReply(message)) return age > 0;
      const told = Math.max(termIn(message, 'term'), termIn(message, 'ballot'));
      return told <= numberOf(receiver) && this.doesNothing(state, number);
    }
    if (!isReply(message) || age < 0 || !this.doesNothing(state, number)) return false;
    // A leader may yet act on an answer of its own term that does nothing now: it has news to send.
    if (age === 0 && receiver.role === 'leader' && !('voteGranted' in message)) return false;
    const states = this.forgotten.get(number) ?? new Set<number>();
    this.forgotten.set(number, states.add(state));
    return true;
  }

  private doesNothing(state: number, message: number): boolean {
    const { state: after, timersOff, timersOn, sends } = this.moves.outcome(state, message);
    return (
      after !== beyond && after === state && timersOff === 0 && timersOn === 0 && sends.length === 0
    );
  }
}

/** How many terms, or ballots, a message is behind its receiver; below 0 when it tells of a newer one. */
function ageOf(message: Message, receiver: NodeState): number {
  const terms = ['term', 'nextTerm', 'ballot'].map((field) => termIn(message, field));
  return numberOf(receiver) - Math.max(...terms);
}

/** The field of a message, or 0 when it has none. */
function termIn(message: Message, field: string): number {
  const value: unknown = Reflect.get(message, field);
  return typeof value === 'number' ? value : 0;
}

// Forgets messages that can do nothing any more, so that worlds which differ only in them are one. To
// forget a message is to lose it, so what is found stays true; what is not found proves less.

import type { Message, NodeState } from '../node/contract.ts';
import { isReply, numberOf } from '../node/number.ts';
import type { Moves } from './moves.ts';
import { beyond } from './outcomes.ts';
import type { Filter } from './problem.ts';
import { PairMap } from './tables.ts';

export class MessageFilter {
  private readonly filter: Filter;
  private readonly moves: Moves;
  private readonly kept = new PairMap();
  /** How the nodes stood for which a reply was forgotten, by its number. */
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
    const standsElse = moves.standingOf(world[place] ?? 0) !== moves.standingOf(before);
    for (let other = 0; other < count; other++) {
      if (other === place) continue;
      if (standsElse) this.thin(world, other, place);
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
   * Whether every reply that was forgotten would have changed nothing, there and however the search saw
   * its receiver stand later. Looks at all of them, which takes time.
   */
  holds(successors: ReadonlyMap<number, readonly number[]>): boolean {
    for (const [message, standings] of this.forgotten) {
      const seen = new Set(standings);
      for (const standing of seen) {
        if (!this.doesNothing(standing, message)) return false;
        for (const after of successors.get(standing) ?? []) seen.add(after);
      }
    }
    return true;
  }

  private thin(world: Int32Array, from: number, to: number): void {
    const { moves } = this;
    const sender = world[from] ?? 0;
    const channel = moves.channel(sender, to);
    if (channel === 0) return;
    const standing = moves.standingOf(world[to] ?? 0);
    const found = this.kept.find(channel, standing);
    if (this.kept.isNew(found)) this.kept.setAt(found, this.thinned(channel, standing));
    const kept = this.kept.valueAt(found);
    if (kept !== channel) world[from] = moves.withChannel(sender, to, kept);
  }

  private thinned(channel: number, standing: number): number {
    const { channels } = this.moves;
    const members = channels.membersOf(channel);
    const kept = members.filter((message) => !this.forgets(message, standing));
    return kept.length === members.length ? channel : channels.intern(kept);
  }

  private forgets(number: number, standing: number): boolean {
    const { messages, standings } = this.moves.outcomes;
    const message = messages.value(number);
    const receiver = standings.stateOf(standing);
    const age = ageOf(message, receiver);
    if (this.filter === 'stale') {
      // A reply that does nothing now, and is not of a newer term, is given up.
      if (!isReply(message)) return age > 0;
      const told = Math.max(termIn(message, 'term'), termIn(message, 'ballot'));
      return told <= numberOf(receiver) && this.doesNothing(standing, number);
    }
    if (!isReply(message) || age < 0 || !this.doesNothing(standing, number)) return false;
    // A leader may yet act on an answer of its own term that does nothing now: it has news to send.
    if (age === 0 && receiver.role === 'leader' && !('voteGranted' in message)) return false;
    const known = this.forgotten.get(number) ?? new Set<number>();
    this.forgotten.set(number, known.add(standing));
    return true;
  }

  private doesNothing(standing: number, message: number): boolean {
    const outcome = this.moves.outcomes.of(standing, message);
    const { standing: after, timersOff, timersOn, sends, shown } = outcome;
    return (
      after !== beyond &&
      after === standing &&
      shown === 0 &&
      timersOff === 0 &&
      timersOn === 0 &&
      sends.length === 0
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

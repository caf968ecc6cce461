// Cuts a failing run down to what it needs: first large pieces, then single acts and pairs of them (delta debugging,
// Zeller and Hildebrandt 2002), then nodes and names. No act of the result can be left out.

import type { Violation } from '../check/property.ts';
import type { Act } from '../cluster/step.ts';
import type { NodeId } from '../node/contract.ts';
import { nodesNamed } from '../trial/trial.ts';
import type { Followed, Move, World } from './follow.ts';
import { follow } from './follow.ts';

/** A run that goes wrong. */
export interface FailingRun {
  readonly names: readonly NodeId[];
  readonly acts: readonly Act[];
  readonly violation: Violation;
}

/** A smaller cluster would tell the reader less. */
const fewestNodes = 3;

/** In a longer run than this, not every pair of acts is tried. */
const fewEnoughForPairs = 40;

/**
 * The smallest run that was found by leaving out acts and nodes, in which the same property is the
 * first to be violated. The same for the same acts. Throws when the given acts do not violate it.
 */
export function shrink(world: World, acts: readonly Act[], property: string): FailingRun {
  return new Shrinking(world, acts, property).run();
}

class Shrinking {
  private world: World;
  private moves: readonly Move[] = [];
  private violation: Violation | undefined;
  private readonly property: string;

  constructor(world: World, acts: readonly Act[], property: string) {
    this.world = world;
    this.property = property;
    if (!this.accept(world, literally(acts))) {
      throw new Error(`the run to be shrunk does not violate ${property}`);
    }
  }

  run(): FailingRun {
    this.dropPieces();
    this.dropNodes();
    this.renameNodes();
    this.renameCommands();
    do this.dropSingles();
    while (this.dropPair());
    if (!this.violation) throw new Error('what is shrunk still goes wrong');
    return { names: this.world.names, acts: this.moves.map(actOf), violation: this.violation };
  }

  /** Keeps the moves if they go wrong in the same way, and says so. */
  private accept(world: World, moves: readonly Move[]): boolean {
    const { moves: done, violation }: Followed = follow(world, moves);
    if (violation?.property !== this.property) return false;
    this.world = world;
    this.moves = done;
    this.violation = violation;
    return true;
  }

  /** Tries without some moves, by what sent each message, and then by the addresses as they stand. */
  private dropped(isKept: (move: Move, place: number) => boolean): boolean {
    const kept = this.moves.filter(isKept);
    return this.accept(this.world, kept) || this.accept(this.world, literally(kept.map(actOf)));
  }

  private dropPieces(): void {
    for (let size = this.moves.length >> 1; size > 1; size >>= 1) {
      for (let end = this.moves.length; end > 0; end = Math.min(end - size, this.moves.length)) {
        const start = end - size;
        this.accept(
          this.world,
          this.moves.filter((_, place) => place < start || place >= end),
        );
      }
    }
    this.dropSingles();
  }

  /** Until no single act can be left out. */
  private dropSingles(): void {
    let before: number;
    do {
      before = this.moves.length;
      for (let at = before - 1; at >= 0; at = Math.min(at, this.moves.length) - 1) {
        this.dropped((_, place) => place !== at);
      }
    } while (this.moves.length < before);
  }

  /** Leaves out two acts at once, if that is possible anywhere: a message that is lost, and its loss. */
  private dropPair(): boolean {
    const { length } = this.moves;
    if (length > fewEnoughForPairs) return false;
    for (let second = length - 1; second > 0; second--) {
      for (let first = second - 1; first >= 0; first--) {
        if (this.dropped((_, place) => place !== first && place !== second)) return true;
      }
    }
    return false;
  }

  /** Tries with one node less, as long as that is possible, and without what it was part of. */
  private dropNodes(): void {
    for (const node of [...this.world.names].reverse()) {
      if (this.world.names.length <= fewestNodes) return;
      const names = this.world.names.filter((name) => name !== node);
      const moves = this.moves.flatMap((move) => withoutNode(move, node));
      if (this.accept({ ...this.world, names }, moves)) this.dropPieces();
    }
  }

  /** The first to act becomes A, the next B. */
  private renameNodes(): void {
    const seen = new Set(this.moves.flatMap(({ act }) => namesIn(act)));
    for (const name of this.world.names) seen.add(name);
    const names = nodesNamed(seen.size);
    const newNames = new Map([...seen].map((name, place) => [name, names[place] ?? name]));
    const rename = (name: NodeId) => newNames.get(name) ?? name;
    const acts = this.moves.map(({ act }) => renamed(act, rename));
    this.accept({ ...this.world, names }, literally(acts));
  }

  /** The first command becomes x=1, the next x=2. A client that counts its commands keeps them. */
  private renameCommands(): void {
    let count = 0;
    const acts = this.moves.map(({ act }): Act =>
      act.type === 'request' && act.client === undefined
        ? { ...act, command: `x=${++count}` }
        : act,
    );
    this.accept(this.world, literally(acts));
  }
}

const actOf = ({ act }: Move): Act => act;

/** The acts as they stand, each message by its address. */
const literally = (acts: readonly Act[]): readonly Move[] => acts.map((act) => ({ act }));

/** The nodes of an act, those of a partition left aside: it names all. */
function namesIn(act: Act): NodeId[] {
  if ('message' in act) return [act.message.from, act.message.to];
  if ('node' in act) return [act.node];
  return act.type === 'cut' ? [act.from, act.to] : [];
}

/** The move without a node, or none when it was about that node. */
function withoutNode(move: Move, node: NodeId): Move[] {
  const { act } = move;
  if (namesIn(act).includes(node)) return [];
  if (act.type !== 'partition') return [move];
  const groups = act.groups.map((group) => group.filter((name) => name !== node));
  return [{ act: { ...act, groups } }];
}

/** The act with other names of its nodes. */
function renamed(act: Act, rename: (name: NodeId) => NodeId): Act {
  if ('message' in act) {
    const { from, to } = act.message;
    return { ...act, message: { ...act.message, from: rename(from), to: rename(to) } };
  }
  if ('node' in act) return { ...act, node: rename(act.node) };
  if (act.type === 'cut') return { ...act, from: rename(act.from), to: rename(act.to) };
  if (act.type === 'heal') return act;
  return { ...act, groups: act.groups.map((group) => group.map(rename).sort()) };
}

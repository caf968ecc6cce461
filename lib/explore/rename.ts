// The same world under other node names. Raft treats all nodes alike, so a search needs to visit only
// one of all the worlds that differ in nothing but who is called what.

import { Log } from '../log/log.ts';
import type { NodeId } from '../node/contract.ts';

/** Who is called what: the node at a place moves to the place that stands there. */
export type Permutation = readonly number[];

/** Every permutation of so many places, the one that changes nothing first. */
export function permutationsOf(count: number): Permutation[] {
  if (count === 0) return [[]];
  return permutationsOf(count - 1).flatMap((shorter) =>
    Array.from({ length: count }, (_, place) => [
      ...shorter.map((to) => (to >= count - 1 - place ? to + 1 : to)),
      count - 1 - place,
    ]),
  );
}

/** Renames the nodes in plain values. A list of names that was in order is in order afterwards. */
export class Renaming {
  private readonly names: ReadonlyMap<string, NodeId>;

  constructor(nodes: readonly NodeId[], permutation: Permutation) {
    this.names = new Map(
      nodes.map((id, place): [string, NodeId] => [id, nodes[permutation[place] ?? place] ?? id]),
    );
  }

  /** The value with every node name replaced, also where a name is the name of a field. */
  of<T>(value: T): T {
    return this.renamed(value) as T;
  }

  private renamed(value: unknown): unknown {
    if (typeof value === 'string') return this.names.get(value) ?? value;
    if (typeof value !== 'object' || value === null) return value;
    if (value instanceof Log) return this.renamedLog(value);
    if (Array.isArray(value)) {
      const items = value.map((item) => this.renamed(item));
      return this.namesInOrder(value) ? items.sort() : items;
    }
    return Object.fromEntries(
      Object.entries(value).map(([field, inner]): [string, unknown] => [
        this.names.get(field) ?? field,
        this.renamed(inner),
      ]),
    );
  }

  /** Terms and commands name no nodes; only what is more than a text or a number may. */
  private renamedLog(log: Log): Log {
    const entries = log.entriesFrom(1);
    const plain = entries.every((entry) =>
      Object.values(entry).every((field) => typeof field !== 'object'),
    );
    if (plain) return log;
    return log.upTo(log.lastIndex - entries.length).append(entries.map((entry) => this.of(entry)));
  }

  private namesInOrder(list: readonly unknown[]): boolean {
    return list.every(
      (item, place) =>
        typeof item === 'string' &&
        this.names.has(item) &&
        (place === 0 || String(list[place - 1]) < item),
    );
  }
}

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
    if (typeof value === 'string') return this.names.get(value) ?? this.renamedText(value);
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

  /** A command that changes the members names nodes, in order within each group: `voters A B and B C`. */
  private renamedText(text: string): string {
    if (!text.includes(' ')) return text;
    const groups: string[][] = [];
    let last: string[] | undefined;
    for (const word of text.split(' ')) {
      const name = this.names.has(word);
      if (last && name && this.names.has(last[0] ?? '')) last.push(word);
      else groups.push((last = [word]));
    }
    const renamed = groups.flatMap((group) => {
      const words = group.map((word) => this.names.get(word) ?? word);
      return this.namesInOrder(group) ? words.sort() : words;
    });
    return renamed.join(' ');
  }

  /** Terms and plain commands name no nodes; where a command does, its entry has more than texts and numbers. */
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

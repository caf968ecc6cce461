// Small numbers instead of big values: the same content always gets the same number.

import { Log } from '../log/log.ts';
import { hashOf, Ints, PairMap } from './tables.ts';

/** The text of a plain value, whatever the order of its fields. */
export function keyOf(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  if (value instanceof Log) return keyOf(value.toJSON());
  let key = '';
  if (Array.isArray(value)) {
    for (const item of value) key += `${keyOf(item)},`;
    return `[${key}]`;
  }
  const fields: Record<string, unknown> = { ...value };
  for (const name of Object.keys(fields).sort()) {
    if (fields[name] !== undefined) key += `${name}:${keyOf(fields[name])},`;
  }
  return `{${key}}`;
}

/** Gives each different value a number: 0, 1, 2, … */
export class Interner<T> {
  private readonly ids = new Map<string, number>();
  private readonly values: T[] = [];

  get count(): number {
    return this.values.length;
  }

  intern(value: T): number {
    const key = keyOf(value);
    const known = this.ids.get(key);
    if (known !== undefined) return known;
    this.ids.set(key, this.values.length);
    return this.values.push(value) - 1;
  }

  value(id: number): T {
    const value = this.values[id];
    if (value === undefined) throw new Error(`there is no value number ${id}`);
    return value;
  }
}

/** Sets of numbers, each set with a number of its own. Number 0 is the empty set. */
export class IntSets {
  count = 0;
  /** The members of all sets, one set after the other; `ends` says where each ends. */
  private readonly members = new Ints();
  private readonly ends = new Ints();
  /** Where a hash leads: the number of a set plus one, or 0. */
  private slots = new Int32Array(1 << 10);
  private readonly larger = new PairMap();

  constructor() {
    this.intern([]);
  }

  /** The members, in ascending order. */
  membersOf(set: number): number[] {
    const members: number[] = [];
    for (let at = this.beginOf(set); at < this.ends.get(set); at++)
      members.push(this.members.get(at));
    return members;
  }

  /** The number of the set with these members, which may come in any order, and more than once. */
  intern(members: readonly number[]): number {
    const sorted = Int32Array.from(members).sort();
    return this.internSorted(sorted.filter((member, at) => member !== sorted[at - 1]));
  }

  /** The set with one more member. */
  with(set: number, member: number): number {
    const place = this.larger.find(set, member);
    if (this.larger.isNew(place)) {
      this.larger.setAt(place, this.intern([...this.membersOf(set), member]));
    }
    return this.larger.valueAt(place);
  }

  get bytes(): number {
    const { larger, members, ends, slots } = this;
    return larger.bytes + members.bytes + ends.bytes + slots.byteLength;
  }

  private internSorted(sorted: Int32Array): number {
    const last = this.slots.length - 1;
    let slot = hashOf(sorted, 0, sorted.length) & last;
    for (let held = this.slots[slot] ?? 0; held !== 0; held = this.slots[slot] ?? 0) {
      if (this.holds(held - 1, sorted)) return held - 1;
      slot = (slot + 1) & last;
    }
    const set = this.count++;
    for (const member of sorted) this.members.push(member);
    this.ends.push(this.members.length);
    this.slots[slot] = set + 1;
    if (this.count * 2 > this.slots.length) this.spread();
    return set;
  }

  private beginOf(set: number): number {
    return set === 0 ? 0 : this.ends.get(set - 1);
  }

  private holds(set: number, sorted: Int32Array): boolean {
    const begin = this.beginOf(set);
    if (this.ends.get(set) - begin !== sorted.length) return false;
    for (let at = 0; at < sorted.length; at++) {
      if (this.members.get(begin + at) !== sorted[at]) return false;
    }
    return true;
  }

  private spread(): void {
    const slots = new Int32Array(this.slots.length * 2);
    const last = slots.length - 1;
    for (let set = 0; set < this.count; set++) {
      const members = Int32Array.from(this.membersOf(set));
      let slot = hashOf(members, 0, members.length) & last;
      while (slots[slot] !== 0) slot = (slot + 1) & last;
      slots[slot] = set + 1;
    }
    this.slots = slots;
  }
}

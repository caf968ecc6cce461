// Small numbers instead of big values: the same content always gets the same number.

import { PairMap } from './tables.ts';

/** The text of a plain value, whatever the order of its fields. */
export function keyOf(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  if ('toJSON' in value && typeof value.toJSON === 'function') return keyOf(value.toJSON());
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
  private readonly ids = new Map<string, number>([['', 0]]);
  private readonly sets: (readonly number[])[] = [[]];
  private readonly larger = new PairMap();

  get count(): number {
    return this.sets.length;
  }

  /** The members, in ascending order. */
  membersOf(set: number): readonly number[] {
    return this.sets[set] ?? [];
  }

  intern(members: readonly number[]): number {
    const sorted = [...new Set(members)].sort((a, b) => a - b);
    const key = sorted.join();
    const known = this.ids.get(key);
    if (known !== undefined) return known;
    this.ids.set(key, this.sets.length);
    return this.sets.push(sorted) - 1;
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
    return this.larger.bytes;
  }
}

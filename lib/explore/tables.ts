// Tables of whole numbers in typed arrays, for what a search holds by the million. Nothing here ever
// takes two different keys for the same: a hash only says where to look, and the words are compared.

/** A list of 32-bit numbers that grows. What was never set is 0. */
export class Ints {
  length = 0;
  private words: Int32Array;

  constructor(capacity = 1024) {
    this.words = new Int32Array(capacity);
  }

  get(index: number): number {
    return index < this.length ? (this.words[index] ?? 0) : 0;
  }

  set(index: number, value: number): void {
    if (index >= this.words.length) this.words = grown(this.words, index + 1);
    if (index >= this.length) this.length = index + 1;
    this.words[index] = value;
  }

  push(value: number): void {
    this.set(this.length, value);
  }

  get bytes(): number {
    return this.words.byteLength;
  }
}

/** Gives each tuple of numbers, all of one width, a small number of its own: 0, 1, 2, … */
export class TupleTable {
  /** How many different tuples there are. */
  count = 0;
  readonly width: number;
  private words: Int32Array;
  /** Where a hash leads: the number of a tuple plus one, or 0. */
  private slots = new Int32Array(1 << 10);

  constructor(width: number) {
    this.width = width;
    this.words = new Int32Array(width << 9);
  }

  /** The number of a tuple; it is a new one when `count` has grown. */
  intern(tuple: Int32Array): number {
    const { width, words, slots } = this;
    const last = slots.length - 1;
    let slot = hashOf(tuple, 0, width) & last;
    for (let held = slots[slot] ?? 0; held !== 0; held = slots[slot] ?? 0) {
      const offset = (held - 1) * width;
      let place = 0;
      while (place < width && words[offset + place] === tuple[place]) place++;
      if (place === width) return held - 1;
      slot = (slot + 1) & last;
    }
    const id = this.count++;
    this.slots[slot] = id + 1;
    const offset = id * width;
    if (offset + width > this.words.length) this.words = grown(this.words, offset + width);
    for (let place = 0; place < width; place++) this.words[offset + place] = tuple[place] ?? 0;
    if (this.count * 8 > this.slots.length * 5) this.spread();
    return id;
  }

  /** One word of a tuple. */
  at(id: number, place: number): number {
    return this.words[id * this.width + place] ?? 0;
  }

  read(id: number, tuple: Int32Array): void {
    const offset = id * this.width;
    for (let place = 0; place < this.width; place++) tuple[place] = this.words[offset + place] ?? 0;
  }

  get bytes(): number {
    return this.words.byteLength + this.slots.byteLength;
  }

  /** Twice the slots, so that few hashes lead to the same. */
  private spread(): void {
    const slots = new Int32Array(this.slots.length * 2);
    const last = slots.length - 1;
    for (let id = 0; id < this.count; id++) {
      let slot = hashOf(this.words, id * this.width, this.width) & last;
      while (slots[slot] !== 0) slot = (slot + 1) & last;
      slots[slot] = id + 1;
    }
    this.slots = slots;
  }
}

/** A number for each pair of numbers: what a function of two arguments gave. */
export class PairMap {
  private readonly pairs = new TupleTable(2);
  private readonly values = new Ints();
  private readonly pair = new Int32Array(2);

  /** The number of this pair, for `valueAt` and `setAt`; it is new when `isNew` says so. */
  find(one: number, other: number): number {
    this.pair[0] = one;
    this.pair[1] = other;
    return this.pairs.intern(this.pair);
  }

  /** True for a pair whose value was never set. */
  isNew(place: number): boolean {
    return place >= this.values.length;
  }

  valueAt(place: number): number {
    return this.values.get(place);
  }

  setAt(place: number, value: number): void {
    this.values.set(place, value);
  }

  get bytes(): number {
    return this.pairs.bytes + this.values.bytes;
  }
}

function grown(words: Int32Array, atLeast: number): Int32Array<ArrayBuffer> {
  const more = new Int32Array(Math.max(words.length * 2, atLeast));
  more.set(words);
  return more;
}

/** Where to look for a tuple of numbers. */
export function hashOf(words: Int32Array, offset: number, width: number): number {
  let hash = 0;
  for (let place = 0; place < width; place++) {
    hash = Math.imul(hash ^ (words[offset + place] ?? 0), 0x9e3779b1);
    hash ^= hash >>> 15;
  }
  hash = Math.imul(hash, 0x85ebca6b);
  return hash ^ (hash >>> 13);
}

// A log as a value: appending or cutting gives a new log and leaves the old one as it was. Its
// entries lie in chunks that logs share, so that the cost does not grow with the length.

/**
 * One command, with the term of the leader that took it, and from chapter 9 on with the client that
 * gave it and that client's number for it. Its index is its place, from 1.
 */
export interface Entry {
  readonly term: number;
  readonly command: string;
  readonly client?: string;
  readonly sequence?: number;
}

const chunkSize = 128;

type Chunk = readonly Entry[];

export class Log {
  static readonly empty = new Log([], 0);
  /** Every chunk but the last is full. */
  private readonly chunks: readonly Chunk[];
  /** The index of the last entry, or 0 when the log is empty. */
  readonly lastIndex: number;

  private constructor(chunks: readonly Chunk[], lastIndex: number) {
    this.chunks = chunks;
    this.lastIndex = lastIndex;
  }

  /** The log that holds these entries; a log is given back as it is. */
  static of(entries: Log | readonly Entry[]): Log {
    return entries instanceof Log ? entries : Log.empty.append(entries);
  }

  /** The term of the last entry, or 0 when the log is empty. */
  get lastTerm(): number {
    return this.termAt(this.lastIndex) ?? 0;
  }

  /** The entry at an index, from 1; undefined where there is none. */
  entryAt(index: number): Entry | undefined {
    return this.chunks[Math.floor((index - 1) / chunkSize)]?.[(index - 1) % chunkSize];
  }

  /** The term at an index; 0 at index 0, before the first entry; undefined beyond the last. */
  termAt(index: number): number | undefined {
    return index === 0 ? 0 : this.entryAt(index)?.term;
  }

  /**
   * The first index with an entry of this term, or 0 when there is none. Terms never decrease along
   * a log, so a binary search finds it.
   */
  firstIndexOf(term: number): number {
    const index = this.firstIndexFrom(term);
    return this.termAt(index) === term ? index : 0;
  }

  /** The last index with an entry of this term, or 0 when there is none. */
  lastIndexOf(term: number): number {
    const index = this.firstIndexFrom(term + 1) - 1;
    return index > 0 && this.termAt(index) === term ? index : 0;
  }

  /** The first index whose term is at least this; one past the end when all terms are older. */
  private firstIndexFrom(term: number): number {
    let [low, high] = [1, this.lastIndex + 1];
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if ((this.termAt(middle) ?? 0) < term) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** At most `limit` entries, from an index on. */
  entriesFrom(index: number, limit = Infinity): Entry[] {
    const entries: Entry[] = [];
    const end = Math.min(this.lastIndex, index + limit - 1);
    for (let at = index; at <= end; at++) {
      const entry = this.entryAt(at);
      if (entry) entries.push(entry);
    }
    return entries;
  }

  /** This log with more entries at its end. */
  append(entries: readonly Entry[]): Log {
    if (entries.length === 0) return this;
    const chunks = [...this.chunks];
    const last = chunks.at(-1);
    let open: Entry[] = last && last.length < chunkSize ? [...last] : [];
    if (open.length > 0) chunks.pop();
    for (const entry of entries) {
      open.push(entry);
      if (open.length === chunkSize) {
        chunks.push(open);
        open = [];
      }
    }
    if (open.length > 0) chunks.push(open);
    return new Log(chunks, this.lastIndex + entries.length);
  }

  /** This log up to an index, that one included. */
  upTo(index: number): Log {
    if (index >= this.lastIndex) return this;
    if (index <= 0) return Log.empty;
    const whole = Math.floor(index / chunkSize);
    const chunks = this.chunks.slice(0, whole);
    const rest = this.chunks[whole]?.slice(0, index % chunkSize) ?? [];
    return new Log(rest.length > 0 ? [...chunks, rest] : chunks, index);
  }

  /**
   * The first index at which this log holds an entry of another term than the given entries, the
   * first of which belongs at `index`; undefined when nothing conflicts (Fig. 2 AppendEntries 3).
   */
  firstConflict(index: number, entries: readonly Entry[]): number | undefined {
    const place = entries.findIndex(({ term }, offset) => {
      const held = this.termAt(index + offset);
      return held !== undefined && held !== term;
    });
    return place < 0 ? undefined : index + place;
  }

  /** The first index at which the two logs differ, or one has no entry; shared chunks are skipped. */
  firstDifference(other: Log): number {
    let shared = 0;
    while (shared < this.chunks.length && this.chunks[shared] === other.chunks[shared]) shared++;
    const end = Math.min(this.lastIndex, other.lastIndex);
    for (let index = shared * chunkSize + 1; index <= end; index++) {
      const [mine, theirs] = [this.entryAt(index), other.entryAt(index)];
      if (mine !== theirs && (mine?.term !== theirs?.term || mine?.command !== theirs?.command)) {
        return index;
      }
    }
    return end + 1;
  }

  /** The entries as a plain list: how a log is written in traces. */
  toJSON(): readonly Entry[] {
    return this.entriesFrom(1);
  }
}

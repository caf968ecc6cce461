// A log as a value: appending, cutting or compacting gives a new log and leaves the old one as it was.
// Its entries lie in chunks that logs share, so that the cost does not grow with the length.

import type { Configuration } from './configuration.ts';

/**
 * One command, with the term of the leader that took it, and from chapter 9 on with the client that
 * gave it and that client's number for it. Its index is its place, from 1.
 */
export interface Entry {
  readonly term: number;
  readonly command: string;
  readonly client?: string;
  readonly sequence?: number;
  /** There when the entry changes who belongs to the cluster (chapter 11). */
  readonly configuration?: Configuration;
}

/** A log whose first entries were discarded; the entries that are left begin after lastIncludedIndex. */
export interface CompactedLog {
  readonly lastIncludedIndex: number;
  readonly lastIncludedTerm: number;
  readonly entries: readonly Entry[];
}

/** How a log is written in traces: a plain list as long as nothing was discarded. */
export type PlainLog = readonly Entry[] | CompactedLog;

const chunkSize = 128;

type Chunk = readonly Entry[];

/** Stands in a chunk where an entry was discarded. */
const discarded: Entry = { term: 0, command: '' };

export class Log {
  static readonly empty = new Log([], 0, 0, 0);
  /** Every chunk but the last is full; the first begins with what was discarded of it. */
  private readonly chunks: readonly Chunk[];
  /** The index of the last entry; lastIncludedIndex when there is none. */
  readonly lastIndex: number;
  /** The last index that was discarded, and the term there (§7); 0 and 0 when nothing was. */
  readonly lastIncludedIndex: number;
  readonly lastIncludedTerm: number;

  private constructor(
    chunks: readonly Chunk[],
    lastIndex: number,
    lastIncludedIndex: number,
    lastIncludedTerm: number,
  ) {
    this.chunks = chunks;
    this.lastIndex = lastIndex;
    this.lastIncludedIndex = lastIncludedIndex;
    this.lastIncludedTerm = lastIncludedTerm;
  }

  /** The log that holds these entries; a log is given back as it is. */
  static of(log: Log | PlainLog): Log {
    if (log instanceof Log) return log;
    if (!('lastIncludedIndex' in log)) return Log.empty.append(log);
    const { lastIncludedIndex, lastIncludedTerm, entries } = log;
    return Log.empty.compactedTo(lastIncludedIndex, lastIncludedTerm).append(entries);
  }

  /** The term of the last entry; lastIncludedTerm when there is none. */
  get lastTerm(): number {
    return this.termAt(this.lastIndex) ?? 0;
  }

  /** The entry at an index, from 1; undefined where there is none, or no longer. */
  entryAt(index: number): Entry | undefined {
    if (index <= this.lastIncludedIndex || index > this.lastIndex) return undefined;
    const place = index - 1 - this.firstPlace;
    return this.chunks[Math.floor(place / chunkSize)]?.[place % chunkSize];
  }

  /**
   * The term at an index; lastIncludedTerm at lastIncludedIndex, just before the first entry;
   * undefined before that and beyond the last entry.
   */
  termAt(index: number): number | undefined {
    return index === this.lastIncludedIndex ? this.lastIncludedTerm : this.entryAt(index)?.term;
  }

  /** How many places come before the first chunk. */
  private get firstPlace(): number {
    return this.lastIncludedIndex - (this.lastIncludedIndex % chunkSize);
  }

  /**
   * The first index with an entry of this term, or 0 when there is none. Terms never decrease along
   * a log, so a binary search finds it.
   */
  firstIndexOf(term: number): number {
    const index = this.firstIndexFrom(term);
    return this.termAt(index) === term ? index : 0;
  }

  /** The last index of this term, which may be lastIncludedIndex; 0 when there is none. */
  lastIndexOf(term: number): number {
    const index = this.firstIndexFrom(term + 1) - 1;
    return this.termAt(index) === term ? index : 0;
  }

  /** The first index whose term is at least this; one past the end when all terms are older. */
  private firstIndexFrom(term: number): number {
    let [low, high] = [this.lastIncludedIndex + 1, this.lastIndex + 1];
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if ((this.termAt(middle) ?? 0) < term) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** At most `limit` entries, from an index on; without those that were discarded. */
  entriesFrom(index: number, limit = Infinity): Entry[] {
    const entries: Entry[] = [];
    const end = Math.min(this.lastIndex, index + limit - 1);
    for (let at = Math.max(index, this.lastIncludedIndex + 1); at <= end; at++) {
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
    else if (chunks.length === 0) open = gapOf(this.lastIncludedIndex % chunkSize);
    for (const entry of entries) {
      open.push(entry);
      if (open.length === chunkSize) {
        chunks.push(open);
        open = [];
      }
    }
    if (open.length > 0) chunks.push(open);
    return this.holding(chunks, this.lastIndex + entries.length);
  }

  /** This log up to an index, that one included. What was discarded stays so. */
  upTo(index: number): Log {
    if (index >= this.lastIndex) return this;
    if (index <= this.lastIncludedIndex) return this.holding([], this.lastIncludedIndex);
    const places = index - this.firstPlace;
    const whole = Math.floor(places / chunkSize);
    const chunks = this.chunks.slice(0, whole);
    const rest = this.chunks[whole]?.slice(0, places % chunkSize) ?? [];
    return this.holding(rest.length > 0 ? [...chunks, rest] : chunks, index);
  }

  /**
   * This log without the entries up to an index, and with the term there noted. What follows stays;
   * when nothing does, the log is empty and ends at that index.
   */
  compactedTo(lastIncludedIndex: number, lastIncludedTerm: number): Log {
    const keeps = lastIncludedIndex >= this.lastIncludedIndex && lastIncludedIndex < this.lastIndex;
    if (!keeps) return new Log([], lastIncludedIndex, lastIncludedIndex, lastIncludedTerm);
    const whole = Math.floor((lastIncludedIndex - this.firstPlace) / chunkSize);
    const [first = [], ...chunks] = this.chunks.slice(whole);
    const gap = lastIncludedIndex % chunkSize;
    const opened = [...gapOf(gap), ...first.slice(gap)];
    return new Log([opened, ...chunks], this.lastIndex, lastIncludedIndex, lastIncludedTerm);
  }

  private holding(chunks: readonly Chunk[], lastIndex: number): Log {
    return new Log(chunks, lastIndex, this.lastIncludedIndex, this.lastIncludedTerm);
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

  /**
   * The first index at which the two logs differ, or one ends; shared chunks are skipped. What one of
   * them has discarded they have in common, up to its last index, where the terms are compared.
   */
  firstDifference(other: Log): number {
    const from = Math.max(this.lastIncludedIndex, other.lastIncludedIndex);
    const end = Math.min(this.lastIndex, other.lastIndex);
    if (from > end) return end + 1;
    if (this.termAt(from) !== other.termAt(from)) return from;
    let shared = 0;
    if (this.firstPlace === other.firstPlace) {
      while (shared < this.chunks.length && this.chunks[shared] === other.chunks[shared]) shared++;
    }
    const start = shared * chunkSize + this.firstPlace;
    for (let index = Math.max(from, start) + 1; index <= end; index++) {
      const [mine, theirs] = [this.entryAt(index), other.entryAt(index)];
      if (mine !== theirs && (mine?.term !== theirs?.term || mine?.command !== theirs?.command)) {
        return index;
      }
    }
    return end + 1;
  }

  /**
   * False when this log is known to lack an entry of that term at that index. What was discarded was
   * committed, and counts as there.
   */
  mayHold(index: number, term: number | undefined): boolean {
    return index < this.lastIncludedIndex || this.termAt(index) === term;
  }

  /** How a log is written in traces: the entries as a plain list, with the beginning when it has one. */
  toJSON(): Entry[] | (CompactedLog & { entries: Entry[] }) {
    const { lastIncludedIndex, lastIncludedTerm } = this;
    const entries = this.entriesFrom(1);
    return lastIncludedIndex === 0 ? entries : { lastIncludedIndex, lastIncludedTerm, entries };
  }
}

const gapOf = (length: number): Entry[] => Array.from({ length }, () => discarded);

// What has been shown on the way to a world, and how many requests, restarts, changes and transfers there were.

import type { Judge, Shown } from './judge.ts';
import { IntSets } from './intern.ts';
import { PairMap, TupleTable } from './tables.ts';

/** What a move adds besides what it shows; two of these, when a node crashes while it handles a request. */
export const plainMove = 0;
export const requestMove = 1;
export const restartMove = 2;
export const changeMove = 4;
export const transferMove = 8;
const kinds = 16;

/** How often something happened that bounds limit. */
export interface Counts {
  readonly requests: number;
  readonly restarts: number;
  readonly changes: number;
  readonly transfers: number;
}

export class History {
  readonly sets = new IntSets();
  /** The number of a set of facts, and then the counts. */
  readonly table = new TupleTable(5);
  private readonly judge: Judge;
  private readonly tuple = new Int32Array(5);
  private readonly next = new PairMap();
  private readonly broken: string[] = [];

  constructor(judge: Judge) {
    this.judge = judge;
  }

  /** The history of a world in which so much was shown. */
  of(facts: readonly number[], { requests, restarts, changes, transfers }: Counts): number {
    this.tuple[0] = this.sets.intern(facts);
    this.tuple[1] = requests;
    this.tuple[2] = restarts;
    this.tuple[3] = changes;
    this.tuple[4] = transfers;
    return this.table.intern(this.tuple);
  }

  requests(history: number): number {
    return this.table.at(history, 1);
  }

  restarts(history: number): number {
    return this.table.at(history, 2);
  }

  changes(history: number): number {
    return this.table.at(history, 3);
  }

  transfers(history: number): number {
    return this.table.at(history, 4);
  }

  countsOf(history: number): Counts {
    return {
      requests: this.requests(history),
      restarts: this.restarts(history),
      changes: this.changes(history),
      transfers: this.transfers(history),
    };
  }

  factsOf(history: number): readonly number[] {
    return this.sets.membersOf(this.table.at(history, 0));
  }

  /** The history after a move; below 0 when the move breaks a property, which `brokenAt` names. */
  after(history: number, shown: number, content: (shown: number) => Shown, kind: number): number {
    if (shown === 0 && kind === plainMove) return history;
    const found = this.next.find(history, shown * kinds + kind);
    if (this.next.isNew(found)) {
      this.next.setAt(found, this.work(history, content(shown), kind));
    }
    return this.next.valueAt(found);
  }

  brokenAt(history: number): string {
    return this.broken[-1 - history] ?? '';
  }

  get bytes(): number {
    return this.table.bytes + this.next.bytes + this.sets.bytes;
  }

  private work(history: number, { breaks, facts, claims }: Shown, kind: number): number {
    if (breaks !== undefined) return this.breach(breaks);
    let all = this.factsOf(history);
    const counts = {
      requests: this.requests(history) + (kind & requestMove ? 1 : 0),
      restarts: this.restarts(history) + (kind & restartMove ? 1 : 0),
      changes: this.changes(history) + (kind & changeMove ? 1 : 0),
      transfers: this.transfers(history) + (kind & transferMove ? 1 : 0),
    };
    for (const fact of facts) {
      const more = this.judge.add(all, this.judge.dated(fact, counts.requests));
      if (typeof more === 'string') return this.breach(more);
      all = more;
    }
    for (const claim of claims) {
      const more = this.judge.add(all, claim);
      if (typeof more === 'string') return this.breach(more);
    }
    return this.of(all, counts);
  }

  private breach(property: string): number {
    const known = this.broken.indexOf(property);
    return -1 - (known >= 0 ? known : this.broken.push(property) - 1);
  }
}

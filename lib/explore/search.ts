// Breadth first through every world within the bounds, so that the first violation found is one of the
// shortest. The same search finds the same run on every machine.

import type { Account, Counterexample, Problem, Progress, Verdict } from './problem.ts';
import { confirm, routeTo } from './route.ts';
import { Asymmetry } from './symmetry.ts';
import { Ints, TupleTable } from './tables.ts';
import type { Visitor } from './worlds.ts';
import { Worlds } from './worlds.ts';

/** How many worlds are expanded between two reports. */
const stride = 4096;

/**
 * Searches, and yields how far it has come now and then; whoever runs it may leave off there.
 * Throws when the start cannot be reached.
 */
export function* search(problem: Problem): Generator<Progress, Verdict> {
  if (problem.symmetry === false) return yield* new Search(problem, false).run();
  try {
    return yield* new Search(problem, true).run();
  } catch (error) {
    if (!(error instanceof Asymmetry)) throw error;
    return { ...(yield* new Search(problem, false).run()), asymmetry: error.message };
  }
}

/** Searches to the end, or until `onProgress` gives false. Throws when the start cannot be reached. */
export function explore(
  problem: Problem,
  onProgress?: (progress: Progress) => boolean | void,
): Verdict {
  const running = search(problem);
  for (;;) {
    const { done, value } = running.next();
    if (done) return value;
    if (onProgress?.(value) === false) return stopped(problem, value);
  }
}

/** What is known when a search is left off. */
export function stopped(problem: Problem, progress: Progress): Verdict {
  return {
    ...progress,
    outcome: 'stopped',
    bounds: problem.bounds,
    filter: problem.filter ?? 'none',
    symmetry: problem.symmetry ?? true,
    bounded: false,
    unconfirmed: 0,
  };
}

class Search implements Visitor {
  private readonly problem: Problem;
  private readonly symmetry: boolean;
  private readonly worlds: Worlds;
  private readonly table: TupleTable;
  /** The world from which each was first reached. */
  private readonly parents = new Ints();
  private readonly world: Int32Array;
  private cursor = 0;
  private depth = 0;
  /** Where the worlds one step further begin. */
  private levelEnd = 1;
  private unconfirmed = 0;
  private cutByDepth = false;
  private found: Counterexample | undefined;

  constructor(problem: Problem, symmetry: boolean) {
    this.problem = problem;
    this.symmetry = symmetry;
    this.worlds = new Worlds(problem, symmetry);
    this.table = new TupleTable(problem.nodes.length + 1);
    this.world = Int32Array.from(this.worlds.start);
    this.worlds.standFor(this.world);
    this.table.intern(this.world);
    this.parents.push(-1);
  }

  *run(): Generator<Progress, Verdict> {
    const { limit = Infinity } = this.problem;
    while (this.cursor < this.table.count && !this.found) {
      if (this.table.count >= limit) return { ...this.account(), outcome: 'stopped' };
      this.advance(Math.min(this.cursor + stride, this.table.count));
      yield this.progress();
    }
    const { found } = this;
    const { filter = 'none' } = this.problem;
    const filterHolds = filter === 'dead' ? this.worlds.filterHolds() : undefined;
    const account = { ...this.account(), ...(filterHolds !== undefined && { filterHolds }) };
    if (!found) return { ...account, outcome: 'exhausted' };
    const provenShortest = filter === 'none' || filterHolds === true;
    return { ...account, outcome: 'violation', counterexample: found, provenShortest };
  }

  reach(): void {
    const { count } = this.table;
    if (this.table.intern(this.worlds.next) === count) this.parents.push(this.cursor);
  }

  breach(place: number, event: number, property: string): void {
    if (this.found) return;
    const route = routeTo(this.worlds, this.table, this.parents, this.cursor, { property });
    this.found = confirm(this.problem, this.worlds, route);
    if (!this.found) this.unconfirmed += 1;
  }

  private advance(end: number): void {
    const { limit = Infinity, bounds } = this.problem;
    while (this.cursor < end && !this.found && this.table.count < limit) {
      if (this.cursor === this.levelEnd) {
        this.depth += 1;
        this.levelEnd = this.table.count;
      }
      if (this.depth >= bounds.depth) {
        this.cutByDepth = true;
        this.cursor = this.table.count;
        return;
      }
      this.table.read(this.cursor, this.world);
      this.worlds.expand(this.world, this);
      this.cursor += 1;
    }
  }

  private progress(): Progress {
    return {
      states: this.table.count,
      queue: this.table.count - this.cursor,
      depth: this.depth,
      bytes: this.table.bytes + this.parents.bytes + this.worlds.bytes,
    };
  }

  private account(): Account {
    return {
      ...this.progress(),
      bounds: this.problem.bounds,
      filter: this.problem.filter ?? 'none',
      symmetry: this.symmetry,
      bounded: this.cutByDepth || this.worlds.moves.bounded,
      fired: [...this.worlds.moves.outcomes.fired].sort(),
      unconfirmed: this.unconfirmed,
    };
  }
}

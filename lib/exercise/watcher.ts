// Tries an exercise again each time that it is saved. Runs and types are checked side by side; what a later save has made
// out of date is dropped.

import { existsSync, readFileSync } from 'node:fs';
import type { CheckTypes } from '../grade/grade.ts';
import type { Submitted } from '../grade/sandbox/bundle.ts';
import type { Limits } from '../grade/sandbox/process.ts';
import type { TypeMistake } from '../grade/type-check.ts';
import type { Chapter } from '../scenario/scenario.ts';
import type { Trace } from '../trace/trace.ts';
import type { Attempt } from './attempt.ts';
import { attempt } from './attempt.ts';
import { todosIn } from './gaps.ts';
import type { Tried } from './verdict.ts';

/** What is tried, and how. */
export interface Trying {
  readonly chapter: Chapter;
  readonly next?: Chapter;
  readonly submitted: Submitted;
  readonly traces: readonly Trace[];
  readonly limits: Limits;
  readonly checkTypes: CheckTypes;
}

export class Watcher {
  private readonly trying: Trying;
  private readonly tell: (tried: Tried, settled: boolean) => void;
  /** Counts the saves. */
  private latest = 0;
  private stopped = false;
  private checked: Promise<unknown> = Promise.resolve();

  /** `tell` is given what is known so far, and whether nothing more is to come until the next save. */
  constructor(trying: Trying, tell: (tried: Tried, settled: boolean) => void) {
    this.trying = trying;
    this.tell = tell;
  }

  /** Tries the exercise as it is now. Resolves when all is known, or when a later call took over. */
  async again(): Promise<void> {
    this.latest += 1;
    const mine = this.latest;
    const { chapter, next, submitted, traces, limits } = this.trying;
    const { file } = submitted;
    if (!existsSync(file)) return;
    const todos = todosIn(readFileSync(file, 'utf8'));
    let types: readonly TypeMistake[] | undefined;
    let ran: { readonly attempt: Attempt; readonly done: boolean } | undefined;
    const say = () => {
      if (mine !== this.latest || !ran) return;
      const trialsRun = !ran.done;
      const known = { chapter, traces, file, todos, attempt: ran.attempt, trialsRun, types };
      this.tell({ ...known, ...(next && { next }) }, ran.done && types !== undefined);
    };
    const typed = this.typesOf(mine).then((found) => {
      types = found;
      say();
    });
    const onRuns = (sofar: Attempt) => {
      ran = { attempt: sofar, done: false };
      say();
      return mine === this.latest;
    };
    ran = { attempt: await attempt(chapter, submitted, traces, limits, onRuns), done: true };
    say();
    await typed;
  }

  /** Nobody waits any more; what is running ends in silence. */
  stop(): void {
    this.latest += 1;
    this.stopped = true;
  }

  /** One check after the other, for they share a compiler; those that nobody waits for are left out. */
  private typesOf(mine: number): Promise<readonly TypeMistake[]> {
    const { checkTypes, submitted } = this.trying;
    const found = this.checked.then(async () => {
      try {
        return mine === this.latest ? await checkTypes(submitted) : [];
      } catch (error) {
        // It was taken away meanwhile, and when it is back, that is another save; or the compiler was.
        if (this.stopped || !existsSync(submitted.file)) return [];
        throw error;
      }
    });
    this.checked = found.catch(() => undefined);
    return found;
  }
}

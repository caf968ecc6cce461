// The question of linearizability asked as a run goes on, at every answer: it keeps all that may have happened so far
// (just-in-time linearization, Lowe 2017).

import { canonical } from '../trace/canonical.ts';
import type { Machine, Operation } from './history.ts';
import type { NotLinearizable } from './linearizable.ts';
import { linearizable } from './linearizable.ts';

/** A story that explains all answers so far. */
interface Story<State> {
  readonly state: State;
  /** The operations without an answer that have happened in it, each with its result. */
  readonly early: ReadonlyMap<Operation, string | null>;
}

/** What is known of one key. */
interface Key<State> {
  /** All operations, in the order in which they were invoked, with their answers. */
  readonly history: Operation[];
  /** Those that have no answer yet. */
  open: readonly Operation[];
  stories: readonly Story<State>[];
}

/** Watches a history that grows; what `linearizable` would say of the whole, it says at the first answer that breaks it. */
export class Watch<State> {
  private readonly machine: Machine<State>;
  private readonly keys = new Map<string, Key<State>>();

  constructor(machine: Machine<State>) {
    this.machine = machine;
  }

  /** An operation begins. */
  invoke(operation: Operation): void {
    const key = this.keyOf(operation);
    key.history.push(operation);
    key.open = [...key.open, operation];
  }

  /** An operation that has begun is answered. Gives the contradiction when no story explains it. */
  answer(asked: Operation, answered: number, result?: string | null): NotLinearizable | undefined {
    const key = this.keyOf(asked);
    const told = { ...asked, answered, ...(result !== undefined && { result }) };
    key.stories = this.storiesWith(key, asked, result);
    key.open = key.open.filter((each) => each !== asked);
    key.history.splice(key.history.indexOf(asked), 1, told);
    if (key.stories.length > 0) return undefined;
    const verdict = linearizable(key.history, this.machine);
    if (verdict.linearizable) throw new Error('expected the two searches to agree');
    return verdict;
  }

  /** The stories, told on until the operation has happened in them, in which it has this result. */
  private storiesWith(key: Key<State>, asked: Operation, result?: string | null): Story<State>[] {
    const found: Story<State>[] = [];
    const seen = new Set<string>();
    const open = [...key.stories];
    for (let story = open.pop(); story; story = open.pop()) {
      const name = this.nameOf(key, story);
      if (seen.has(name)) continue;
      seen.add(name);
      if (story.early.has(asked)) {
        if (result !== undefined && story.early.get(asked) !== result) continue;
        const early = new Map(story.early);
        early.delete(asked);
        found.push({ state: story.state, early });
        continue;
      }
      for (const operation of key.open) {
        if (story.early.has(operation)) continue;
        const next = this.machine.apply(story.state, operation.command);
        const early = new Map(story.early).set(operation, next.result);
        open.push({ state: next.state, early });
      }
    }
    return found;
  }

  private nameOf(key: Key<State>, { state, early }: Story<State>): string {
    const results = key.open.map((operation) => early.get(operation));
    return canonical([state, results.map((result) => (result === undefined ? [] : [result]))]);
  }

  private keyOf({ command }: Operation): Key<State> {
    const name = this.machine.keyOf(command);
    const known = this.keys.get(name);
    if (known) return known;
    const key = {
      history: [],
      open: [],
      stories: [{ state: this.machine.initial, early: new Map() }],
    };
    this.keys.set(name, key);
    return key;
  }
}

// What many tests need: every recorded scenario, and nodes that notice when they are tampered with.

import { chapters } from '../chapters/chapters.ts';
import type { NodeState, RaftNode } from '../lib/node/contract.ts';
import type { Chapter, Scenario } from '../lib/scenario/scenario.ts';
import { readTrace } from '../lib/trace/format.ts';
import type { Trace } from '../lib/trace/trace.ts';
import { traceFile } from '../tools/traces.ts';

export interface Recorded {
  readonly chapter: Chapter;
  readonly scenario: Scenario;
  readonly trace: Trace;
}

/** Every committed trace, with the scenario it was recorded from. */
export const recorded: readonly Recorded[] = chapters.flatMap((chapter) =>
  chapter.scenarios.map((scenario) => ({
    chapter,
    scenario,
    trace: readTrace(traceFile(chapter, scenario)),
  })),
);

/** The traces of a chapter's own list of rules, without those of its variants. */
export const ownRuns = (chapter: Chapter): readonly Trace[] =>
  recorded
    .filter((each) => each.chapter === chapter && each.scenario.variant === undefined)
    .map(({ trace }) => trace);

/** `03-voting/clean-election`, for messages. */
export const nameOf = ({ chapter, scenario }: Recorded): string =>
  `${chapter.name}/${scenario.name}`;

export function chapterNamed(name: string): Chapter {
  const found = chapters.find((chapter) => chapter.name === name);
  if (!found) throw new Error(`there is no chapter ${name}`);
  return found;
}

/** The same node, but whatever it is given is frozen, so that changing it throws. */
export function frozen<State extends NodeState>(node: RaftNode<State>): RaftNode<State> {
  return {
    init: (id, peers, saved) =>
      node.init(id, deepFreeze([...peers]), saved && deepFreeze({ ...saved })),
    step: (state, event) => node.step(deepFreeze(state), deepFreeze(event)),
  };
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(deepFreeze);
  }
  return value;
}

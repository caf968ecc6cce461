// For what breaks no property: a short schedule in which nodes without the rule do something else, and if possible end
// up elsewhere. It is taken from the recorded runs of the chapter.

import type { Act } from '../cluster/step.ts';
import type { RuleNode } from '../rules/node.ts';
import { canonical, differences } from '../trace/canonical.ts';
import type { Trace } from '../trace/trace.ts';
import { sayValue } from '../words/words.ts';
import { minimal } from './minimal.ts';
import { stageOf } from './safety.ts';
import type { Played, Stage } from './schedule.ts';
import { play } from './schedule.ts';

export interface Shown {
  /** The recorded run whose schedule it is. */
  readonly scenario: string;
  readonly stage: Stage;
  readonly acts: readonly Act[];
  /** What of the outcome is missed, in words. */
  readonly missed: readonly string[];
}

/** The shortest schedule that shows the difference; undefined when no recorded run does. */
export function shownBy(
  intact: RuleNode,
  node: RuleNode,
  runs: readonly Trace[],
): Shown | undefined {
  const all = runs.flatMap((trace) => showIn(intact, node, trace) ?? []);
  const harmful = all.filter(({ missed }) => missed.length > 0);
  const candidates = harmful.length > 0 ? harmful : all;
  return [...candidates].sort((one, other) => one.acts.length - other.acts.length)[0];
}

function showIn(intact: RuleNode, node: RuleNode, trace: Trace): Shown | undefined {
  const stage = stageOf(trace, []);
  const acts = trace.steps.map(({ act }) => act);
  const { scenario } = trace.header;
  const missedIn = (some: readonly Act[]) => {
    const [whole, weak] = [play(intact, stage, some), play(node, stage, some)];
    if (whole.error !== undefined || missed(trace, whole).length > 0) return [];
    return weak.error === undefined ? missed(trace, weak) : [weak.error];
  };
  // Whatever the run without the rule leaves out, the other one needs.
  const ends = (some: readonly Act[]) => (missedIn(some).length > 0 ? some : undefined);
  if (ends(acts)) {
    const fewest = minimal(acts, ends);
    return { scenario, stage, acts: fewest, missed: missedIn(fewest) };
  }
  const differs = (some: readonly Act[]) =>
    parts(play(intact, stage, some), play(node, stage, some)) ? some : undefined;
  return differs(acts) && { scenario, stage, acts: minimal(acts, differs), missed: [] };
}

/** The fields of the outcome that a run does not end with. */
function missed({ header }: Trace, played: Played): string[] {
  return Object.entries(header.outcome.nodes).flatMap(([node, fields]) =>
    differences(fields, played.stateOf(node)).map(
      ({ field, expected, actual }) =>
        `${field} of ${node} is ${sayValue(actual)}, not ${sayValue(expected)}`,
    ),
  );
}

/** True when some step does not do the same in both runs. */
const parts = (one: Played, other: Played): boolean =>
  one.steps.length !== other.steps.length ||
  one.steps.some((step, index) => {
    const same = other.steps[index];
    if (!step || !same) return step !== same;
    return canonical([step.after, step.effects]) !== canonical([same.after, same.effects]);
  });

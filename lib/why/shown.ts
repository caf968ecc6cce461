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

/** So many runs are made shorter, the shortest ones; to do it with all would take long. */
const most = 3;

/** A short schedule that shows the difference; undefined when no recorded run does. */
export function shownBy(
  intact: RuleNode,
  node: RuleNode,
  runs: readonly Trace[],
): Shown | undefined {
  const harmful = runs
    .filter((trace) => lossOf(intact, node, trace, actsOf(trace)).length > 0)
    .map((trace) => ({ trace, acts: actsOf(trace) }));
  if (harmful.length > 0)
    return shortestOf(harmful, (trace, acts) => lossOf(intact, node, trace, acts));
  const parting = runs.flatMap((trace) => {
    const acts = actsOf(trace);
    const at = partingIn(intact, node, trace, acts);
    return at === undefined ? [] : [{ trace, acts: acts.slice(0, at + 1) }];
  });
  return shortestOf(parting, (trace, acts) =>
    partingIn(intact, node, trace, acts) === undefined ? undefined : [],
  );
}

const actsOf = ({ steps }: Trace): Act[] => steps.map(({ act }) => act);

/** Makes the shortest few still shorter; `loss` gives what they show, or undefined when they show nothing. */
function shortestOf(
  candidates: readonly { readonly trace: Trace; readonly acts: readonly Act[] }[],
  loss: (trace: Trace, acts: readonly Act[]) => readonly string[] | undefined,
): Shown | undefined {
  const byLength = <T extends { readonly acts: readonly Act[] }>(all: readonly T[]) =>
    [...all].sort((one, other) => one.acts.length - other.acts.length);
  const isLoss = (lost: readonly string[] | undefined, whole: readonly string[]) =>
    lost !== undefined && (whole.length === 0 || lost.length > 0);
  const shorter = byLength(candidates)
    .slice(0, most)
    .map(({ trace, acts }): Shown => {
      const whole = loss(trace, acts) ?? [];
      const fewest = minimal(acts, (some) => (isLoss(loss(trace, some), whole) ? some : undefined));
      const missed = loss(trace, fewest) ?? [];
      return { scenario: trace.header.scenario, stage: stageOf(trace, []), acts: fewest, missed };
    });
  return byLength(shorter)[0];
}

/** What of the outcome is missed without the rule, where it is reached with it. */
function lossOf(
  intact: RuleNode,
  node: RuleNode,
  trace: Trace,
  acts: readonly Act[],
): readonly string[] {
  const stage = stageOf(trace, []);
  const whole = play(intact, stage, acts);
  if (whole.error !== undefined || missed(trace, whole).length > 0) return [];
  const weak = play(node, stage, acts);
  return weak.error === undefined ? missed(trace, weak) : [weak.error];
}

/** The place of the first step that is not the same in both runs. */
function partingIn(
  intact: RuleNode,
  node: RuleNode,
  trace: Trace,
  acts: readonly Act[],
): number | undefined {
  const stage = stageOf(trace, []);
  const [whole, weak] = [play(intact, stage, acts), play(node, stage, acts)];
  const at = whole.steps.findIndex((step, index) => {
    const same = weak.steps[index];
    if (!step || !same) return step !== same;
    return canonical([step.after, step.effects]) !== canonical([same.after, same.effects]);
  });
  return at < 0 ? undefined : at;
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

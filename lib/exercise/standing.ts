// How each rule of an exercise stands: right, wrong, still to be written, or not judged yet; and what to look at first.

import { counts } from '../grade/report.ts';
import type { Judgement } from '../grade/subject.ts';
import type { RuleInfo } from '../rules/rule.ts';
import type { Chapter } from '../scenario/scenario.ts';
import type { Trace } from '../trace/trace.ts';
import { tracesToPass } from '../grade/subject.ts';
import type { Attempt } from './attempt.ts';
import { gapsOf } from './gaps.ts';

/**
 * `right`: wherever a run came to it, it did as recorded. `wrong`: a run that failed names it.
 * `todo`: still to be written. `unjudged`: written, but every run stops before it acts.
 */
export type Mark = 'right' | 'wrong' | 'todo' | 'unjudged';

/** How one rule stands. */
export interface Standing {
  readonly rule: RuleInfo;
  readonly mark: Mark;
  /** The recorded steps in which the rule was asked and did right, and all in which it is asked. */
  readonly right: number;
  readonly steps: number;
}

/** The standing of each rule that the exercise asks for, and of any other that is named as wrong. */
export function standingsOf(
  chapter: Chapter,
  traces: readonly Trace[],
  attempt: Attempt,
  todos: Pick<ReadonlySet<string>, 'has'>,
): Standing[] {
  const gaps = gapsOf(chapter).map(({ rule }) => rule.name);
  const failures = failuresOf(attempt);
  const named = failures.filter(isWrong).map(({ finding }) => finding?.rule);
  const reached = failures.map(({ todo }) => todo);
  const seen = stepsOf(chapter, traces, attempt);
  return chapter.node.rules
    .filter(({ name }) => gaps.includes(name) || named.includes(name))
    .map((rule) => {
      const { right = 0, steps = 0, acted = false } = seen.get(rule.name) ?? {};
      const mark = (): Mark => {
        if (named.includes(rule.name)) return 'wrong';
        const all = steps > 0 && right === steps;
        if (!all && (todos.has(rule.name) || reached.includes(rule.name))) return 'todo';
        return all || acted ? 'right' : 'unjudged';
      };
      return { rule, mark: mark(), right, steps };
    });
}

/** The first thing to look at. */
export interface Problem {
  readonly judgement: Judgement;
  readonly rule?: RuleInfo;
  /** The rule is still to be written. */
  readonly isTodo: boolean;
}

/**
 * The failure of the first wrong rule in the order of the list; without one, a failure that names no
 * rule; else the gap that the first run comes to. Undefined when nothing that ran failed.
 */
export function firstProblem(chapter: Chapter, attempt: Attempt): Problem | undefined {
  const failures = failuresOf(attempt);
  const wrong = failures.filter(isWrong);
  for (const rule of chapter.node.rules) {
    const judgement = wrong.find(({ finding }) => finding?.rule === rule.name);
    if (judgement) return { judgement, rule, isTodo: false };
  }
  const judgement = failures.find(({ todo }) => todo === undefined) ?? failures[0];
  if (!judgement) return undefined;
  const rule = chapter.node.rules.find(({ name }) => name === judgement.todo);
  return { judgement, isTodo: judgement.todo !== undefined, ...(rule && { rule }) };
}

const failuresOf = ({ runs, trials = [] }: Attempt): Judgement[] =>
  [...runs, ...trials].filter((each) => !counts(each));

const isWrong = ({ finding, todo }: Judgement) => finding !== undefined && todo === undefined;

interface Seen {
  right: number;
  steps: number;
  /** It fired in a step that went as recorded. */
  acted: boolean;
}

/** In how many recorded steps each rule is asked, and in how many of them all went right. */
function stepsOf(
  chapter: Chapter,
  traces: readonly Trace[],
  { runs, mismatches }: Attempt,
): ReadonlyMap<string, Seen> {
  const seen = new Map<string, Seen>();
  for (const { header, steps } of tracesToPass(traces, chapter)) {
    const judgement = runs.find(({ id }) => id === `${chapter.name}/${header.scenario}`);
    const stop = mismatches.get(header.scenario)?.step?.step ?? 0;
    const end = judgement && counts(judgement) ? Infinity : stop;
    for (const { step, fired = [] } of steps) {
      for (const { rule, refused } of fired) {
        const { right, steps: all, acted } = seen.get(rule) ?? { right: 0, steps: 0, acted: false };
        const good = step < end;
        seen.set(rule, {
          right: right + (good ? 1 : 0),
          steps: all + 1,
          acted: acted || (good && refused === undefined),
        });
      }
    }
  }
  return seen;
}

// What is wrong first, in lines: a failure as the grader tells it, or a gap with what is expected where it is first needed.

import { severalLines } from '../grade/formats/clean.ts';
import type { Mismatch } from '../replay/strict.ts';
import type { RuleExplanation } from '../rules/explain.ts';
import type { Chapter } from '../scenario/scenario.ts';
import { isEmpty, sayChange } from '../stepper/columns.ts';
import type { Line } from '../stepper/text.ts';
import { line } from '../stepper/text.ts';
import { sayAct, sayEffect, sayValue } from '../words/words.ts';
import type { Attempt } from './attempt.ts';
import { gapsOf } from './gaps.ts';
import type { Problem } from './standing.ts';

/** The problem in full; the first line is its heading. */
export function problemLines(chapter: Chapter, attempt: Attempt, problem: Problem): Line[] {
  const { rule, judgement, isTodo } = problem;
  const scenario = scenarioOf(chapter, problem);
  const mismatch = scenario === undefined ? undefined : attempt.mismatches.get(scenario);
  if (isTodo && rule && mismatch) {
    return [
      [
        { text: `… ${rule.name}`, style: 'strong' },
        { text: ` is still to be written (${rule.paper})`, style: 'plain' },
      ],
      line(`  ${rule.says}`),
      ...neededLines(chapter, mismatch, rule.name).map((each) => line(`  ${each}`)),
    ];
  }
  const facts = severalLines(judgement.details, 4000)
    .split('\n')
    // The heading says the first, for a recorded run.
    .slice(mismatch ? 1 : 0)
    .filter((each) => !isCommand(each) && !/The rule \S+ is still to be written\.$/.test(each));
  const where = mismatch?.step ? `step ${mismatch.step.step} of` : 'in';
  const name = judgement.name.replace(`${chapter.title}: `, '');
  const todosLeft = attempt.runs.some(({ todo }) => todo !== undefined);
  return [
    [
      { text: `✗ ${rule?.name ?? name}`, style: 'bad' },
      { text: rule ? `, ${where}: ${name}` : `: ${judgement.verdict}`, style: 'plain' },
    ],
    ...(rule ? [] : askedLines(chapter, mismatch)),
    ...facts.map((each) => line(each.startsWith('  ') ? each : `  ${each}`)),
    ...(rule && todosLeft
      ? [
          line(
            '  If you mean it to differ: write the rest first, then its behaviour decides.',
            'quiet',
          ),
        ]
      : []),
  ];
}

/** The scenario in which a problem shows; undefined for that of a trial. */
export const scenarioOf = (chapter: Chapter, { judgement }: Problem): string | undefined =>
  chapter.scenarios.find(({ name }) => judgement.id === `${chapter.name}/${name}`)?.name;

/** Where it threw nobody knows which rule did; it is one that is asked at this step. */
function askedLines(chapter: Chapter, mismatch: Mismatch | undefined): Line[] {
  if (mismatch?.threw === undefined) return [];
  const gaps = gapsOf(chapter).map(({ rule }) => rule.name);
  const asked = (mismatch.step?.fired ?? [])
    .map(({ rule }) => rule)
    .filter((rule) => gaps.includes(rule));
  return asked.length === 0 ? [] : [line(`  rules asked at this step: ${asked.join(', ')}`)];
}

/** How the details of a judgement say where to look; the watcher says it at the end. */
const isCommand = (detail: string) => detail.trimStart().startsWith('see: ');

/** Where a rule is first needed, and what it must do there. */
function neededLines({ node }: Chapter, mismatch: Mismatch, name: string): string[] {
  const { trace, step, before, node: me } = mismatch;
  if (!step?.event || !before) return [];
  const explained = node.explain(before, step.event).find(({ rule }) => rule.name === name);
  return [
    `First needed in ${trace.scenario}, step ${step.step}: ${sayAct(step)}`,
    `${me} was: ${sayState(before)}`,
    ...(explained ? expectedLines(explained, me, before) : []),
  ];
}

/** What a rule alone does at a step. */
function expectedLines(
  { refused, effects, changed }: RuleExplanation,
  me: string,
  before: object,
): string[] {
  const was = new Map<string, unknown>(Object.entries(before));
  const does = [
    ...Object.entries(changed).map(
      ([field, value]) => `${field} ${sayChange(was.get(field), value)}`,
    ),
    ...effects.map((effect) => `${me} ${sayEffect(effect)}`),
  ];
  const then = does.length === 0 ? 'nothing changes' : does.join('; ');
  return refused === undefined
    ? [`Expected: it fires: ${then}.`]
    : [`Expected: it is refused, for this does not hold: ${refused}`, `and then: ${then}`];
}

/** The fields of a state but for its name and peers, and what is empty. */
const sayState = (state: object): string =>
  Object.entries(state)
    .filter(([field, value]) => field !== 'id' && field !== 'peers' && !isEmpty(value))
    .map(([field, value]) => `${field} ${sayValue(value)}`)
    .join(', ');

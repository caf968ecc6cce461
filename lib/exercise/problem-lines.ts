// What is wrong first, in lines: a failure as the grader tells it, or a gap with what is expected where it is first needed.

import { severalLines } from '../grade/formats/clean.ts';
import type { Mismatch } from '../replay/strict.ts';
import type { RuleExplanation } from '../rules/explain.ts';
import type { Chapter } from '../scenario/scenario.ts';
import { sayChange } from '../stepper/columns.ts';
import type { Line } from '../stepper/text.ts';
import { line } from '../stepper/text.ts';
import { sayAct, sayEffect, sayValue } from '../words/words.ts';
import type { Attempt } from './attempt.ts';
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
  const [, ...facts] = severalLines(judgement.details, 4000)
    .split('\n')
    .filter((each) => !isCommand(each) && !/The rule \S+ is still to be written\.$/.test(each));
  const todosLeft = attempt.runs.some(({ todo }) => todo !== undefined);
  return [
    [
      { text: `✗ ${rule?.name ?? judgement.name}`, style: 'bad' },
      { text: rule ? `, in ${judgement.name}` : `: ${judgement.verdict}`, style: 'plain' },
    ],
    ...facts.map((each) => line(`  ${each.trim()}`)),
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
    ...Object.entries(changed).map(([field, value]) => `${field}: ${sayChange(was.get(field), value)}`),
    ...effects.map((effect) => `${me} ${sayEffect(effect)}`),
  ];
  if (refused === undefined) {
    return does.length === 0
      ? ['Expected: it fires, and nothing changes.']
      : ['Expected: it fires.', ...does.map((each) => `  ${each}`)];
  }
  const why = `Expected: it is refused, for this does not hold: ${refused}.`;
  return [why, ...does.map((each) => `  ${each}`)];
}

/** The fields of a state but for its name and peers. */
const sayState = (state: object): string =>
  Object.entries(state)
    .filter(([field]) => field !== 'id' && field !== 'peers')
    .map(([field, value]) => `${field} ${sayValue(value)}`)
    .join(', ');

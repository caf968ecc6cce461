// The verdict on an exercise that is being written, in parts: types, rules, runs, the first problem, and what to do next.

import { severalLines } from '../grade/formats/clean.ts';
import { chapterNumber, counts } from '../grade/report.ts';
import type { TypeMistake } from '../grade/type-check.ts';
import type { Chapter } from '../scenario/scenario.ts';
import { chapterHeading } from '../stepper/scene.ts';
import type { Line, Style } from '../stepper/text.ts';
import { line, padded } from '../stepper/text.ts';
import type { Trace } from '../trace/trace.ts';
import type { Attempt } from './attempt.ts';
import { isSolved } from './attempt.ts';
import { gapsOf } from './gaps.ts';
import { problemLines, scenarioOf } from './problem-lines.ts';
import type { Mark, Standing } from './standing.ts';
import { firstProblem, standingsOf } from './standing.ts';

/** All that is known of an exercise. */
export interface Tried {
  readonly chapter: Chapter;
  /** The chapter after it, if there is one. */
  readonly next?: Chapter;
  readonly traces: readonly Trace[];
  /** The exercise as a person would name it. */
  readonly file: string;
  /** The rules that still hold a todo, with its line. */
  readonly todos: ReadonlyMap<string, number>;
  readonly attempt: Attempt;
  /** The trials are running. */
  readonly trialsRun: boolean;
  /** Undefined while the types are still being checked. */
  readonly types: readonly TypeMistake[] | undefined;
}

/** Each part is a list of lines; what is empty says nothing. */
export interface Verdict {
  readonly heading: Line;
  readonly types: readonly Line[];
  readonly rules: readonly Line[];
  /** The rules once more, those that stand alike in one line. */
  readonly rulesInBrief: readonly Line[];
  readonly runs: readonly Line[];
  readonly problem: readonly Line[];
  readonly printed: readonly Line[];
  readonly next: readonly Line[];
  /** The rule with which to go on, if it is one of the exercise. */
  readonly current: string | undefined;
  readonly solved: boolean;
}

/** The verdict; lines are as long as they are. */
export function verdictOn(tried: Tried): Verdict {
  const { chapter, file, attempt, types, traces, todos } = tried;
  const problem = firstProblem(chapter, attempt);
  const standings = standingsOf(chapter, traces, attempt, todos);
  const solved = isSolved(attempt, chapter) && types?.length === 0;
  const named = problem?.rule?.name;
  const current = gapsOf(chapter).some(({ rule }) => rule.name === named) ? named : undefined;
  return {
    heading: [
      { text: chapterHeading(chapter), style: 'strong' },
      { text: ` · ${file}`, style: 'quiet' },
    ],
    types: typeLines(types ?? []),
    rules: ruleLines(standings),
    rulesInBrief: briefly(standings),
    runs: runLines(tried),
    problem: attempt.unrunnable
      ? unrunnableLines(attempt.unrunnable, types ?? [])
      : problem
        ? problemLines(chapter, attempt, problem)
        : [],
    printed: printedLines(attempt.printed),
    next: nextLines(tried, solved, current),
    current,
    solved,
  };
}

const marks: Readonly<Record<Mark, { mark: string; style: Style; says: string }>> = {
  right: { mark: '✓', style: 'good', says: 'right' },
  wrong: { mark: '✗', style: 'bad', says: 'wrong' },
  todo: { mark: '…', style: 'accent', says: 'to be written' },
  unjudged: { mark: '?', style: 'quiet', says: 'not judged yet' },
};

function ruleLines(standings: readonly Standing[]): Line[] {
  const width = Math.max(0, ...standings.map(({ rule }) => rule.name.length));
  const ratios = standings.map(({ right, steps }) => `${right}/${steps}`);
  const ratioWidth = Math.max(0, ...ratios.map((each) => each.length));
  return standings.map(({ rule, mark }, index) => [
    { text: `${marks[mark].mark} `, style: marks[mark].style },
    { text: padded(rule.name, width), style: 'plain' },
    { text: `  ${(ratios[index] ?? '').padStart(ratioWidth)}  `, style: 'quiet' },
    { text: rule.says, style: 'plain' },
  ]);
}

function briefly(standings: readonly Standing[]): Line[] {
  return (['wrong', 'todo', 'unjudged', 'right'] as const).flatMap((wanted): Line[] => {
    const names = standings.filter(({ mark }) => mark === wanted).map(({ rule }) => rule.name);
    if (names.length === 0) return [];
    const { mark, style, says } = marks[wanted];
    return [
      [
        { text: `${mark} `, style },
        { text: `${names.length} ${says}: ${names.join(', ')}`, style: 'plain' },
      ],
    ];
  });
}

function runLines({ chapter, attempt, trialsRun, types }: Tried): Line[] {
  const { runs, trials, unrunnable } = attempt;
  if (unrunnable) return [];
  const all = chapter.trials.length;
  const tried = trials && `${trials.filter(counts).length} of ${trials.length} trials pass`;
  const wait = trialsRun
    ? `the ${all} trials are running`
    : `the ${all} trials come once they all do`;
  const variants = runs.filter(({ status }) => status === 'variant').length;
  const passed = runs.filter(counts).length;
  return [
    line(
      `${passed} of ${runs.length} runs pass` +
        (variants > 0 ? `, ${variants} of them as a correct variant` : '') +
        (all === 0 ? '' : `; ${tried ?? wait}`) +
        (types ? '.' : '; the types are being checked.'),
      passed === runs.length ? 'good' : 'plain',
    ),
  ];
}

/** So many mistakes of type are shown; most come from the first. */
const mistakesShown = 3;

function typeLines(mistakes: readonly TypeMistake[]): Line[] {
  if (mistakes.length === 0) return [];
  const more = mistakes.length - mistakesShown;
  return [
    line('✗ It does not type-check:', 'bad'),
    ...mistakes
      .slice(0, mistakesShown)
      .flatMap(({ file, line: place, message }) =>
        `${file}:${place}: ${message}`.split('\n').map((each) => line(`  ${each}`)),
      ),
    ...(more > 0 ? [line(`  … and ${more} more`)] : []),
  ];
}

/** The compiler has said it better, if it has said it. */
function unrunnableLines(
  { says, file, line: place }: NonNullable<Attempt['unrunnable']>,
  types: readonly TypeMistake[],
): Line[] {
  if (types.some((mistake) => mistake.line === place)) return [line('So it cannot be run.')];
  const where = file === undefined || place === undefined ? '' : `${file}:${place}: `;
  return [line('✗ It cannot be run:', 'bad'), line(`  ${where}${says}`)];
}

function printedLines(printed: string): Line[] {
  const lines = severalLines(printed).split('\n').slice(-5);
  if (printed.trim() === '') return [];
  return [line('It printed, at the end:', 'quiet'), ...lines.map((each) => line(`  │ ${each}`))];
}

function nextLines(tried: Tried, solved: boolean, current: string | undefined): Line[] {
  const { chapter, next, file, todos, attempt, types = [] } = tried;
  const number = chapterNumber(chapter.name);
  const commands: [what: string, command: string][] = [];
  const problem = firstProblem(chapter, attempt);
  if (solved) {
    const lesson = next && `chapters/${next.name}/README.md`;
    return [
      line(`Chapter ${number} is solved.`, 'good'),
      ...(next && lesson
        ? [
            line(`  read   ${lesson}`),
            line(`  then   npm run watch -- ${chapterNumber(next.name)}`),
          ]
        : [line('  all chapters   npm run progress')]),
    ];
  }
  const [mistake] = types;
  const todoLine = current === undefined ? undefined : todos.get(current);
  if (mistake) commands.push(['mend', `${mistake.file}:${mistake.line}`]);
  else if (problem?.isTodo && current !== undefined) {
    commands.push([
      'write',
      `${current} in ${file}${todoLine === undefined ? '' : `:${todoLine}`}`,
    ]);
  }
  if (current !== undefined && !mistake) {
    commands.push(['hint', `npm run hint -- ${number} ${current}`]);
  }
  const scenario = problem && scenarioOf(chapter, problem);
  const mismatch = scenario === undefined ? undefined : attempt.mismatches.get(scenario);
  if (scenario !== undefined) {
    const step = mismatch?.step ? ` --step ${mismatch.step.step}` : '';
    const run = `npx tsx chapters/${chapter.name}/run.ts --scenario ${scenario}${step}`;
    commands.push(['look', run]);
  } else if (problem) {
    commands.push(['look', `npm run grade -- --chapter ${number} ${file}`]);
  }
  return commands.map(([what, command]) => [
    { text: `  ${padded(what, 5)}  `, style: 'quiet' },
    { text: command, style: 'plain' },
  ]);
}

/** The verdict as plain text. */
export const partsOf = (verdict: Verdict): (readonly Line[])[] => [
  [verdict.heading],
  verdict.types,
  verdict.rules,
  verdict.runs,
  verdict.problem,
  verdict.printed,
  verdict.next,
];

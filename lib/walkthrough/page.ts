// The walkthrough of a trace as a Markdown page that reads well on GitHub.

import { propertyNamed } from '../check/named.ts';
import type { RuleInfo } from '../rules/rule.ts';
import type { Chapter } from '../scenario/scenario.ts';
import { nodeOf } from '../scenario/scenario.ts';
import type { Trace, TraceStep } from '../trace/trace.ts';
import { sayId } from '../words/words.ts';
import { contradictionLines } from './contradiction.ts';
import {
  chapterNumber,
  diagramFile,
  lessonFile,
  pageFile,
  pathBetween,
  ruleLink,
  stepAnchor,
} from './links.ts';
import { homeOf, runsOf } from './recalled.ts';
import type { Run, ToldStep } from './run.ts';
import { readRun } from './run.ts';
import { startTable } from './state-table.ts';
import { quietSection, stepSection } from './step-section.ts';
import { blocks, details, list, markdown } from './text.ts';

/** The page of a trace of one of these chapters. Throws when its rules did not record it. */
export function pageOf(chapters: readonly Chapter[], chapter: Chapter, trace: Trace): string {
  const run = readRun(chapter, trace);
  const { header } = trace;
  const lines = blocks(
    ['<!-- Generated from the trace by `npm run walkthroughs`. Do not edit. -->'],
    [`# ${markdown(header.title)}`],
    [`*${lessonLink(chapter, trace)}*`],
    [markdown(header.about)],
    originLines(chapters, run),
    violationLines(run),
    contradictionLines(trace),
    [diagramImage(trace)],
    [`**The end:** ${markdown(header.outcome.says)}`],
    header.seed === undefined ? [] : [`This run is drawn from seed ${header.seed}.`],
    ['Step through it yourself, forward and back:'],
    ['```sh', stepperCommand(trace), '```'],
    ['## The start'],
    header.given
      ? ['This run begins in the middle: the nodes do not start fresh, but in these states.']
      : [],
    startTable(run.fields, header.initial),
    ['## The steps'],
    ...stepSections(run),
    ['---'],
    [neighbourLinks(chapters, chapter, trace)],
  );
  return `${lines.join('\n')}\n`;
}

/** The command that opens this run in the stepper. */
export function stepperCommand({ header: { chapter, scenario, myth, without } }: Trace): string {
  if (myth !== undefined) return `npx tsx myths/run.ts ${scenario}`;
  const which = without
    ? `--trace traces/why/${chapter}/${scenario}.trace.jsonl`
    : `--scenario ${scenario}`;
  return `npx tsx chapters/${chapter}/run.ts ${which}`;
}

/** What the picture shows, for those who do not see it. */
export function diagramAlt({ header, steps }: Trace): string {
  const about = `Space-time diagram of "${header.title}"`;
  const count = steps.length === 1 ? '1 step' : `${steps.length} steps`;
  const { violates, says } = header.outcome;
  // Where a search found the run, its outcome is merely the name of the property.
  const isFound = header.without !== undefined || header.myth !== undefined;
  const end = isFound && violates !== undefined ? `It breaks the property "${violates}".` : says;
  return `${about}: nodes ${list(header.nodes)}, ${count}. ${end}`;
}

/** The picture of a run, which leads nowhere. */
export function diagramImage(trace: Trace): string {
  const { header } = trace;
  const file = pathBetween(pageFile(header), diagramFile(header));
  return `![${markdown(diagramAlt(trace))}](${file})`;
}

/** How to read the steps, then the sections of all of them; those that only lead up to what the run shows are folded away. */
export function stepSections(run: Run): (readonly string[])[] {
  const found = run.steps.findIndex(({ step }) => !step.prologue);
  const prologue = found < 0 ? 0 : found;
  const first = sections(run, run.steps.slice(0, prologue));
  const says = prologue === 1 ? 'Step 1 leads' : `Steps 1–${prologue} lead`;
  return [
    [legendOf(run)],
    ...(prologue > 0 ? [details(`${says} up to what this run shows`, blocks(...first))] : []),
    ...sections(run, run.steps.slice(prologue)),
  ];
}

/** How to read the steps of a page, as far as it shows such things. */
function legendOf({ steps }: Run): string {
  const rules = steps.flatMap(({ rules }) => rules);
  const isRefused = rules.some(({ refused }) => refused !== undefined);
  const message = steps.flatMap(({ step }) => messagesIn(step))[0];
  return [
    ...(rules.length > 0 ? ['A rule fires when all its conditions hold.'] : []),
    ...(isRefused ? ['*failed* marks the first one that did not.'] : []),
    ...(message === undefined ? [] : [`${sayId(message)} is the name of a message.`]),
    'Times are virtual milliseconds.',
  ].join(' ');
}

/** The messages that a step sends or is about, by their ids. */
const messagesIn = ({ message, effects = [] }: TraceStep): readonly number[] => [
  ...(message === undefined ? [] : [message]),
  ...effects.flatMap((effect) => (effect.type === 'send' ? [effect.id] : [])),
];

/** A section for each of these steps, and one for each run of heartbeats that begins in them. */
function sections(run: Run, steps: readonly ToldStep[]): (readonly string[])[] {
  return steps.flatMap((told) => {
    const { step } = told.step;
    const span = run.quiet.find(({ first, last }) => first <= step && step <= last);
    if (!span) return [stepSection(run, told)];
    return step === span.first ? [quietSection(span, run.steps.slice(step - 1, span.last))] : [];
  });
}

/** Whether the run is one of an earlier chapter, and whether a variant of the rules ran it. */
function originLines(chapters: readonly Chapter[], { chapter, trace }: Run): readonly string[] {
  const { header } = trace;
  const page = pageFile(header);
  const scenario = chapter.scenarios.find(({ name }) => name === header.scenario);
  const home = scenario ? homeOf(chapters, chapter, scenario) : chapter;
  const first = pathBetween(page, pageFile({ chapter: home.name, scenario: header.scenario }));
  const number = (of: Chapter) => `chapter ${chapterNumber(of.name)}`;
  const recalled = `This run is [from ${number(home)}](${first}). Here it runs with the rules of ${number(chapter)}.`;
  const links = (rules: readonly RuleInfo[]) =>
    list(rules.map((rule) => ruleLink(page, chapter, rule)));
  const { rules } = nodeOf(chapter, header);
  const more = rules.filter((rule) => !chapter.node.rules.includes(rule));
  const less = chapter.node.rules.filter((rule) => !rules.includes(rule));
  const changes = [
    ...(more.length > 0 ? [`with ${links(more)}`] : []),
    ...(less.length > 0 ? [`without ${links(less)}`] : []),
  ].join(', ');
  const what = changes === '' ? 'the rules of the chapter in another order' : changes;
  const variant = `The rules are those of the variant **${header.variant}**: ${what}.`;
  return [
    ...(home === chapter ? [] : [recalled]),
    ...(header.variant === undefined ? [] : [variant]),
  ];
}

/** Which property the run breaks and with which two steps; none when it breaks none. */
export function violationLines({ violation }: Pick<Run, 'violation'>): readonly string[] {
  if (!violation) return [];
  const { property, paper, earlier, later } = violation;
  const { says, otherwise } = propertyNamed(property);
  const fact = (fact: typeof earlier) => {
    const where =
      fact.step === 0 ? 'At the start' : `[Step ${fact.step}](#${stepAnchor(fact.step)})`;
    return `> - ${where}: ${markdown(fact.says)}.`;
  };
  const broken = `**This run breaks the property *${markdown(property)}*** (${markdown(paper)}) at step ${later.step}.`;
  const matters = otherwise === undefined ? [] : ['>', `> Why it matters: ${markdown(otherwise)}`];
  return [`> ${broken} ${markdown(says)} But:`, '>', fact(earlier), fact(later), ...matters];
}

/** The chapter of a run, linked to its lesson. */
export function lessonLink(chapter: Chapter, { header }: Trace): string {
  const lesson = pathBetween(pageFile(header), lessonFile(chapter.name));
  return `[Chapter ${chapterNumber(chapter.name)}: ${markdown(chapter.title)}](${lesson})`;
}

/** Links to the runs before and after this one in the chapter, and to the lesson. */
function neighbourLinks(chapters: readonly Chapter[], chapter: Chapter, trace: Trace): string {
  const { header } = trace;
  const { own, recalled } = runsOf(chapters, chapter);
  const scenarios = [...own, ...recalled];
  const index = scenarios.findIndex(({ name }) => name === header.scenario);
  const link = (to: number, before: string, after: string) => {
    const scenario = index < 0 ? undefined : scenarios[to];
    if (!scenario) return [];
    const file = pageFile({ chapter: chapter.name, scenario: scenario.name });
    const path = pathBetween(pageFile(header), file);
    return [`[${before}${markdown(scenario.title)}${after}](${path})`];
  };
  return [
    ...link(index - 1, '← ', ''),
    lessonLink(chapter, trace),
    ...link(index + 1, '', ' →'),
  ].join(' · ');
}

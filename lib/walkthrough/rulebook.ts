// The rulebook: every rule of every chapter with its source, its origin and the runs that exercise it.

import type { Part } from '../rules/node.ts';
import type { RuleInfo } from '../rules/rule.ts';
import type { Chapter } from '../scenario/scenario.ts';
import type { Trace } from '../trace/trace.ts';
import { sameQuestion } from '../why/question.ts';
import type { Verdict } from '../why/verdict.ts';
import type { Place } from './exercises.ts';
import { placesOf } from './exercises.ts';
import {
  changesFile,
  chapterNumber,
  lessonFile,
  pageFile,
  pathBetween,
  ruleAnchor,
  rulebookFile,
  ruleHeading,
  stepAnchor,
  whyFile,
  whyPageFile,
} from './links.ts';
import { originOf } from './origins.ts';
import { blocks, code, list, markdown, table } from './text.ts';
import { variantRules, variantsWith } from './variants.ts';
import { verdictWords } from './why/words.ts';

/** Some code, and the file it stands in, from the root of the project. */
export interface Source {
  readonly file: string;
  readonly text: string;
}

export interface Book {
  readonly chapters: readonly Chapter[];
  readonly traces: readonly Trace[];
  readonly sourceOf: (rule: RuleInfo) => Source;
  /** The interfaces of a chapter's state and messages, when it declares some. */
  readonly protocolOf: (chapter: Chapter) => Source | undefined;
  /** What goes wrong without each rule and each condition. */
  readonly verdicts?: readonly Verdict[];
}

/** The rulebook of all chapters. */
export function rulebookOf(book: Book): string {
  const lines = blocks(
    ['<!-- Generated from the code and the traces by `npm run walkthroughs`. Do not edit. -->'],
    ['# The rulebook'],
    [
      'Every rule of every chapter, in the order in which a node asks them, with its code as it ' +
        'stands in the chapter and the recorded runs that exercise it.',
    ],
    whyLines(book),
    matrix(book.chapters),
    ...book.chapters.flatMap((chapter) => chapterLines(book, chapter)),
  );
  return `${lines.join('\n')}\n`;
}

/** Where the list of verdicts is, when there are some. */
const whyLines = ({ verdicts = [] }: Book): readonly string[] =>
  verdicts.length === 0
    ? []
    : [
        '## What goes wrong without it',
        '',
        `What would go wrong without a rule, or without one of its conditions? [A list of all](${pathBetween(rulebookFile, whyFile)}) ` +
          'has an answer for each, and each has a page.',
        '',
        '## The rules by chapter',
      ];

const whyLink = (verdict: Verdict) =>
  `[${verdictWords[verdict.verdict]}](${pathBetween(rulebookFile, whyPageFile(verdict))})`;

/** What became of each rule in each chapter. */
function matrix(chapters: readonly Chapter[]): readonly string[] {
  const all = chapters.flatMap((chapter) => [...chapter.node.rules, ...variantRules(chapter)]);
  const names = [...new Set(all.map(({ name }) => name))];
  const heads = chapters.map(({ name, title }) => `${chapterNumber(name)} ${markdown(title)}`);
  const rows = names.map((name) => [
    code(name),
    ...chapters.map((chapter) => {
      const rule = chapter.node.rules.find((rule) => rule.name === name);
      if (rule) return `[${originOf(chapters, chapter, rule).type}](#${ruleAnchor(chapter, rule)})`;
      const other = variantRules(chapter).find((rule) => rule.name === name);
      return other ? `[in a variant](#${ruleAnchor(chapter, other)})` : '—';
    }),
  ]);
  return table(['rule', ...heads], rows);
}

function chapterLines(book: Book, chapter: Chapter): (readonly string[])[] {
  const { name, title, adds, node } = chapter;
  const links = [
    `[The lesson](${pathBetween(rulebookFile, lessonFile(name))})`,
    ...(chapter === book.chapters[0] || chapter.beside
      ? []
      : [`[what it changes](${pathBetween(rulebookFile, changesFile(name))})`]),
  ];
  const section = (rule: RuleInfo, place: string) => [
    [`### ${ruleHeading(chapter, rule)}`],
    ruleLines(book, chapter, rule, place),
  ];
  return [
    [`## Chapter ${chapterNumber(name)}: ${markdown(title)}`],
    [`${markdown(adds)} ${links.join(', ')}`],
    ...node.rules.flatMap((rule, index) =>
      section(rule, `Rule ${index + 1} of ${node.rules.length}`),
    ),
    ...variantRules(chapter).flatMap((rule) => {
      const variants = list(variantsWith(chapter, rule));
      return section(rule, `Only in the variant ${variants}, not in the list of this chapter`);
    }),
  ];
}

function ruleLines(book: Book, chapter: Chapter, rule: RuleInfo, place: string): readonly string[] {
  const origin = originOf(book.chapters, chapter, rule);
  if (origin.type === 'unchanged') {
    return blocks([markdown(rule.says)], [`- ${place}, unchanged: ${linkTo(origin.from, rule)}`]);
  }
  const said = {
    added: 'new in this chapter',
    replaced: 'replaces the rule of that name in an earlier chapter',
    refined: origin.type === 'refined' ? `refines ${linkTo(origin.from, origin.base)}` : '',
  }[origin.type];
  const why = (part: Omit<Part, 'rule'> = {}) =>
    book.verdicts?.find((verdict) =>
      sameQuestion(verdict, { chapter: chapter.name, rule: rule.name, ...part }),
    );
  const whyWhole = variantsWith(chapter, rule).length === 0 ? why() : undefined;
  const whyBefore = whyWhole && why({ asBefore: true });
  const conditions = rule.conditions.map(({ name }) => {
    const verdict = whyWhole && why({ condition: name });
    return `  - ${markdown(name)}${verdict ? ` (without it: ${whyLink(verdict)})` : ''}`;
  });
  return blocks(
    [markdown(rule.says)],
    [
      `- ${place}, ${said}`,
      `- Paper: ${markdown(rule.paper)}`,
      `- Listens to: ${rule.on.startsWith('any ') ? rule.on : code(rule.on)}`,
      ...(whyWhole ? [`- Without it: ${whyLink(whyWhole)}`] : []),
      ...(whyBefore ? [`- As it was before: ${whyLink(whyBefore)}`] : []),
      ...(rule.last ? ['- When it fires, later rules do not see the event.'] : []),
      conditions.length === 0 ? '- Conditions: none, so it always fires' : '- Conditions:',
      ...conditions,
    ],
    sourceLines(rulebookFile, book.sourceOf(rule)),
    exerciseTable(book, chapter, rule),
  );
}

/** Some code with a link to its file. */
export function sourceLines(page: string, { file, text }: Source): readonly string[] {
  const path = pathBetween(page, file);
  return blocks(
    [`From [${path.split('/').at(-1)}](${path}):`],
    ['```ts', ...text.split('\n'), '```'],
  );
}

/** The runs of this chapter in which the rule fired, and in which each condition refused it. */
function exerciseTable({ traces }: Book, chapter: Chapter, rule: RuleInfo): readonly string[] {
  const { name, conditions } = rule;
  const variants = variantsWith(chapter, rule);
  const own = traces.filter(({ header }) => {
    const counts =
      header.variant === undefined ? variants.length === 0 : variants.includes(header.variant);
    return header.chapter === chapter.name && counts;
  });
  const row = (what: string, places: readonly Place[]) => [
    what,
    places.length === 0 ? 'in no recorded run' : placeLines(places).join('<br>'),
  ];
  return table(
    ['in the runs of this chapter', 'where'],
    [
      row('fired', placesOf(own, name)),
      ...conditions.map((condition) =>
        row(`**no:** ${markdown(condition.name)}`, placesOf(own, name, condition.name)),
      ),
    ],
  );
}

const mostRuns = 3;
const mostSteps = 4;

/** The first few runs, and how many more there are. */
function placeLines(places: readonly Place[]): readonly string[] {
  const more = places.length - mostRuns;
  return [
    ...places.slice(0, mostRuns).map(placeLink),
    ...(more > 0 ? [`and in ${more} more`] : []),
  ];
}

/** `split-vote 4, 5, 7, 9 …`: the run, and the first few steps. */
function placeLink({ header, steps }: Place): string {
  const page = pathBetween(rulebookFile, pageFile(header));
  const links = steps
    .slice(0, mostSteps)
    .map((step) => `[${step}](${page}#${stepAnchor(step)})`)
    .join(', ');
  const more = steps.length > mostSteps ? ' …' : '';
  return `[${header.scenario}](${page}) ${links}${more}`;
}

const linkTo = (chapter: Chapter, rule: RuleInfo) =>
  `[${ruleHeading(chapter, rule)}](#${ruleAnchor(chapter, rule)})`;

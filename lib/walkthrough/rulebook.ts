// The rulebook: every rule of every chapter with its source, its origin and the runs that exercise it.

import type { RuleInfo } from '../rules/rule.ts';
import type { Chapter } from '../scenario/scenario.ts';
import type { Trace } from '../trace/trace.ts';
import type { Place } from './exercises.ts';
import { placesOf } from './exercises.ts';
import {
  chapterNumber,
  lessonFile,
  pageFile,
  pathBetween,
  ruleAnchor,
  rulebookFile,
  ruleHeading,
  stepAnchor,
} from './links.ts';
import { originOf } from './origins.ts';
import { blocks, code, markdown, table } from './text.ts';

/** The code of a rule, and the file it stands in, from the root of the project. */
export interface RuleSource {
  readonly file: string;
  readonly text: string;
}

export interface Book {
  readonly chapters: readonly Chapter[];
  readonly traces: readonly Trace[];
  readonly sourceOf: (rule: RuleInfo) => RuleSource;
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
    matrix(book.chapters),
    ...book.chapters.flatMap((chapter) => chapterLines(book, chapter)),
  );
  return `${lines.join('\n')}\n`;
}

/** What became of each rule in each chapter. */
function matrix(chapters: readonly Chapter[]): readonly string[] {
  const names = [...new Set(chapters.flatMap(({ node }) => node.rules.map(({ name }) => name)))];
  const heads = chapters.map(({ name, title }) => `${chapterNumber(name)} ${markdown(title)}`);
  const rows = names.map((name) => [
    code(name),
    ...chapters.map((chapter) => {
      const rule = chapter.node.rules.find((rule) => rule.name === name);
      return rule
        ? `[${originOf(chapters, chapter, rule).type}](#${ruleAnchor(chapter.name, name)})`
        : '—';
    }),
  ]);
  return table(['rule', ...heads], rows);
}

function chapterLines(book: Book, chapter: Chapter): (readonly string[])[] {
  const { name, title, adds, node } = chapter;
  const lesson = pathBetween(rulebookFile, lessonFile(name));
  return [
    [`## Chapter ${chapterNumber(name)}: ${markdown(title)}`],
    [`${markdown(adds)} [The lesson](${lesson})`],
    ...node.rules.flatMap((rule, index) => [
      [`### ${ruleHeading(name, rule.name)}`],
      ruleLines(book, chapter, rule, index + 1),
    ]),
  ];
}

function ruleLines(book: Book, chapter: Chapter, rule: RuleInfo, place: number): readonly string[] {
  const origin = originOf(book.chapters, chapter, rule);
  const runs = exerciseTable(book, chapter, rule);
  const number = `Rule ${place} of ${chapter.node.rules.length}`;
  if (origin.type === 'unchanged') {
    return blocks(
      [markdown(rule.says)],
      [`- ${number}, unchanged: ${ruleLink(origin.from.name, rule.name)}`],
      runs,
    );
  }
  const { file, text } = book.sourceOf(rule);
  const path = pathBetween(rulebookFile, file);
  const said = {
    added: 'new in this chapter',
    replaced: 'replaces the rule of that name in an earlier chapter',
    refined:
      origin.type === 'refined' ? `refines ${ruleLink(origin.from.name, origin.base.name)}` : '',
  }[origin.type];
  const conditions = rule.conditions.map(({ name }) => `  - ${markdown(name)}`);
  return blocks(
    [markdown(rule.says)],
    [
      `- ${number}, ${said}`,
      `- Paper: ${markdown(rule.paper)}`,
      `- Listens to: ${rule.on.startsWith('any ') ? rule.on : code(rule.on)}`,
      ...(rule.last ? ['- When it fires, later rules do not see the event.'] : []),
      conditions.length === 0 ? '- Conditions: none, so it always fires' : '- Conditions:',
      ...conditions,
    ],
    [`From [${path.split('/').at(-1)}](${path}):`],
    ['```ts', ...text.split('\n'), '```'],
    runs,
  );
}

/** The runs of this chapter in which the rule fired, and in which each condition refused it. */
function exerciseTable(
  { traces }: Book,
  { name: chapter }: Chapter,
  { name, conditions }: RuleInfo,
): readonly string[] {
  const own = traces.filter(({ header }) => header.chapter === chapter);
  const row = (what: string, places: readonly Place[]) => [
    what,
    places.length === 0 ? 'in no recorded run' : places.map(placeLink).join('<br>'),
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

const mostSteps = 4;

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

const ruleLink = (chapter: string, rule: string) =>
  `[${ruleHeading(chapter, rule)}](#${ruleAnchor(chapter, rule)})`;

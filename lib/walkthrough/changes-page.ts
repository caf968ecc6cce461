// The page that tells what a chapter changes in the one before it, so that a reader sees the
// difference and not the whole again.

import type { RuleInfo } from '../rules/rule.ts';
import type { Chapter } from '../scenario/scenario.ts';
import type { Trace } from '../trace/trace.ts';
import type { FieldChange, RuleChange } from './changes.ts';
import { fieldChanges, messagesOf, ruleChanges, ruleOf, stateOf } from './changes.ts';
import { changesFile, chapterNumber, lessonFile, pathBetween, ruleLink } from './links.ts';
import type { Book } from './rulebook.ts';
import { sourceLines } from './rulebook.ts';
import { blocks, code, list, markdown, table } from './text.ts';

/** The page of a chapter; undefined for the first one. */
export function changesPage(book: Book, chapter: Chapter): string | undefined {
  const before = chapterBefore(book.chapters, chapter);
  if (!before) return undefined;
  const page = changesFile(chapter.name);
  const changes = ruleChanges(before.node.rules, chapter.node.rules);
  const lines = blocks(
    ['<!-- Generated from the code by `npm run walkthroughs`. Do not edit. -->'],
    [`# ${titleOf(chapter)}`],
    [`*${lessonLink(page, chapter)}*`],
    [`${markdown(chapter.adds)} In numbers: ${summaryOf(book.chapters, book.traces, chapter)}.`],
    ['## The rules in order'],
    sideBySide(page, before, chapter, changes),
    ...sections(book, page, before, chapter, changes),
    ...fieldSections(book, page, before, chapter),
    ['---'],
    [neighbourLinks(book.chapters, page, chapter)],
  );
  return `${lines.join('\n')}\n`;
}

/** For a lesson: the link to the page, and what it tells in short. */
export function changesLine(
  lesson: string,
  chapters: readonly Chapter[],
  traces: readonly Trace[],
  chapter: Chapter,
): readonly string[] {
  if (!chapterBefore(chapters, chapter)) throw new Error('there is no chapter before this one');
  const page = pathBetween(lesson, changesFile(chapter.name));
  return [`[${titleOf(chapter)}](${page}): ${summaryOf(chapters, traces, chapter)}.`];
}

const titleOf = ({ name }: Chapter) => `What chapter ${chapterNumber(name)} changes`;

const chapterBefore = (chapters: readonly Chapter[], chapter: Chapter): Chapter | undefined =>
  chapter.beside ? undefined : chapters[chapters.indexOf(chapter) - 1];

/** `3 rules added, 2 refined, 1 left out; new in the state: log`. */
function summaryOf(
  chapters: readonly Chapter[],
  traces: readonly Trace[],
  chapter: Chapter,
): string {
  const before = chapterBefore(chapters, chapter) ?? chapter;
  const changes = ruleChanges(before.node.rules, chapter.node.rules);
  const counts = (['added', 'refined', 'replaced', 'left out'] as const).flatMap((type) => {
    const count = changes.filter((change) => change.type === type).length;
    return count === 0 ? [] : [{ type, count }];
  });
  const rules = counts.map(({ type, count }, index) =>
    index > 0 ? `${count} ${type}` : `${count} ${count === 1 ? 'rule' : 'rules'} ${type}`,
  );
  const state = fieldChanges(stateOf(before), stateOf(chapter)).flatMap(({ added }) => added);
  const messages = fieldChanges(messagesOf(before, traces), messagesOf(chapter, traces));
  const named = (says: string, names: readonly string[]) =>
    names.length === 0 ? [] : [`${says}: ${list(names.map(code))}`];
  const typesOf = (isNew: boolean) =>
    messages.filter((message) => message.isNew === isNew).map(({ type }) => type);
  return [
    rules.length === 0 ? 'the same rules' : rules.join(', '),
    ...named('new in the state', state),
    ...named('new messages', typesOf(true)),
    ...named('messages with other fields', typesOf(false)),
  ].join('; ');
}

const signs: Readonly<Record<RuleChange['type'], string>> = {
  added: '`+` added',
  refined: '`~` refined',
  replaced: '`±` replaced',
  unchanged: '`=`',
  'left out': '`-` left out',
};

/** Both lists, line by line. */
function sideBySide(
  page: string,
  before: Chapter,
  chapter: Chapter,
  changes: readonly RuleChange[],
): readonly string[] {
  const head = [before, chapter].map(({ name }) => `chapter ${chapterNumber(name)}`);
  const rows = changes.map((change) => [
    'before' in change ? ruleLink(page, before, change.before) : '',
    `${signs[change.type]}${'moved' in change && change.moved ? ', moved' : ''}`,
    'now' in change ? ruleLink(page, chapter, change.now) : '',
  ]);
  return table([head[0] ?? '', '', head[1] ?? ''], rows);
}

/** The rules by what became of them. */
function sections(
  book: Book,
  page: string,
  before: Chapter,
  chapter: Chapter,
  changes: readonly RuleChange[],
): (readonly string[])[] {
  const of = (type: RuleChange['type']) => changes.filter((change) => change.type === type);
  const section = (
    title: string,
    type: RuleChange['type'],
    tell: (change: RuleChange) => string[],
  ) => (of(type).length === 0 ? [] : [[`## ${title}`], ...of(type).map((change) => tell(change))]);
  const heading = (change: RuleChange) => `### ${markdown(ruleOf(change).name)}`;
  const link = (change: RuleChange) =>
    'now' in change ? ruleLink(page, chapter, change.now) : ruleLink(page, before, change.before);
  const source = (rule: RuleInfo) => sourceLines(page, book.sourceOf(rule));
  const told = (change: RuleChange) =>
    blocks(
      [heading(change)],
      [
        `${markdown(ruleOf(change).says)} (${markdown(ruleOf(change).paper)}) In the rulebook: ${link(change)}`,
      ],
      differences(page, before, change),
      source(ruleOf(change)),
    );
  return [
    ...section('Added', 'added', told),
    ...section('Refined', 'refined', told),
    ...section('Replaced', 'replaced', told),
    ...section('Left out', 'left out', (change) =>
      blocks(
        [heading(change)],
        [markdown(ruleOf(change).says)],
        [`It stood here: ${link(change)}`],
      ),
    ),
  ];
}

/** What a rule has that the one of the chapter before had not. */
function differences(page: string, before: Chapter, change: RuleChange): readonly string[] {
  if (!('now' in change && 'before' in change)) return [];
  const { now, before: old } = change;
  const known = old.conditions.map(({ name }) => name);
  const conditions = now.conditions.map(({ name }) => name);
  const more = conditions.filter((name) => !known.includes(name));
  const less = known.filter((name) => !conditions.includes(name));
  return [
    `- Before: ${ruleLink(page, before, old)} of chapter ${chapterNumber(before.name)}`,
    ...(old.says === now.says ? [] : [`- It said: ${markdown(old.says)}`]),
    ...more.map((name) => `- New condition: ${markdown(name)}`),
    ...less.map((name) => `- Condition left out: ${markdown(name)}`),
  ];
}

/** The new fields of the state and of messages, and the code that declares them. */
function fieldSections(
  { traces, protocolOf }: Book,
  page: string,
  before: Chapter,
  chapter: Chapter,
): (readonly string[])[] {
  const state = fieldChanges(stateOf(before), stateOf(chapter));
  const messages = fieldChanges(messagesOf(before, traces), messagesOf(chapter, traces));
  const source = protocolOf(chapter);
  if (state.length + messages.length === 0) return [];
  return [
    ['## State and messages'],
    [
      ...state.map((change) => `- The state ${fieldWords(change)}`),
      ...messages.map(
        (change) => `- ${change.isNew ? 'New: ' : ''}${code(change.type)} ${fieldWords(change)}`,
      ),
    ],
    source ? sourceLines(page, source) : [],
  ];
}

function fieldWords({ isNew, added, removed }: FieldChange): string {
  const parts = [
    ...(added.length > 0 ? [`${isNew ? 'with' : 'now has'} ${list(added.map(code))}`] : []),
    ...(removed.length > 0 ? [`no longer has ${list(removed.map(code))}`] : []),
  ];
  return parts.length === 0 ? 'without fields' : parts.join(' and ');
}

const lessonLink = (page: string, { name, title }: Chapter) =>
  `[Chapter ${chapterNumber(name)}: ${markdown(title)}](${pathBetween(page, lessonFile(name))})`;

/** Links to the pages of the chapters before and after, and to the lesson. */
function neighbourLinks(chapters: readonly Chapter[], page: string, chapter: Chapter): string {
  const index = chapters.indexOf(chapter);
  const [earlier, later] = [chapters[index - 1], chapters[index + 1]];
  const link = (other: Chapter, says: string) =>
    `[${says}](${pathBetween(page, changesFile(other.name))})`;
  return [
    ...(earlier && chapters[index - 2] ? [link(earlier, `← ${titleOf(earlier)}`)] : []),
    lessonLink(page, chapter),
    ...(later && !later.beside ? [link(later, `${titleOf(later)} →`)] : []),
  ].join(' · ');
}

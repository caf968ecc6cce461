// The list of all why pages, by chapter: every verdict in a line, with what the words on these pages mean.

import { slug } from 'github-slugger';
import type { Chapter } from '../../scenario/scenario.ts';
import type { Verdict } from '../../why/verdict.ts';
import {
  chapterNumber,
  exploredFile,
  lessonFile,
  pathBetween,
  rulebookFile,
  ruleLink,
  whyFile,
  whyPageFile,
} from '../links.ts';
import { blocks, list, markdown, table } from '../text.ts';
import { clearlyWorse } from './figures.ts';
import { judgedLine } from './searches.ts';
import { verdictWords } from './words.ts';

/** The page with the list. */
export function whyListOf(chapters: readonly Chapter[], verdicts: readonly Verdict[]): string {
  const lines = blocks(
    ['<!-- Generated from the verdicts by `npm run walkthroughs`. Do not edit. -->'],
    ['# What goes wrong without each rule'],
    [
      `Each of these pages takes one thing away from the rules of a chapter, and says what comes of it: a rule of the ` +
        `[rulebook](${pathBetween(whyFile, rulebookFile)}), one of its conditions, or what the chapter changes in it. A rule is ` +
        'judged in the chapter that wrote it last.',
    ],
    [`${verdicts.length} in all: ${countsOf(verdicts)}.`],
    [chapters.map(chapterLink).join(' · ')],
    ['## The verdicts'],
    verdictLines,
    ['## The words'],
    wordsTable(),
    ...chapters.flatMap((chapter) => chapterLines(chapters, chapter, verdicts)),
  );
  return `${lines.join('\n')}\n`;
}

/** `3 safety, 2 liveness and 1 redundant here`; a kind that there is none of is left out. */
function countsOf(verdicts: readonly Verdict[]): string {
  const kinds = Object.keys(verdictWords) as (keyof typeof verdictWords)[];
  return list(
    kinds.flatMap((kind) => {
      const count = verdicts.filter(({ verdict }) => verdict === kind).length;
      return count === 0 ? [] : [`${count} ${verdictWords[kind]}`];
    }),
  );
}

const verdictLines: readonly string[] = [
  '- *Safety*: a safety property that the chapter promises breaks: those of Fig. 3, what Fig. 2 says of currentTerm, votedFor ' +
    'and commitIndex, and what clients may see; in Paxos, that one value is chosen, and that nothing else is learned. The list ' +
    'says in how many steps.',
  '- *Liveness*: no such property was seen to break, but a cluster does not do in time what it must.',
  `- *Cost*: it does, but some figure is clearly worse. ${clearlyWorse}`,
  '- *Redundant here*: nothing of that was found, as far as the page says that was searched. Something else may cover for it.',
];

/** What the pages say without saying what it means. */
function wordsTable(): readonly string[] {
  const explored = pathBetween(whyFile, exploredFile);
  const rows = [
    ['`rule` / condition', 'that condition of that rule, and no more of it'],
    [
      'search',
      'every interleaving of a small cluster within some bounds is visited; the kinds of messages that a search keeps or forgets ' +
        `are told [where all that was searched to the end is listed](${explored})`,
    ],
    [
      'terms ≤ 3, log ≤ 1, restarts ≤ 1',
      'the bounds of a search: no node has a higher term, or in Paxos a higher ballot; no log has a higher last index; no more than ' +
        'so many times a node crashes and starts again',
    ],
    [
      'stopped there',
      'the search had visited as many states as it was allowed to; the rest within its bounds is not known',
    ],
    [
      'walk at random',
      'a run without a clock, in which each next act is drawn at random: a message arrives, is lost or doubled, a timer runs out, ' +
        'somebody asks a node or, where nodes have disks, one crashes or starts again',
    ],
    [
      'seeded run',
      'a run on the virtual clock, in which all chance comes from a number, its seed; so it is the same each time',
    ],
    ['trial', 'seeded runs, and what the nodes of a chapter must achieve in each of them'],
    [
      'covers for it',
      'with neither of the two, something breaks, fails or costs more that does not do so without the other one alone',
    ],
    [
      'what sees to that',
      'all that must be there so that nobody can tell whether this is; without one of them, somebody could',
    ],
  ];
  return table(['word', 'meaning'], rows);
}

const headingOf = ({ name, title }: Chapter) => `Chapter ${chapterNumber(name)}: ${title}`;

/** The anchor of a chapter in the list. */
export const whyAnchor = (chapter: Chapter) => slug(headingOf(chapter));

const chapterLink = (chapter: Chapter) =>
  `[${chapterNumber(chapter.name)} ${markdown(chapter.title)}](#${whyAnchor(chapter)})`;

function chapterLines(
  chapters: readonly Chapter[],
  chapter: Chapter,
  verdicts: readonly Verdict[],
): (readonly string[])[] {
  const own = verdicts.filter((verdict) => verdict.chapter === chapter.name);
  if (own.length === 0) return [];
  const rows = own.map((verdict) => [
    ruleCell(chapter, verdict),
    missingIn(verdict),
    `[${verdictWords[verdict.verdict]}](${pathBetween(whyFile, whyPageFile(verdict))})`,
    ...(verdict.verdict === 'safety'
      ? [markdown(verdict.property), String(verdict.steps)]
      : ['', '']),
  ]);
  return [
    [`## ${markdown(headingOf(chapter))}`],
    [
      `[The lesson](${pathBetween(whyFile, lessonFile(chapter.name))}). ${countsOf(own)}. ${judgedLine(chapters, chapter)}`,
    ],
    table(['rule', 'what is missing', 'without it', 'breaks', 'steps'], rows),
  ];
}

/** The rule, linked to the rulebook. */
function ruleCell(chapter: Chapter, { rule: name }: Verdict): string {
  const rule = chapter.node.rules.find((rule) => rule.name === name);
  if (!rule) throw new Error(`${chapter.name} has no rule ${name}`);
  return ruleLink(whyFile, chapter, rule);
}

/** Which part of the rule is missing. */
function missingIn({ condition, asBefore }: Verdict): string {
  if (asBefore) return '*what this chapter changes in it*';
  return condition === undefined ? '*the whole rule*' : markdown(condition);
}

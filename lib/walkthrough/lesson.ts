// What is generated inside a lesson: the table of rules, the list of runs, a picture of a run, and
// the table of all chapters.

import type { Chapter } from '../scenario/scenario.ts';
import type { Trace } from '../trace/trace.ts';
import {
  chapterNumber,
  diagramFile,
  lessonFile,
  pageFile,
  pathBetween,
  ruleAnchor,
  rulebookFile,
} from './links.ts';
import { originOf } from './origins.ts';
import { diagramAlt } from './page.ts';
import { code, markdown, table } from './text.ts';

/** The ordered rules of a chapter, each with a link to its place in the rulebook. */
export function rulesTable(
  lesson: string,
  chapters: readonly Chapter[],
  chapter: Chapter,
): readonly string[] {
  const rulebook = pathBetween(lesson, rulebookFile);
  const rows = chapter.node.rules.map((rule, index) => {
    const origin = originOf(chapters, chapter, rule);
    const from = 'from' in origin ? chapterNumber(origin.from.name) : undefined;
    const said = {
      added: 'new',
      replaced: 'replaced',
      refined: `refines chapter ${from}`,
      unchanged: `from chapter ${from}`,
    }[origin.type];
    return [
      String(index + 1),
      `[${code(rule.name)}](${rulebook}#${ruleAnchor(chapter.name, rule.name)})`,
      rule.on.startsWith('any ') ? rule.on : code(rule.on),
      markdown(rule.says),
      said,
    ];
  });
  return table(['no.', 'rule', 'listens to', 'what it says', 'here'], rows);
}

/** The runs of a chapter with links to their pages. */
export const scenarioList = (lesson: string, { name, scenarios }: Chapter): readonly string[] =>
  scenarios.map((scenario) => {
    const page = pathBetween(lesson, pageFile({ chapter: name, scenario: scenario.name }));
    const about = markdown(scenario.about);
    return `- [${markdown(scenario.title)}](${page}) (${code(scenario.name)}): ${about}`;
  });

/** The diagram of a run, linked to its page. */
export function picture(lesson: string, trace: Trace): readonly string[] {
  const { header } = trace;
  const image = pathBetween(lesson, diagramFile(header));
  return [
    `[![${markdown(diagramAlt(trace))}](${image})](${pathBetween(lesson, pageFile(header))})`,
  ];
}

/** All chapters: what each adds, and what is still broken at its end. */
export const chapterTable = (lesson: string, chapters: readonly Chapter[]): readonly string[] =>
  table(
    ['chapter', 'adds', 'still broken at its end'],
    chapters.map(({ name, title, adds, stillBroken }) => [
      `[${chapterNumber(name)} ${markdown(title)}](${pathBetween(lesson, lessonFile(name))})`,
      markdown(adds),
      markdown(stillBroken),
    ]),
  );

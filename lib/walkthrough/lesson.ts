// What is generated inside a lesson: the table of rules, the list of runs, a picture of a run, the
// table of all chapters, and the links to the lessons around it.

import type { Chapter, Scenario } from '../scenario/scenario.ts';
import { nodeOf } from '../scenario/scenario.ts';
import type { Trace } from '../trace/trace.ts';
import type { Plot } from './diagram/bars.ts';
import { barPlotOf, describe } from './diagram/bars.ts';
import {
  allChapters,
  chapterNumber,
  diagramFile,
  lessonFile,
  pageFile,
  pathBetween,
  roundTripsFile,
  ruleLink,
} from './links.ts';
import { originOf } from './origins.ts';
import { diagramAlt } from './page.ts';
import { runsOf } from './recalled.ts';
import { roundTripsOf } from './round-trips.ts';
import { blocks, code, markdown, table } from './text.ts';

/** The ordered rules of a chapter, or of a variant, each with a link to its place in the rulebook. */
export function rulesTable(
  lesson: string,
  chapters: readonly Chapter[],
  chapter: Chapter,
  variant?: string,
): readonly string[] {
  const { rules } = nodeOf(chapter, { ...(variant !== undefined && { variant }) });
  const rows = rules.map((rule, index) => {
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
      ruleLink(lesson, chapter, rule),
      rule.on.startsWith('any ') ? rule.on : code(rule.on),
      markdown(rule.says),
      said,
    ];
  });
  return table(['no.', 'rule', 'listens to', 'what it says', 'here'], rows);
}

/** The runs of a chapter with links to their pages: its own, then those of earlier chapters. */
export function scenarioList(
  lesson: string,
  chapters: readonly Chapter[],
  chapter: Chapter,
): readonly string[] {
  const { own, recalled } = runsOf(chapters, chapter);
  const line = (scenario: Scenario) => {
    const page = pathBetween(lesson, pageFile({ chapter: chapter.name, scenario: scenario.name }));
    const about = markdown(scenario.about);
    return `- [${markdown(scenario.title)}](${page}) (${code(scenario.name)}): ${about}`;
  };
  const says = 'Runs of earlier chapters, recorded again with the rules of this one:';
  return blocks(own.map(line), recalled.length > 0 ? [says] : [], recalled.map(line));
}

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

/** Where to go from a lesson: to the one before, to all of them, to the next. */
export function neighbourLine(lesson: string, chapters: readonly Chapter[], chapter: Chapter) {
  const index = chapters.indexOf(chapter);
  const link = (to: Chapter | undefined, says: (name: string) => string) =>
    to
      ? [
          `[${says(`${chapterNumber(to.name)} ${markdown(to.title)}`)}](${pathBetween(lesson, lessonFile(to.name))})`,
        ]
      : [];
  return [
    ...link(chapters[index - 1], (name) => `← ${name}`),
    `[All chapters](${pathBetween(lesson, allChapters)})`,
    ...link(chapters[index + 1], (name) => `${name} →`),
  ].join(' · ');
}

/** Two runs compared: the round trips until each follower holds the leader's log. */
export interface RoundTrips {
  /** The table and the picture. */
  readonly lines: readonly string[];
  readonly file: string;
  /** The picture. */
  readonly svg: string;
}

/** Compares two runs by their round trips. */
export function compareRoundTrips(lesson: string, one: Trace, other: Trace): RoundTrips {
  const file = roundTripsFile(one.header.chapter);
  const both = [one, other] as const;
  const counts = [roundTripsOf(one), roundTripsOf(other)] as const;
  const nodes = [...counts[0].keys()];
  const heads = both.map(
    ({ header }) => `[${markdown(header.title)}](${pathBetween(lesson, pageFile(header))})`,
  );
  const sums = counts.map((of) => [...of.values()].reduce((sum: number, n) => sum + (n ?? 0), 0));
  const rows = [
    ...nodes.map((node) => [
      markdown(node),
      ...counts.map((of) => String(of.get(node) ?? 'never')),
    ]),
    ['**together**', ...sums.map((sum) => `**${sum}**`)],
  ];
  const plot: Plot = {
    title: "Round trips until a follower holds the leader's log",
    unit: 'round trips',
    series: [
      { name: one.header.title, counts: counts[0] },
      { name: other.header.title, counts: counts[1] },
    ],
  };
  const alt = `${plot.title}. ${describe(plot.unit, plot.series, nodes)}`;
  return {
    lines: blocks(table(['follower', ...heads], rows), [
      `![${markdown(alt)}](${pathBetween(lesson, file)})`,
    ]),
    file,
    svg: barPlotOf(plot),
  };
}

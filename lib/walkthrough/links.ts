// Where everything is: the files of a run, and the anchors inside the generated pages.

import { slug } from 'github-slugger';

/** A chapter or a trace header, as far as addresses go. */
export interface RunAddress {
  readonly chapter: string;
  readonly scenario: string;
}

/** Paths from the root of the project. */
export const rulebookFile = 'traces/rulebook.md';
export const lessonFile = (chapter: string) => `chapters/${chapter}/README.md`;
export const pageFile = ({ chapter, scenario }: RunAddress) => `traces/${chapter}/${scenario}.md`;
export const diagramFile = ({ chapter, scenario }: RunAddress) =>
  `traces/${chapter}/${scenario}.svg`;

export const stepAnchor = (step: number) => `step-${step}`;

/** The heading of a rule in the rulebook, and the anchor that GitHub makes of it. */
export const ruleHeading = (chapter: string, rule: string) => `${chapter}: ${rule}`;
export const ruleAnchor = (chapter: string, rule: string) => slug(ruleHeading(chapter, rule));

/** The number in a chapter's name: 3 for `03-voting`. */
export const chapterNumber = (chapter: string) => Number.parseInt(chapter, 10);

/** The way from one file of the project to another, both given from the root. */
export function pathBetween(from: string, to: string): string {
  const here = from.split('/').slice(0, -1);
  const there = to.split('/');
  while (here.length > 0 && there.length > 1 && here[0] === there[0]) {
    here.shift();
    there.shift();
  }
  return [...here.map(() => '..'), ...there].join('/');
}

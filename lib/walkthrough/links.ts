// Where everything is: the files of a run, and the anchors inside the generated pages.

import { slug } from 'github-slugger';
import type { RuleInfo } from '../rules/rule.ts';
import type { Chapter } from '../scenario/scenario.ts';
import type { Question } from '../why/question.ts';
import { slugOf } from '../why/question.ts';
import { code } from './text.ts';
import { mythRules, variantsWith } from './variants.ts';

/** A chapter or a trace header, as far as addresses go. */
export interface RunAddress {
  readonly chapter: string;
  readonly scenario: string;
  /** There when a myth ran it; the runs of myths have a folder of their own. */
  readonly myth?: string;
  /** There when a rule or a condition is left out; such runs are those of the why pages. */
  readonly without?: object;
}

/** Paths from the root of the project. */
export const rulebookFile = 'traces/rulebook.md';
/** The list of all chapters in the README. */
export const allChapters = 'README.md#the-chapters';
export const lessonFile = (chapter: string) => `chapters/${chapter}/README.md`;
export const mythsFile = 'traces/myths/README.md';
export const tracesFile = 'traces/README.md';
/** The table of all why pages. */
export const whyFile = 'traces/why/README.md';
export const exploredFile = 'docs/explored.md';
const placeOf = ({ chapter, scenario, myth, without }: RunAddress) =>
  `traces/${myth === undefined ? `${without ? 'why/' : ''}${chapter}` : 'myths'}/${scenario}`;
export const pageFile = (run: RunAddress) => `${placeOf(run)}.md`;
export const diagramFile = (run: RunAddress) => `${placeOf(run)}.svg`;
export const contradictionFile = (run: RunAddress) => `${placeOf(run)}.contradiction.svg`;
export const traceFile = (run: RunAddress) => `${placeOf(run)}.trace.jsonl`;

/** The page that says what goes wrong without a rule or a condition. */
export const whyPageFile = (question: Question) =>
  pageFile({ chapter: question.chapter, scenario: slugOf(question), without: question });

/** What a chapter changes in the one before it. */
export const changesFile = (chapter: string) => `traces/${chapter}/what-changed.md`;
export const roundTripsFile = (chapter: string) => `traces/${chapter}/round-trips.svg`;

export const stepAnchor = (step: number) => `step-${step}`;

/** The heading of a rule in the rulebook: a rule that only a variant has says so. */
export function ruleHeading(chapter: Chapter, rule: RuleInfo): string {
  const variants = variantsWith(chapter, rule);
  const only = variants.length === 0 ? '' : ` (only in ${variants.join(', ')})`;
  return `${chapter.name}: ${rule.name}${only}`;
}

/** The anchor that GitHub makes of that heading. */
export const ruleAnchor = (chapter: Chapter, rule: RuleInfo) => slug(ruleHeading(chapter, rule));

/** The heading under which the page of a myth shows the rules that it changes. */
export const claimHeading = 'The claim as a rule';

/** The name of a rule, linked from a page to its place in the rulebook, or on the page of its myth. */
export function ruleLink(page: string, chapter: Chapter, rule: RuleInfo): string {
  const place = mythRules(chapter).includes(rule)
    ? `#${slug(claimHeading)}`
    : `${pathBetween(page, rulebookFile)}#${ruleAnchor(chapter, rule)}`;
  return `[${code(rule.name)}](${place})`;
}

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

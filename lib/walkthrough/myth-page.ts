// The page of a myth: a claim that is wrong, the rules it comes to, the run that refutes it, and what is so.

import { replayBehaviour } from '../replay/behavioural.ts';
import { propertyNamed } from '../check/named.ts';
import type { RuleNode } from '../rules/node.ts';
import type { RuleInfo } from '../rules/rule.ts';
import type { Chapter } from '../scenario/scenario.ts';
import { differences } from '../trace/canonical.ts';
import type { EffectRecord, Trace, TraceStep } from '../trace/trace.ts';
import { sayAct, sayEffect, sayValue } from '../words/words.ts';
import { claimHeading, mythsFile, pageFile, pathBetween, stepAnchor } from './links.ts';
import { diagramImage, lessonLink, stepperCommand, stepSections, violationLines } from './page.ts';
import type { Source } from './rulebook.ts';
import { sourceLines } from './rulebook.ts';
import { readRun } from './run.ts';
import { startTable } from './state-table.ts';
import { blocks, list, markdown, table } from './text.ts';
import { mythRules } from './variants.ts';

/** What is told of a myth, besides its run. */
export interface MythText {
  readonly claim: string;
  readonly appeal: string;
  readonly truth: string;
  readonly paper: string;
  readonly written?: string;
  /** The rules to compare with. */
  readonly real: RuleNode;
  /** For a claim about cost: what was counted with the claim, and with the real rules. */
  readonly counted?: Counted;
}

export interface Counted {
  /** How it was counted, in a sentence. */
  readonly how: string;
  /** What was counted, in words, with the claim and with the real rules. */
  readonly rows: readonly (readonly [what: string, claimed: string, real: string])[];
}

/** The page of a myth; the chapter has it among its myths. Throws when other rules recorded the run. */
export function mythPageOf(
  chapter: Chapter,
  myth: MythText,
  trace: Trace,
  sourceOf: (rule: RuleInfo) => Source,
): string {
  const run = readRun(chapter, trace);
  const { header } = trace;
  const page = pageFile(header);
  const lines = blocks(
    ['<!-- Generated from the trace by `npm run walkthroughs`. Do not edit. -->'],
    [`# Myth: ${markdown(myth.claim)}`],
    [`*[All myths](${pathBetween(page, mythsFile)}) · ${lessonLink(chapter, trace)}*`],
    [`**Why it sounds right.** ${markdown(myth.appeal)}`],
    [`**What is so.** ${markdown(myth.truth)} (${markdown(myth.paper)})`],
    violationLines(run),
    countedLines(myth.counted),
    [diagramImage(trace)],
    [markdown(header.about)],
    ['Step through it yourself, forward and back:'],
    ['```sh', stepperCommand(trace), '```'],
    [`## ${claimHeading}`],
    ...claimLines(chapter, myth, page, sourceOf),
    ...comparison(myth, trace),
    ['## The start'],
    startTable(run.fields, header.initial),
    ['## The steps'],
    ...stepSections(run),
    ['---'],
    [`[All myths](${pathBetween(page, mythsFile)}) · ${lessonLink(chapter, trace)}`],
  );
  return `${lines.join('\n')}\n`;
}

function countedLines(counted: Counted | undefined): readonly string[] {
  if (!counted) return [];
  const rows = counted.rows.map((cells) => cells.map(markdown));
  return blocks([counted.how], table(['', 'with the claim', 'with the real rules'], rows));
}

/** The code of every rule that the claim writes anew. */
function claimLines(
  chapter: Chapter,
  { written }: MythText,
  page: string,
  sourceOf: (rule: RuleInfo) => Source,
): (readonly string[])[] {
  const rules = mythRules(chapter);
  const node = Object.values(chapter.myths ?? {})[0];
  const names = node?.rules.map(({ name }) => name) ?? [];
  const less = chapter.node.rules.filter(({ name }) => !names.includes(name));
  return [
    written === undefined ? [] : [markdown(written)],
    less.length > 0 ? [`Left out: ${list(less.map(({ name }) => `\`${name}\``))}.`] : [],
    ...rules.map((rule) => sourceLines(page, sourceOf(rule))),
  ];
}

/** Where the real rules part from the claim under the same schedule, and what comes of it. */
function comparison({ real }: MythText, trace: Trace): (readonly string[])[] {
  const { violates } = trace.header.outcome;
  if (violates === undefined) return [];
  const other = replayBehaviour(trace, real, [propertyNamed(violates)]);
  if (other.violation) throw new Error(`the real rules break ${violates}, too`);
  const parts = trace.steps.find((step, index) => !sameStep(step, other.trace.steps[index]));
  const theirs = parts && other.trace.steps[parts.step - 1];
  if (!parts || !theirs) throw new Error(`${trace.header.scenario}: the real rules do the same`);
  const where = `[step ${parts.step}](#${stepAnchor(parts.step)})`;
  const left = other.skipped.length;
  return [
    ['## With the real rules'],
    [
      `Under the same schedule, the real rules keep ${markdown(violates)}. The runs part at ${where}:`,
    ],
    [
      `- ${markdown(sayAct(parts))}.`,
      `- With the claim, ${didMore(parts, theirs)}.`,
      `- With the real rules, ${didMore(theirs, parts)}.`,
    ],
    left === 0 ? [] : [`Then ${left} of the ${trace.steps.length} steps cannot happen any more.`],
  ];
}

/** True when both did the same, as far as the fields go that both know. */
function sameStep(one: TraceStep, other: TraceStep | undefined): boolean {
  if (!other || sayRoute(one) !== sayRoute(other)) return false;
  const kinds = (effects: readonly EffectRecord[] = []) => effects.map(kindOf).sort().join('; ');
  const shared = (fields: Readonly<Record<string, unknown>> = {}, known: object = {}) =>
    Object.fromEntries(Object.entries(fields).filter(([name]) => name in known));
  return (
    kinds(one.effects) === kinds(other.effects) &&
    differences(shared(one.changed, other.changed), shared(other.changed, one.changed)).length === 0
  );
}

const sayRoute = ({ act }: TraceStep) => JSON.stringify(act);

/** What tells one effect from another, without the fields that only one of two protocols knows. */
function kindOf(effect: EffectRecord): string {
  if (effect.type !== 'send') return JSON.stringify(effect);
  const { type, to, term, success, voteGranted } = effect.message;
  return JSON.stringify({ type, to, term, success, voteGranted });
}

/** What a node did and in the other run did not: its effects, and the fields that changed. */
function didMore(one: TraceStep, other: TraceStep): string {
  const theirs = didOf(other);
  const more = didOf(one).filter((did) => !theirs.includes(did));
  const all = more.map(markdown).join('; ');
  return `${one.node ?? 'the world'} ${more.length > 0 ? all : 'does nothing else'}`;
}

const toldFields = ['role', 'votedFor', 'commitIndex', 'log'];

const didOf = ({ effects = [], changed = {} }: TraceStep): string[] => [
  ...effects.map(sayEffect),
  ...toldFields
    .filter((field) => field in changed)
    .map((field) => `sets its ${field} to ${sayValue(changed[field])}`),
];

// Answers one question: what would go wrong without this rule, or this condition of it? First safety, then liveness,
// then cost; and if nothing goes wrong, who covers for it.

import { recordRun } from '../scenario/record.ts';
import { Cluster } from '../cluster/cluster.ts';
import { perform } from '../cluster/script.ts';
import { scriptedTiming } from '../cluster/timing.ts';
import type { Act } from '../cluster/step.ts';
import type { RuleNode } from '../rules/node.ts';
import { lacking, settingOf } from '../rules/node.ts';
import type { Chapter } from '../scenario/scenario.ts';
import type { Trace, TraceHeader } from '../trace/trace.ts';
import { coverOf } from './cover.ts';
import { comparisonsOf, costOf, livenessOf, rareWeathersFor } from './living.ts';
import { damageByTrials, damageFromRuns } from './far.ts';
import { coverOfFar } from './far-cover.ts';
import { costlyPartnerOf, partnerInRuns, partnerOf } from './partner.ts';
import type { Reach } from './passes.ts';
import { servesClients, whyPasses } from './passes.ts';
import type { Question } from './question.ts';
import { nameOf, partOf, slugOf } from './question.ts';
import type { Damage, Schedule } from './safety.ts';
import {
  damageByChance,
  damageByRecordedRuns,
  damageBySchedule,
  damageBySearch,
  damageByTrial,
} from './safety.ts';
import type { Stage } from './schedule.ts';
import { doneIn, play } from './schedule.ts';
import { shownBy } from './shown.ts';
import type { Finding, LivenessFinding, Verdict } from './verdict.ts';
import { rareWeathers } from './rare-weather.ts';

export interface Answer {
  readonly verdict: Verdict;
  /** The run without the rule; undefined when no recorded run shows a difference. */
  readonly trace: Trace | undefined;
}

/** How far to search, a schedule that does damage, or a rule that must be as it was before for it to show. */
export interface Help {
  readonly reach?: readonly Reach[];
  readonly schedule?: Schedule;
  readonly besides?: string;
  /** Recorded runs of earlier chapters, whose schedules these nodes can follow. */
  readonly earlier?: readonly Trace[];
}

const chance = { walks: 1000, acts: 120, enough: 3 };
const fromRuns = { walks: 2000, acts: 50, enough: 3 };

/** What was found where neither a search nor a recorded run shows anything. */
interface Looked {
  readonly damage?: Damage | undefined;
  readonly liveness?: LivenessFinding | undefined;
  readonly walks: Pick<Verdict, 'walks' | 'walksFromRuns'>;
}

/** First by chance from the start, then in trials. */
function lookNear(chapter: Chapter, node: RuleNode): Looked {
  const { walks } = chance;
  const damage = damageByChance(chapter, node, chance);
  if (damage) return { damage, walks: { walks } };
  const liveness = livenessOf(chapter, node);
  const trial = chapter.trials.find(({ name }) => name === liveness?.trial);
  const inTrial = liveness && trial && damageByTrial(chapter, node, trial, liveness.seed);
  return { damage: inTrial, liveness, walks: { walks } };
}

/** First in trials, then by chance from where recorded runs have come. */
function lookFar(chapter: Chapter, node: RuleNode, runs: readonly Trace[]): Looked {
  const liveness = livenessOf(chapter, node);
  const isTrial = chapter.trials.some(({ name }) => name === liveness?.trial);
  const inTrials = isTrial ? damageByTrials(chapter, node) : undefined;
  if (inTrials) return { damage: inTrials, walks: {} };
  const damage = damageFromRuns(chapter, node, runs, fromRuns);
  return { damage, liveness, walks: { walksFromRuns: fromRuns.walks } };
}

/**
 * Answers a question about a chapter. `runs` are the recorded runs of the chapter's own rules; `help` is for what
 * the usual does not find.
 */
export function verdictOn(
  whole: Chapter,
  asked: Question,
  runs: readonly Trace[],
  { reach, schedule, besides, earlier = [] }: Help = {},
): Answer {
  const question: Question = { ...asked, ...(besides !== undefined && { besides }) };
  const chapter: Chapter = { ...whole, node: settingOf(whole.node, question) };
  const node = lacking(whole.node, question);
  const { searched, damage: found } = damageBySearch(chapter, node, whyPasses(node, reach));
  const byHand = found ?? (schedule && damageBySchedule(chapter, node, schedule));
  const byRun =
    byHand ??
    damageByRecordedRuns(chapter, node, runs) ??
    damageByRecordedRuns(chapter, node, earlier);
  const far = servesClients(node);
  const looked: Looked = byRun
    ? { damage: byRun, walks: {} }
    : far
      ? lookFar(chapter, node, runs)
      : lookNear(chapter, node);
  const { damage, liveness } = looked;
  const walks = searched.length === 0 ? {} : looked.walks;
  if (damage) {
    const { finding, stage, acts } = damage;
    const verdict: Verdict = { ...question, ...finding, searched, ...walks };
    return { verdict, trace: traceOf(chapter, node, question, stage, acts, finding) };
  }
  const finding =
    liveness ??
    (far ? costOrFarCover(chapter, question, node, runs) : costOrCover(chapter, question, node));
  const shown = shownBy(chapter.node, node, runs);
  const verdict: Verdict = { ...question, ...finding, searched, ...walks };
  if (!shown) return { verdict, trace: undefined };
  const { scenario, stage, acts, missed } = shown;
  const done = doneIn(play(node, stage, acts));
  return {
    verdict: { ...verdict, shownBy: { scenario, acts, missed } },
    trace: traceOf(chapter, node, question, stage, done, finding),
  };
}

function costOrCover(chapter: Chapter, question: Question, node: RuleNode): Finding {
  const usual = comparisonsOf(chapter, node);
  const cost = costOf(usual);
  if (cost) return cost;
  const cover = coverOf(chapter.node, question);
  if (cover && cover.guards.length > 0) return { verdict: 'redundant', differences: usual, cover };
  const rare = comparisonsOf(chapter, node, rareWeathers);
  const rareCost = costOf(rare);
  if (rareCost) return rareCost;
  const partner =
    partnerOf(chapter, question) ?? (cover ? undefined : costlyPartnerOf(chapter, question));
  return {
    verdict: 'redundant',
    differences: [...usual, ...rare],
    ...(cover && { cover }),
    ...(partner && { partner }),
  };
}

/** The same where worlds are too many for a search. */
function costOrFarCover(
  chapter: Chapter,
  question: Question,
  node: RuleNode,
  runs: readonly Trace[],
): Finding {
  const usual = comparisonsOf(chapter, node);
  const rare = costOf(usual) ? [] : comparisonsOf(chapter, node, rareWeathersFor(chapter.node));
  const cost = costOf(usual) ?? costOf(rare);
  if (cost) return cost;
  const differences = [...usual, ...rare];
  const cover = coverOfFar(chapter, question, runs);
  const partner =
    cover && cover.guards.length > 0 ? undefined : partnerInRuns(chapter, question, runs);
  return {
    verdict: 'redundant',
    differences,
    ...(cover && { cover }),
    ...(partner && { partner }),
  };
}

function aboutOf({ rule, condition, asBefore }: Question): string {
  if (asBefore) return `A run of nodes whose rule ${rule} is as the chapter before had it.`;
  return condition === undefined
    ? `A run of nodes that lack the rule ${rule}.`
    : `A run of nodes whose rule ${rule} does not ask: ${condition}.`;
}

/** The acts carried out without the rule, as a trace like any other. */
function traceOf(
  chapter: Chapter,
  node: RuleNode,
  question: Question,
  { nodes, start, properties }: Stage,
  acts: readonly Act[],
  finding: Finding,
): Trace {
  const without = partOf(question);
  const violates = finding.verdict === 'safety' ? { violates: finding.property } : {};
  const header: Omit<TraceHeader, 'initial' | 'steps'> = {
    format: 'raft-notebook-trace',
    version: 1,
    chapter: chapter.name,
    scenario: slugOf(question),
    title: question.asBefore
      ? `With ${question.rule} as it was before`
      : `Without ${nameOf(question)}`,
    about: aboutOf(question),
    without,
    ...(start && { given: true as const }),
    nodes: [...nodes],
    outcome: {
      says:
        finding.verdict === 'safety'
          ? `The property "${finding.property}" does not hold.`
          : 'The run goes otherwise than with the rule in place.',
      nodes: {},
      ...violates,
    },
  };
  const cluster = new Cluster(node, nodes, scriptedTiming, start);
  return recordRun(header, cluster, properties, (onStep) => {
    for (const act of acts) onStep(perform(cluster, act));
  }).trace;
}

// Answers one question: what would go wrong without this rule, or this condition of it? First safety, then liveness,
// then cost; and if nothing goes wrong, who covers for it.

import { recordRun } from '../scenario/record.ts';
import { Cluster } from '../cluster/cluster.ts';
import { perform } from '../cluster/script.ts';
import { scriptedTiming } from '../cluster/timing.ts';
import type { Act } from '../cluster/step.ts';
import type { RuleNode } from '../rules/node.ts';
import type { Chapter } from '../scenario/scenario.ts';
import { nodeOf } from '../scenario/scenario.ts';
import type { Trace, TraceHeader } from '../trace/trace.ts';
import { comparisonsOf, costOf, livenessOf } from './living.ts';
import { partnerOf } from './partner.ts';
import type { Reach } from './passes.ts';
import { whyPasses } from './passes.ts';
import type { Question } from './question.ts';
import { nameOf, slugOf } from './question.ts';
import { damageByChance, damageByRecordedRuns, damageBySearch, damageByTrial } from './safety.ts';
import type { Stage } from './schedule.ts';
import { doneIn, play } from './schedule.ts';
import { shownBy } from './shown.ts';
import type { Finding, Verdict } from './verdict.ts';

export interface Answer {
  readonly verdict: Verdict;
  /** The run without the rule; undefined when no recorded run shows a difference. */
  readonly trace: Trace | undefined;
}

const chance = { walks: 1000, acts: 120, enough: 3 };

/**
 * Answers a question about a chapter. `runs` are the recorded runs of the chapter's own rules; `reach` is how far to
 * search, where the usual is not enough.
 */
export function verdictOn(
  chapter: Chapter,
  question: Question,
  runs: readonly Trace[],
  reach?: readonly Reach[],
): Answer {
  const node = nodeOf(chapter, { without: question });
  const { searched, damage: found } = damageBySearch(chapter, node, whyPasses(node, reach));
  const byRun = found ?? damageByRecordedRuns(chapter, node, runs);
  const byWalk = byRun ?? damageByChance(chapter, node, chance);
  const liveness = byWalk ? undefined : livenessOf(chapter, node);
  const trial = chapter.trials.find(({ name }) => name === liveness?.trial);
  const damage =
    byWalk ?? (liveness && trial && damageByTrial(chapter, node, trial, liveness.seed));
  const walks = byRun || searched.length === 0 ? {} : { walks: chance.walks };
  if (damage) {
    const { finding, stage, acts } = damage;
    const verdict: Verdict = { ...question, ...finding, searched, ...walks };
    return { verdict, trace: traceOf(chapter, question, stage, acts, finding) };
  }
  const finding = liveness ?? costOrCover(chapter, question, node);
  const shown = shownBy(chapter.node, node, runs);
  const verdict: Verdict = { ...question, ...finding, searched, ...walks };
  if (!shown) return { verdict, trace: undefined };
  const { scenario, stage, acts, missed } = shown;
  const done = doneIn(play(node, stage, acts));
  return {
    verdict: { ...verdict, shownBy: { scenario, acts, missed } },
    trace: traceOf(chapter, question, stage, done, finding),
  };
}

function costOrCover(chapter: Chapter, question: Question, node: RuleNode): Finding {
  const differences = comparisonsOf(chapter, node);
  const cost = costOf(differences);
  if (cost) return cost;
  return { verdict: 'redundant', differences, ...partnerOf(chapter, question) };
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
  question: Question,
  { nodes, start, properties }: Stage,
  acts: readonly Act[],
  finding: Finding,
): Trace {
  const { chapter: _, ...without } = question;
  const node = nodeOf(chapter, { without });
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
          ? `${finding.property} does not hold.`
          : 'The nodes have not done what the rules say.',
      nodes: {},
      ...violates,
    },
  };
  const cluster = new Cluster(node, nodes, scriptedTiming, start);
  return recordRun(header, cluster, properties, (onStep) => {
    for (const act of acts) onStep(perform(cluster, act));
  }).trace;
}

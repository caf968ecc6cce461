// Who covers for whom: the rule or condition without which, together with this one, something breaks that does not break
// without that one alone, or not so soon; or clearly costs more.

import type { Counterexample, Problem } from '../explore/problem.ts';
import { explore } from '../explore/search.ts';
import type { Part, RuleNode } from '../rules/node.ts';
import { ablations, lacking } from '../rules/node.ts';
import type { Chapter } from '../scenario/scenario.ts';
import type { Trace } from '../trace/trace.ts';
import { nodesNamed } from '../trial/trial.ts';
import { comparisonsOf, costOf, problemIn } from './living.ts';
import { briefPasses } from './passes.ts';
import { nameOf, partOf } from './question.ts';
import { searchThrough, stageOf } from './safety.ts';
import { play } from './schedule.ts';
import type { Partner } from './verdict.ts';
import { rareWeathers } from './rare-weather.ts';

const seeds = [0];

/** A partner is sure when all states without it alone, that many steps far, were visited: at most so many. */
const mostStates = 400_000;

/** The first partner without which something breaks, those first that hear the same event. */
export function partnerOf(chapter: Chapter, part: Part): Partner | undefined {
  for (const other of othersThan(chapter.node, part)) {
    const both = lacking(lacking(chapter.node, part), other);
    const partner = partnerBySearch(chapter, both, other) ?? partnerByTrial(chapter, both, other);
    if (partner) return partner;
  }
  return undefined;
}

/** The first partner, among those that hear the same event, without which a recorded run goes wrong that asks for the part. */
export function partnerInRuns(
  chapter: Chapter,
  part: Part,
  runs: readonly Trace[],
): Partner | undefined {
  const telling = runs.filter((trace) => isIn(trace, part)).slice(0, fewRuns);
  for (const other of nearOnes(chapter.node, part)) {
    const both = lacking(lacking(chapter.node, part), other);
    const partner = partnerByRun(chapter, both, other, telling);
    if (partner) return partner;
  }
  return undefined;
}

/** So many recorded runs are followed without each of the others. */
export const fewRuns = 8;

/** True for a run in which the rule is asked. */
export const isIn = ({ steps }: Trace, { rule }: Part): boolean =>
  steps.some(({ fired = [] }) => fired.some((each) => each.rule === rule));

/** The partner, when the schedule of a recorded run breaks a property without both, and none without it alone. */
function partnerByRun(
  chapter: Chapter,
  both: RuleNode,
  other: Part,
  runs: readonly Trace[],
): Partner | undefined {
  const alone = lacking(chapter.node, other);
  for (const trace of runs) {
    const stage = stageOf(trace, chapter.properties);
    const acts = trace.steps.map(({ act }) => act);
    const broken = play(both, stage, acts).violation;
    if (!broken || play(alone, stage, acts).violation) continue;
    return { ...other, breaks: broken.property, run: trace.header.scenario };
  }
  return undefined;
}

/** The first partner without which it clearly costs more when this one is missing too, among those that hear the same event. */
export function costlyPartnerOf(chapter: Chapter, part: Part): Partner | undefined {
  for (const other of nearOnes(chapter.node, part)) {
    const both = lacking(lacking(chapter.node, part), other);
    const alone = lacking(chapter.node, other);
    const cost = costOf(comparisonsOf({ ...chapter, node: alone }, both, rareWeathers));
    if (cost) return { ...other, costs: cost.costs };
  }
  return undefined;
}

/** Every other rule and condition, those that hear the same event first. */
export function othersThan(node: RuleNode, part: Part): Part[] {
  const near = nearOnes(node, part);
  const names = new Set(near.map(nameOf));
  return [...near, ...others(node, part).filter((each) => !names.has(nameOf(each)))];
}

/** Those that hear the same event. */
export function nearOnes(node: RuleNode, part: Part): Part[] {
  const on = (name: string) => node.rules.find((each) => each.name === name)?.on ?? '';
  const own = on(part.rule);
  return others(node, part).filter(
    ({ rule }) => on(rule) === own || [on(rule), own].some((each) => each.startsWith('any ')),
  );
}

const others = (node: RuleNode, { rule, condition }: Part): Part[] =>
  ablations(node)
    .filter(
      (each) =>
        each.rule !== rule ||
        (condition !== undefined && each.condition !== undefined && each.condition !== condition),
    )
    .map((each) => partOf(each));

/** The partner, when a small search breaks a property without both, and none so soon without it alone. */
function partnerBySearch(chapter: Chapter, both: RuleNode, other: Part): Partner | undefined {
  const { properties } = chapter;
  const passes = briefPasses(both);
  const [pass] = passes;
  if (!pass || properties.length === 0) return undefined;
  const problem: Problem = { node: both, nodes: nodesNamed(3), properties, bounds: pass.bounds };
  const { verdict } = searchThrough(problem, passes);
  if (verdict.outcome !== 'violation' || !verdict.counterexample.violation) return undefined;
  const { counterexample, bounds } = verdict;
  const alone = lacking(chapter.node, other);
  const visited = statesWithin(chapter, other, alone, { ...problem, bounds }, counterexample);
  if (visited === undefined) return undefined;
  const { property: breaks, depth: steps } = counterexample;
  return { ...other, breaks, steps, states: visited };
}

const visitedAlone = new Map<string, number | undefined>();

/** How many states there are so far without the partner alone; undefined when it is too many, or one is broken. */
function statesWithin(
  { name }: Chapter,
  other: Part,
  node: RuleNode,
  problem: Problem,
  { depth }: Counterexample,
): number | undefined {
  const { terms, log } = problem.bounds;
  const key = [name, nameOf(other), terms, log, depth].join(' ');
  if (!visitedAlone.has(key)) {
    const bounds = { ...problem.bounds, depth };
    const found = explore({ ...problem, node, bounds, limit: mostStates });
    visitedAlone.set(key, found.outcome === 'exhausted' ? found.states : undefined);
  }
  return visitedAlone.get(key);
}

/** The partner, when nodes without both do not come through a trial, and those without it alone do. */
function partnerByTrial(chapter: Chapter, both: RuleNode, other: Part): Partner | undefined {
  const fails = (node: RuleNode, name: string) =>
    chapter.trials.some(
      (trial) =>
        trial.name === name &&
        seeds.some((seed) => problemIn(chapter, trial, node, seed) !== undefined),
    );
  const trial = chapter.trials.find(({ name }) => fails(both, name));
  if (!trial) return undefined;
  const alone = `${chapter.name} ${nameOf(other)} ${trial.name}`;
  if (!failsAlone.has(alone)) {
    failsAlone.set(alone, fails(lacking(chapter.node, other), trial.name));
  }
  return failsAlone.get(alone) ? undefined : { ...other, breaks: trial.title };
}

const failsAlone = new Map<string, boolean>();

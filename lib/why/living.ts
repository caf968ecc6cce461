// Compares nodes with and without something in the chapter's trials and in every weather: does a cluster still do what
// it must in time, and at what cost?

import type { NodeState, RaftNode } from '../node/contract.ts';
import type { Chapter } from '../scenario/scenario.ts';
import type { Trial } from '../trial/trial.ts';
import type { Comparison, CostFinding, LivenessFinding } from './verdict.ts';
import type { Figure, Taken } from './meter.ts';
import { clientFigureNames, figureNames, Tide } from './meter.ts';
import type { Weather } from './weather.ts';
import { clientWeathers, memberWeathers } from './client-weather.ts';
import { rareClientWeathers, rareMemberWeathers } from './rare-client-weather.ts';
import { rareWeathers } from './rare-weather.ts';
import { live, weathers } from './weather.ts';

const seedsTo = (count: number) => Array.from({ length: count }, (_, seed) => seed);

const trialSeeds = seedsTo(4);
const weatherSeeds = seedsTo(8);
/** More for the rare weathers, in which most runs go otherwise by chance. */
const rareSeeds = seedsTo(32);

const seedsOf = (name: string) =>
  [...rareWeathers, ...rareClientWeathers, ...rareMemberWeathers].some(
    (weather) => weather.name === name,
  )
    ? rareSeeds
    : weatherSeeds;

/** A figure is clearly worse when it is worse by this share on average … */
export const clearly = 0.1;
/** … in this share of the seeds in which it differs at all, and in so many at least. */
export const mostly = 0.75;
export const fewest = 4;

/** Runs a trial with the properties of the paper alone; what went wrong in words. */
export function problemIn(
  { properties }: Chapter,
  trial: Trial,
  node: RaftNode,
  seed: number,
): string | undefined {
  const tide = new Tide();
  try {
    return trial.run(node, seed, properties, (step) => {
      if (!tide.see(step)) throw new Flood();
    });
  } catch (error) {
    // Messages that breed messages are a cost; the weathers measure it.
    if (error instanceof Flood) return undefined;
    return error instanceof Error ? error.message : String(error);
  }
}

class Flood extends Error {}

/** The first trial, or weather, that nodes do not come through. */
export function livenessOf(chapter: Chapter, node: RaftNode): LivenessFinding | undefined {
  for (const trial of chapter.trials) {
    const { says, name } = trial;
    const found = firstOf(trialSeeds, (seed) => problemIn(chapter, trial, node, seed));
    if (found) return { verdict: 'liveness', trial: name, says, ...found };
  }
  for (const weather of weathersFor(chapter.node)) {
    const intact = lived(chapter.node, weather.name);
    const seeds = weatherSeeds.filter((seed) => intact[seed]?.problem === undefined);
    const taken = lived(node, weather.name);
    // Where clients ask and hear, runs go otherwise by chance: there a few that end badly tell nothing; nor do more messages.
    const found = firstOf(seeds, (seed) => {
      const { problem, flooded } = taken[seed] ?? {};
      return flooded && weather.clients ? undefined : problem;
    });
    if (!found || (weather.clients && 2 * found.failed < found.seeds)) continue;
    return { verdict: 'liveness', trial: weather.name, says: weather.says, ...found };
  }
  return undefined;
}

function firstOf(
  seeds: readonly number[],
  problemOf: (seed: number) => string | undefined,
): Pick<LivenessFinding, 'seed' | 'problem' | 'failed' | 'seeds'> | undefined {
  const problems = seeds.flatMap((seed) => {
    const problem = problemOf(seed);
    return problem === undefined ? [] : [{ seed, problem }];
  });
  const [first] = problems;
  return first && { ...first, failed: problems.length, seeds: seeds.length };
}

/** The weathers that show what a node can do. */
export function weathersFor(node: RaftNode): readonly Weather[] {
  const { sessions, configuration }: NodeState & { sessions?: unknown } = node.init('A', []);
  return [
    ...weathers,
    ...(sessions === undefined ? [] : clientWeathers),
    ...(configuration === undefined ? [] : memberWeathers),
  ];
}

/** Those for what hardly ever matters. */
export const rareWeathersFor = (node: RaftNode): readonly Weather[] =>
  node.init('A', []).configuration === undefined
    ? rareClientWeathers
    : [...rareClientWeathers, ...rareMemberWeathers];

/** All of them. */
export const allWeathers: readonly Weather[] = [
  ...weathers,
  ...rareWeathers,
  ...clientWeathers,
  ...memberWeathers,
  ...rareClientWeathers,
  ...rareMemberWeathers,
];

const figuresOf = ({ clients }: Weather) =>
  Object.keys(clients ? clientFigureNames : figureNames) as Figure[];

/** Every figure that differs, in every one of these weathers, the most worsened first. */
export function comparisonsOf(
  chapter: Chapter,
  node: RaftNode,
  those: readonly Weather[] = weathersFor(chapter.node),
): Comparison[] {
  return those
    .flatMap((weather) =>
      figuresOf(weather).flatMap((figure) => {
        const { name } = weather;
        const [intact, taken] = [lived(chapter.node, name), lived(node, name)];
        const pairs = seedsOf(name).flatMap((seed) => {
          const [one, other] = [intact[seed]?.figures[figure], taken[seed]?.figures[figure]];
          return one === undefined || other === undefined ? [] : [{ with: one, without: other }];
        });
        const mean = (values: readonly number[]) =>
          Math.round((10 * values.reduce((sum, value) => sum + value, 0)) / values.length) / 10;
        const better = pairs.filter((pair) => pair.without < pair.with).length;
        const worse = pairs.filter((pair) => pair.without > pair.with).length;
        if (better + worse === 0) return [];
        return [
          {
            weather: name,
            figure,
            with: mean(pairs.map((pair) => pair.with)),
            without: mean(pairs.map((pair) => pair.without)),
            seeds: pairs.length,
            better,
            worse,
          },
        ];
      }),
    )
    .sort((one, other) => ratio(other) - ratio(one));
}

const ratio = ({ with: before, without }: Comparison): number => without / Math.max(before, 0.1);

/** True when without the rule a figure is clearly worse, and not by chance in a few runs. */
export const isClearlyWorse = (comparison: Comparison): boolean =>
  ratio(comparison) >= 1 + clearly &&
  comparison.worse >= fewest &&
  comparison.worse >= mostly * (comparison.worse + comparison.better);

/** The figures that are clearly worse, when there are any. */
export function costOf(comparisons: readonly Comparison[]): CostFinding | undefined {
  const costs = comparisons.filter(isClearlyWorse);
  return costs.length === 0 ? undefined : { verdict: 'cost', costs };
}

const remembered = new WeakMap<RaftNode, Map<string, readonly Taken[]>>();

/** What a node took in a weather, by seed; measured once. */
function lived(node: RaftNode, name: string): readonly Taken[] {
  const known = remembered.get(node) ?? new Map<string, readonly Taken[]>();
  remembered.set(node, known);
  const weather = allWeathers.find((each) => each.name === name);
  if (!weather) throw new Error(`there is no weather named ${name}`);
  const found = known.get(name) ?? seedsOf(name).map((seed) => live(node, weather, seed));
  known.set(name, found);
  return found;
}

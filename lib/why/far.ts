// Looks for damage where a search through every interleaving does not reach, in clusters that serve clients: in the
// trials of the chapter, and by chance from states that its recorded runs have reached.

import { checkerOf, sightingOf } from '../check/property.ts';
import { Cluster } from '../cluster/cluster.ts';
import { ImpossibleAct } from '../cluster/network.ts';
import type { Random } from '../cluster/random.ts';
import { randomFrom } from '../cluster/random.ts';
import { perform } from '../cluster/script.ts';
import type { Act, Step } from '../cluster/step.ts';
import { scriptedTiming } from '../cluster/timing.ts';
import { shrink } from '../fuzz/shrink.ts';
import type { RaftNode } from '../node/contract.ts';
import type { RuleNode } from '../rules/node.ts';
import type { Chapter } from '../scenario/scenario.ts';
import type { Trace } from '../trace/trace.ts';
import type { Trial } from '../trial/trial.ts';
import { AnyAct } from './any-act.ts';
import type { Damage } from './safety.ts';
import { breach, damageOf, shortest, stageOf } from './safety.ts';
import type { Stage } from './schedule.ts';
import { play } from './schedule.ts';
import { Tide } from './meter.ts';

const trialSeeds = [0, 1, 2, 3];

interface Broken {
  readonly stage: Stage;
  readonly acts: readonly Act[];
  readonly property: string;
  readonly where: string;
}

/** Takes the damage from the shortest run of any trial that breaks a property of the paper. */
export function damageByTrials(chapter: Chapter, node: RuleNode): Damage | undefined {
  const broken = chapter.trials
    .flatMap((trial) => trialSeeds.flatMap((seed) => brokenIn(chapter, node, trial, seed) ?? []))
    .sort((one, other) => one.acts.length - other.acts.length);
  for (const each of broken.slice(0, 2)) {
    const { stage, acts } = shortened(node, each);
    if (!breach(chapter.node, node, stage, acts)) continue;
    const how = { found: 'trial', where: each.where, provenShortest: false } as const;
    return damageOf(chapter, node, stage, acts, how);
  }
  return undefined;
}

/** The run with fewer acts and nodes; the same when a node throws on the way. */
function shortened(
  node: RaftNode,
  { stage, acts, property }: Broken,
): { readonly stage: Stage; readonly acts: readonly Act[] } {
  const { nodes: names, properties } = stage;
  try {
    const short = shrink({ node, names, properties }, acts, property);
    return { stage: { nodes: short.names, properties }, acts: short.acts };
  } catch {
    return { stage, acts };
  }
}

/** The acts of one run of a trial, up to the breach of a property. */
function brokenIn(
  { properties }: Chapter,
  node: RaftNode,
  trial: Trial,
  seed: number,
): Broken | undefined {
  const check = checkerOf(properties);
  const acts: Act[] = [];
  const tide = new Tide();
  let property: string | undefined;
  try {
    trial.run(node, seed, [], (step) => {
      acts.push(step.act);
      const sighting = sightingOf(acts.length, step);
      property = sighting && check(sighting)?.property;
      if (property !== undefined || !tide.see(step) || acts.length > longest) throw new Enough();
    });
  } catch {
    // Enough was seen, or the node has thrown, which breaks no property.
  }
  if (property === undefined) return undefined;
  const where = `${trial.name}, seed ${seed}`;
  return { stage: { nodes: trial.nodes(seed), properties }, acts, property, where };
}

/** A longer run could not be told. */
const longest = 20_000;

class Enough extends Error {}

/** How many walks there are, how far each goes on from a recorded run, and how many breaches are enough. */
export interface Walks {
  readonly walks: number;
  readonly acts: number;
  readonly enough: number;
}

/** Walks at random, each from a state that some recorded run has reached; gives the shortest damage of the first few. */
export function damageFromRuns(
  chapter: Chapter,
  node: RuleNode,
  runs: readonly Trace[],
  { walks, acts, enough }: Walks,
): Damage | undefined {
  const found: Damage[] = [];
  for (let seed = 0; seed < walks && found.length < enough; seed++) {
    const random = randomFrom(seed);
    const run = random.pick(runs);
    const stage = stageOf(run, chapter.properties);
    const start = run.steps.slice(0, random.between(0, run.steps.length)).map(({ act }) => act);
    const broken = walkFrom(node, stage, start, acts, random);
    if (!broken || !breach(chapter.node, node, stage, broken)) continue;
    const where = run.header.scenario;
    const how = { found: 'walk from a run', where, provenShortest: false } as const;
    const damage = damageOf(chapter, node, stage, broken, how);
    if (isTight(node, damage)) found.push(damage);
  }
  return shortest(found);
}

/**
 * True when without any one of the acts the rest breaks nothing. Where clients read by lease it may break something even
 * with the rule in place, since a walk knows no time.
 */
const isTight = (node: RaftNode, { stage, acts }: Damage): boolean =>
  acts.every(
    (_, at) =>
      !play(
        node,
        stage,
        acts.filter((__, other) => other !== at),
      ).violation,
  );

/** The acts up to the breach of a property. */
function walkFrom(
  node: RaftNode,
  { nodes, start: states, properties }: Stage,
  start: readonly Act[],
  length: number,
  random: Random,
): readonly Act[] | undefined {
  const cluster = new Cluster(node, nodes, scriptedTiming, states);
  const check = checkerOf(properties);
  const done: Act[] = [];
  const breaks = (step: Step): boolean => {
    done.push(step.act);
    const sighting = sightingOf(done.length, step);
    return sighting !== undefined && check(sighting) !== undefined;
  };
  const anyAct = new AnyAct(cluster, random);
  try {
    for (const act of start) {
      const step = possibly(() => perform(cluster, act));
      if (step && breaks(step)) return done;
    }
    for (let count = 0; count < length; count++) {
      const step = possibly(() => anyAct.next());
      if (step && breaks(step)) return done;
    }
  } catch {
    // A node that throws breaks no property.
  }
  return undefined;
}

/** The step; undefined when the world cannot make it now. */
function possibly(take: () => Step | undefined): Step | undefined {
  try {
    return take();
  } catch (error) {
    if (error instanceof ImpossibleAct) return undefined;
    throw error;
  }
}

// Looks for a run in which a node that lacks something breaks a property of the paper: first through every interleaving
// of three nodes, then with the schedules of the recorded runs, at last by chance with five nodes.

import { linearizability } from '../check/client-properties.ts';
import type { Start } from '../cluster/cluster.ts';
import { Cluster } from '../cluster/cluster.ts';
import { Script } from '../cluster/script.ts';
import type { Act } from '../cluster/step.ts';
import { scriptedTiming } from '../cluster/timing.ts';
import { searchInPasses } from '../explore/passes.ts';
import type { Pass, Report } from '../explore/passes.ts';
import type { Problem } from '../explore/problem.ts';
import { Log } from '../log/log.ts';
import type { NodeId } from '../node/contract.ts';
import type { RuleNode } from '../rules/node.ts';
import type { Chapter } from '../scenario/scenario.ts';
import type { Trace } from '../trace/trace.ts';
import type { Trial } from '../trial/trial.ts';
import { nodesNamed } from '../trial/trial.ts';
import { brokenByChance } from './chance.ts';
import { minimal } from './minimal.ts';
import { fivePasses, hasDisk, searchedOf, servesClients } from './passes.ts';
import type { Stage } from './schedule.ts';
import { doneIn, play } from './schedule.ts';
import type { SafetyFinding, Searched } from './verdict.ts';

/** A run that breaks a property of the paper, and from which no act can be left out. */
export interface Damage {
  readonly finding: SafetyFinding;
  readonly stage: Stage;
  readonly acts: readonly Act[];
}

/** Runs a search in passes to its end. */
export function searchThrough(problem: Problem, passes: readonly Pass[]): Report {
  const running = searchInPasses(problem, passes);
  for (;;) {
    const { done, value } = running.next();
    if (done) return value;
  }
}

/** What was searched, and the damage that was found. */
export interface SearchResult {
  readonly searched: readonly Searched[];
  readonly damage: Damage | undefined;
}

/** Searches every interleaving of three nodes and then, not so far, of five. */
export function damageBySearch(
  chapter: Chapter,
  node: RuleNode,
  passes: readonly Pass[],
): SearchResult {
  const known = chapter.properties;
  if (known.length === 0) return { searched: [], damage: undefined };
  const three = damageIn(chapter, node, { nodes: nodesNamed(3), properties: known }, passes);
  if (three.damage || servesClients(node)) return three;
  const five = damageIn(
    chapter,
    node,
    { nodes: nodesNamed(5), properties: known },
    fivePasses(node),
  );
  return { searched: [...three.searched, ...five.searched], damage: five.damage };
}

function damageIn(
  chapter: Chapter,
  node: RuleNode,
  stage: Stage,
  passes: readonly Pass[],
): SearchResult {
  const { nodes, properties } = stage;
  const [{ bounds } = { bounds: undefined }] = passes;
  if (!bounds) throw new Error('a search needs at least one pass');
  // A step that throws an error breaks no property of the paper; what else may happen is still to be seen.
  const problem = { node, nodes, properties, bounds, passesOverErrors: true };
  const report = searchThrough(problem, passes);
  const searched = report.passes.map((each) => searchedOf(nodes.length, each));
  const { verdict } = report;
  if (verdict.outcome !== 'violation' || !verdict.counterexample.violation) {
    return { searched, damage: undefined };
  }
  const { provenShortest, counterexample } = verdict;
  const damage = damageOf(chapter, node, stage, counterexample.acts, {
    found: 'search',
    provenShortest,
  });
  return { searched, damage };
}

/** Carries out the schedules of the recorded runs; gives the shortest damage that comes of one. */
export function damageByRecordedRuns(
  chapter: Chapter,
  node: RuleNode,
  runs: readonly Trace[],
): Damage | undefined {
  const found = runs.flatMap((trace) => {
    const stage = stageOf(trace, chapter.properties);
    const acts = trace.steps.map(({ act }) => act);
    if (!breach(chapter.node, node, stage, acts)) return [];
    const { scenario, chapter: from } = trace.header;
    const where = from === chapter.name ? scenario : `${scenario} of ${from}`;
    return [
      damageOf(chapter, node, stage, acts, { found: 'recorded run', where, provenShortest: false }),
    ];
  });
  return shortest(found);
}

/** A run that somebody has thought out: as a list of acts, or by hand like a scenario. */
export interface Schedule {
  readonly nodes: readonly NodeId[];
  readonly start?: Start;
  readonly acts?: readonly Act[];
  readonly script?: (run: Script) => void;
}

/** Carries out a schedule that was written for this damage. Throws when it does none. */
export function damageBySchedule(
  chapter: Chapter,
  node: RuleNode,
  { nodes, start, acts = [], script }: Schedule,
): Damage {
  const stage: Stage = { nodes, properties: chapter.properties, ...(start && { start }) };
  const written = [...acts];
  script?.(
    new Script(
      new Cluster(node, nodes, scriptedTiming, start),
      ({ act }) => void written.push(act),
    ),
  );
  return damageOf(chapter, node, stage, written, { found: 'schedule', provenShortest: false });
}

/** Walks at random; gives the shortest damage of the first few walks that do some. */
export function damageByChance(
  chapter: Chapter,
  node: RuleNode,
  size: { readonly walks: number; readonly acts: number; readonly enough: number },
): Damage | undefined {
  const properties = chapter.properties;
  const stage: Stage = { nodes: nodesNamed(5), properties };
  if (stage.properties.length === 0) return undefined;
  const found: Damage[] = [];
  for (const acts of brokenByChance(node, { ...stage, ...size, restarts: hasDisk(node) })) {
    if (!breach(chapter.node, node, stage, acts)) continue;
    found.push(damageOf(chapter, node, stage, acts, { found: 'chance', provenShortest: false }));
    if (found.length >= size.enough) break;
  }
  return shortest(found);
}

/** Takes the damage from one run of a trial, when it breaks a property of the paper there. */
export function damageByTrial(
  chapter: Chapter,
  node: RuleNode,
  trial: Trial,
  seed: number,
): Damage | undefined {
  const stage: Stage = {
    nodes: trial.nodes(seed),
    properties: chapter.properties,
  };
  const acts: Act[] = [];
  try {
    trial.run(node, seed, stage.properties, ({ act }) => void acts.push(act));
  } catch {
    // What a node throws is no breach of a property; the acts up to there may be.
  }
  if (!breach(chapter.node, node, stage, acts)) return undefined;
  const where = `${trial.name}, seed ${seed}`;
  return damageOf(chapter, node, stage, acts, { found: 'trial', where, provenShortest: false });
}

/**
 * The nodes of a recorded run and how they start. What is in their logs then no client has asked for, so that no story
 * of clients explains it.
 */
export function stageOf({ header }: Trace, properties: Stage['properties']): Stage {
  const { nodes, given, initial } = header;
  if (!given) return { nodes, properties };
  const hasEntries = Object.values(initial).some(({ log = [] }) => Log.of(log).lastIndex > 0);
  const sound = properties.filter((each) => !hasEntries || each !== linearizability);
  return { nodes, start: initial, properties: sound };
}

export function damageOf(
  { node: intact }: Chapter,
  node: RuleNode,
  stage: Stage,
  acts: readonly Act[],
  how: Pick<SafetyFinding, 'found' | 'where' | 'provenShortest'>,
): Damage {
  const fewest = minimal(acts, (some) => breach(intact, node, stage, some));
  const { violation } = play(node, stage, fewest);
  if (!violation) throw new Error('the damage is gone');
  const { property } = violation;
  return {
    finding: { verdict: 'safety', property, steps: fewest.length, ...how },
    stage,
    acts: fewest,
  };
}

/** The acts that break a property without the rule, when they break none with it in place. */
export function breach(
  intact: RuleNode,
  node: RuleNode,
  stage: Stage,
  acts: readonly Act[],
): readonly Act[] | undefined {
  const played = play(node, stage, acts);
  if (!played.violation) return undefined;
  const done = doneIn(played);
  return play(intact, stage, done).violation ? undefined : done;
}

export const shortest = (found: readonly Damage[]): Damage | undefined =>
  [...found].sort((one, other) => one.acts.length - other.acts.length)[0];

// How a myth is put to the test: the search that finds its counterexample, and the seeded runs that count its cost.

import {
  leaderAppendOnly,
  leaderCompleteness,
  logMatching,
  stateMachineSafety,
} from '../lib/check/log-properties.ts';
import { electionSafety } from '../lib/check/properties.ts';
import type { Property } from '../lib/check/property.ts';
import { Cluster } from '../lib/cluster/cluster.ts';
import { randomFrom } from '../lib/cluster/random.ts';
import { runUntil } from '../lib/cluster/schedule.ts';
import type { Step } from '../lib/cluster/step.ts';
import { seededTiming } from '../lib/cluster/timing.ts';
import type { Pass } from '../lib/explore/passes.ts';
import type { Problem, Verdict } from '../lib/explore/problem.ts';
import { counterexampleTrace } from '../lib/explore/route.ts';
import { explore } from '../lib/explore/search.ts';
import { sayBounds, sayFilter } from '../lib/explore/words.ts';
import type { RaftNode } from '../lib/node/contract.ts';
import { recordRun } from '../lib/scenario/record.ts';
import type { Trace, TraceHeader } from '../lib/trace/trace.ts';
import type { RefutedByFigures, RefutedBySearch, VariantMyth } from './myth.ts';

/** The properties of Figure 3: what the paper promises. */
export const paperProperties: readonly Property[] = [
  electionSafety,
  leaderAppendOnly,
  logMatching,
  leaderCompleteness,
  stateMachineSafety,
];

/** What is searched for a counterexample. */
export function problemOf({ node, nodes, bounds, filter }: RefutedBySearch): Problem & Pass {
  return {
    node,
    nodes: nodes ?? ['A', 'B', 'C'],
    properties: paperProperties,
    bounds: { ...bounds, requests: 2, restarts: 0, depth: Infinity },
    filter: filter ?? 'none',
    limit: 5_000_000,
  };
}

/** Searches, and gives the counterexample as a trace. Throws when the claim breaks nothing, or something else. */
export function searchedTrace(myth: RefutedBySearch): Trace {
  const problem = problemOf(myth);
  const verdict = explore(problem);
  if (verdict.outcome !== 'violation' || verdict.counterexample.property !== myth.breaks) {
    throw new Error(
      `${myth.name} should break ${myth.breaks}, but the search was ${verdict.outcome}`,
    );
  }
  const trace = counterexampleTrace(problem, verdict.counterexample, {
    ...aboutOf(myth),
    about: sayFound(problem, verdict),
    outcome: {
      says: `The property "${myth.breaks}" does not hold.`,
      nodes: {},
      violates: myth.breaks,
    },
  });
  const steps = trace.steps.map((step) => {
    const note = myth.notes[step.step];
    return note === undefined ? step : { ...step, note };
  });
  return { ...trace, steps };
}

function sayFound(
  { node, nodes, bounds, filter = 'none' }: Problem,
  verdict: Extract<Verdict, { outcome: 'violation' }>,
): string {
  const space = `${nodes.length} nodes, ${sayBounds(bounds, node)}, ${sayFilter(filter)}`;
  const count = verdict.states.toLocaleString('en');
  const proof = verdict.provenShortest
    ? 'No run within these bounds breaks it in fewer steps.'
    : 'It is the shortest that this search can see; what it forgets might allow a shorter one.';
  return `This run was found by a search of every interleaving (${space}), among ${count} states. ${proof}`;
}

/** The run that shows what a claim costs, from seed 1. */
export function shownTrace(myth: RefutedByFigures): Trace {
  const { node, nodes, shown, down, faults } = myth;
  const random = randomFrom(1);
  const cluster = new Cluster(node, nodes, seededTiming(random));
  const about = {
    ...aboutOf(myth),
    about: `A run of ${shown.milliseconds} virtual milliseconds, drawn from seed 1. ${shown.says}`,
    seed: 1,
    nodes: [...nodes],
    outcome: { says: shown.says, nodes: {} },
  };
  return recordRun(about, cluster, paperProperties, (onStep) => {
    for (const id of down) onStep(cluster.crash(id));
    for (const step of runUntil(cluster, random, shown.milliseconds, faults)) onStep(step);
  }).trace;
}

type About = Pick<TraceHeader, 'format' | 'version' | 'chapter' | 'scenario' | 'title' | 'myth'>;

const aboutOf = ({ name, claim, chapter }: VariantMyth): About => ({
  format: 'raft-notebook-trace',
  version: 1,
  chapter,
  scenario: name,
  title: claim,
  myth: name,
});

/** What is counted in a run. */
export interface Figures {
  /** The highest term that any node has reached: so many elections were started, at the least. */
  readonly terms: number;
  /** The commands of clients that some node has applied. */
  readonly applied: number;
  readonly messages: number;
}

/** The figures of the runs of all seeds, with the claim or with another node. */
export function measure(myth: RefutedByFigures, node: RaftNode): Figures[] {
  return Array.from({ length: myth.seeds }, (_, index) => measureSeed(myth, node, index + 1));
}

function measureSeed(
  { nodes, milliseconds, faults, down }: RefutedByFigures,
  node: RaftNode,
  seed: number,
): Figures {
  const random = randomFrom(seed);
  const cluster = new Cluster(node, nodes, seededTiming(random));
  for (const id of down) cluster.crash(id);
  let messages = 0;
  const applied = new Set<string>();
  const see = ({ sent = [], effects = [] }: Step) => {
    messages += sent.length;
    for (const effect of effects) {
      if (effect.type === 'apply' && effect.command.includes('=')) applied.add(`${effect.index}`);
    }
  };
  for (const step of runUntil(cluster, random, milliseconds, faults)) see(step);
  const terms = Math.max(...nodes.map((id) => cluster.stateOf(id).currentTerm ?? 0));
  return { terms, applied: applied.size, messages };
}

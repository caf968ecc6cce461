// Runs a scenario and writes down what happened: the trace.

import type { Property, Violation } from '../check/property.ts';
import { checkerOf, sightingOf } from '../check/property.ts';
import { Cluster } from '../cluster/cluster.ts';
import { randomFrom } from '../cluster/random.ts';
import { runUntil } from '../cluster/schedule.ts';
import type { NarratedStep } from '../cluster/script.ts';
import { Script } from '../cluster/script.ts';
import type { Step } from '../cluster/step.ts';
import { scriptedTiming, seededTiming } from '../cluster/timing.ts';
import { Log } from '../log/log.ts';
import type { NodeState, RaftNode } from '../node/contract.ts';
import type { Trace, TraceHeader } from '../trace/trace.ts';
import type { Chapter, Scenario, SeededScenario } from './scenario.ts';
import { nodeOf } from './scenario.ts';
import { traceStep } from './trace-step.ts';

export interface Recording {
  readonly trace: Trace;
  /** The first breach of a safety property, when there was one. */
  readonly violation: Violation | undefined;
}

/**
 * Records a scenario, driven by the chapter's node or by another implementation. The chapter's
 * properties are checked after every step. Throws ImpossibleAct when the script asks for what
 * cannot happen.
 */
export function record(
  chapter: Chapter,
  scenario: Scenario,
  node: RaftNode = nodeOf(chapter, scenario),
): Recording {
  const about: Omit<TraceHeader, 'initial' | 'steps'> = {
    format: 'raft-notebook-trace',
    version: 1,
    chapter: chapter.name,
    scenario: scenario.name,
    title: scenario.title,
    about: scenario.about,
    ...('seed' in scenario && { seed: scenario.seed }),
    ...(scenario.variant !== undefined && { variant: scenario.variant }),
    ...(scenario.start && { given: true }),
    ...(scenario.clockRates && { clockRates: { ...scenario.clockRates } }),
    nodes: [...scenario.nodes],
    outcome: scenario.outcome,
  };
  const { start, clockRates } = scenario;
  if ('script' in scenario) {
    const cluster = new Cluster(node, scenario.nodes, scriptedTiming, start, clockRates);
    return recordRun(about, cluster, chapter.properties, (onStep) =>
      scenario.script(new Script(cluster, onStep)),
    );
  }
  const random = randomFrom(scenario.seed);
  const cluster = new Cluster(node, scenario.nodes, seededTiming(random), start, clockRates);
  return recordRun(about, cluster, chapter.properties, (onStep) => {
    const narrate = narratorOf(scenario);
    for (const step of runUntil(cluster, random, scenario.milliseconds, scenario.faults)) {
      onStep(narrate(step));
    }
  });
}

/** Records one run of a fresh cluster that `drive` moves, handing on each step. */
export function recordRun(
  about: Omit<TraceHeader, 'initial' | 'steps'>,
  cluster: Cluster,
  properties: readonly Property[],
  drive: (onStep: (step: NarratedStep) => void) => void,
): Recording {
  const initial = Object.fromEntries(
    about.nodes.map((id) => [id, plainState(cluster.stateOf(id))]),
  );
  const steps: Trace['steps'][number][] = [];
  const check = checkerOf(properties);
  let violation: Violation | undefined;
  drive((step) => {
    const number = steps.length + 1;
    steps.push(traceStep(number, step));
    const sighting = sightingOf(number, step);
    if (sighting) violation ??= check(sighting);
  });
  const header = { ...about, initial, steps: steps.length };
  return { trace: { header, steps }, violation };
}

/** The state as a trace writes it: the log is plain. */
export const plainState = ({ log, ...state }: NodeState) => ({
  ...state,
  peers: [...state.peers],
  ...(log && { log: Log.of(log).toJSON() }),
});

/** Adds each piece of narration to the first step that fits it. */
function narratorOf({ narration = [] }: SeededScenario): (step: Step) => NarratedStep {
  const waiting = [...narration];
  return (step) => {
    const index = waiting.findIndex(({ at }) => at(step));
    const [found] = index < 0 ? [] : waiting.splice(index, 1);
    if (!found) return step;
    const { note, question } = found;
    return { ...step, ...(note !== undefined && { note }), ...(question && { question }) };
  };
}

// Runs a scenario and writes down what happened: the trace.

import type { Violation } from '../check/property.ts';
import { checkerOf } from '../check/property.ts';
import { Cluster } from '../cluster/cluster.ts';
import { randomFrom } from '../cluster/random.ts';
import { runUntil } from '../cluster/schedule.ts';
import type { NarratedStep } from '../cluster/script.ts';
import { Script } from '../cluster/script.ts';
import type { Step } from '../cluster/step.ts';
import { scriptedTiming, seededTiming } from '../cluster/timing.ts';
import type { RaftNode } from '../node/contract.ts';
import { changedFields } from '../rules/explain.ts';
import type { EffectRecord, Trace, TraceStep } from '../trace/trace.ts';
import type { Chapter, Scenario, SeededScenario } from './scenario.ts';

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
  node: RaftNode = chapter.node,
): Recording {
  const steps: TraceStep[] = [];
  const check = checkerOf(chapter.properties);
  let violation: Violation | undefined;
  const onStep = (step: NarratedStep) => {
    const line = traceStep(steps.length + 1, step);
    steps.push(line);
    if (step.node !== undefined && step.after) {
      violation ??= check({ step: line.step, node: step.node, state: step.after });
    }
  };

  const random = randomFrom('seed' in scenario ? scenario.seed : 0);
  const timing = 'seed' in scenario ? seededTiming(random) : scriptedTiming;
  const cluster = new Cluster(node, scenario.nodes, timing);
  const initial = Object.fromEntries(
    scenario.nodes.map((id) => [id, traceState(cluster.stateOf(id))]),
  );
  if ('seed' in scenario) {
    const narrate = narratorOf(scenario);
    for (const step of runUntil(cluster, random, scenario.milliseconds, scenario.faults)) {
      onStep(narrate(step));
    }
  } else {
    scenario.script(new Script(cluster, onStep));
  }

  const header: Trace['header'] = {
    format: 'raft-notebook-trace',
    version: 1,
    chapter: chapter.name,
    scenario: scenario.name,
    title: scenario.title,
    about: scenario.about,
    ...('seed' in scenario && { seed: scenario.seed }),
    nodes: [...scenario.nodes],
    outcome: scenario.outcome,
    initial,
    steps: steps.length,
  };
  return { trace: { header, steps }, violation };
}

/** One step of the world as a line of a trace. */
export function traceStep(number: number, step: NarratedStep): TraceStep {
  const { act, time, envelope, copy, node, event, before, after, fired, note, question } = step;
  return {
    step: number,
    time,
    act,
    ...(envelope && { message: envelope.id }),
    ...(copy && { copy: copy.id }),
    ...(node !== undefined && { node }),
    ...(event && { event: { ...event } }),
    ...(fired && { fired: fired.map((verdict) => ({ ...verdict })) }),
    ...(step.effects && { effects: traceEffects(step) }),
    ...(before && after && { changed: changedFields(before, after) }),
    ...(note !== undefined && { note }),
    ...(question && { question: { ...question } }),
  };
}

function traceEffects({ effects = [], sent = [] }: Step): EffectRecord[] {
  const envelopes = [...sent];
  return effects.map((effect) => {
    if (effect.type !== 'send') return effect;
    const envelope = envelopes.shift();
    if (!envelope) throw new Error('a message was sent without an envelope');
    const { id, lost } = envelope;
    return { type: 'send', id, message: { ...effect.message }, ...(lost && { lost: true }) };
  });
}

const traceState = (state: {
  id: string;
  peers: readonly string[];
  role: 'follower' | 'candidate' | 'leader';
}) => ({
  ...state,
  peers: [...state.peers],
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

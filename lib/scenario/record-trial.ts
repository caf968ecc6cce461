// Writes down one run of a trial, so that it can be stepped through like any other run.

import type { Property } from '../check/property.ts';
import type { RaftNode } from '../node/contract.ts';
import type { Trace, TraceStep } from '../trace/trace.ts';
import type { Trial } from '../trial/trial.ts';
import { plainState } from './record.ts';
import type { Chapter } from './scenario.ts';
import { mustHold } from './scenario.ts';
import { traceStep } from './trace-step.ts';

export interface TrialRecording {
  /** What went wrong, in words; undefined when nothing did. */
  readonly problem: string | undefined;
  /** The run up to its end, or to the step that broke a property or threw. */
  readonly trace: Trace;
}

/** Runs a trial with a seed and records it. An error of the node ends the run and is the problem. */
export function recordTrial(
  chapter: Chapter,
  trial: Trial,
  node: RaftNode,
  seed: number,
  properties: readonly Property[] = mustHold(chapter),
): TrialRecording {
  const nodes = [...trial.nodes(seed)];
  const initial: Record<string, ReturnType<typeof plainState>> = {};
  const noting: RaftNode = {
    init(id, peers, saved) {
      const state = node.init(id, peers, saved);
      initial[id] ??= plainState(state);
      return state;
    },
    step: (state, event) => node.step(state, event),
  };
  const steps: TraceStep[] = [];
  let problem: string | undefined;
  try {
    problem = trial.run(noting, seed, properties, (step) => {
      steps.push(traceStep(steps.length + 1, step));
    });
  } catch (error) {
    problem = error instanceof Error ? error.message : String(error);
  }
  const trace: Trace = {
    header: {
      format: 'raft-notebook-trace',
      version: 1,
      chapter: chapter.name,
      scenario: `${trial.name}-${seed}`,
      title: `${trial.title}, seed ${seed}`,
      about: trial.says,
      seed,
      nodes,
      outcome: { says: problem ?? 'Nothing went wrong.', nodes: {} },
      initial,
      steps: steps.length,
    },
    steps,
  };
  return { problem, trace };
}

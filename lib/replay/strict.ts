// Strict replay: feeds a trace's events to an implementation one by one and stops at the first step
// whose effects or changed fields differ from the recorded ones.

import type { Effect, NodeState, RaftNode } from '../node/contract.ts';
import { changedFields } from '../rules/explain.ts';
import type { RuleNode } from '../rules/node.ts';
import type { FieldDifference } from '../trace/canonical.ts';
import { differences } from '../trace/canonical.ts';
import type { Trace, TraceStep } from '../trace/trace.ts';
import { effectOf } from '../trace/trace.ts';
import { disksOf } from '../trace/disks.ts';
import type { Before, Diagnosis } from './diagnose.ts';
import { diagnose } from './diagnose.ts';
import { compareEffects } from './effects.ts';
import type { Habits } from './habits.ts';

/** The first step at which an implementation did something else than was recorded. */
export interface Mismatch {
  readonly trace: Trace['header'];
  /** The step; undefined when the nodes already start differently. */
  readonly step: TraceStep | undefined;
  readonly node: string;
  /** The state in which the step found the node. */
  readonly before?: NodeState;
  /** Recorded effects that did not happen, and effects that were not recorded. */
  readonly missing: readonly Effect[];
  readonly extra: readonly Effect[];
  readonly fields: readonly FieldDifference[];
  /** What the implementation threw, when it did. */
  readonly threw?: string;
  readonly diagnosis?: Diagnosis;
}

/**
 * Replays a trace strictly. The order of effects does not matter, nor do fields that the recorded
 * states lack. `reference` is the node that knows the rules; it explains a mismatch, the better when it is given the
 * habits of its rules.
 */
export function replayStrict(
  trace: Trace,
  implementation: RaftNode,
  reference: RuleNode,
  habits?: () => Habits,
): Mismatch | undefined {
  const { header, steps } = trace;
  const states = new Map<string, NodeState>();
  const expectedStates = new Map<string, NodeState>();
  const history: Before[] = [];
  const disks = disksOf(trace);
  const start = (node: string, step?: TraceStep): Mismatch | undefined => {
    const was = expectedStates.get(node);
    const initial = step && was ? { ...was, ...step.changed } : header.initial[node];
    if (!initial) throw new Error(`the trace has no initial state for ${node}`);
    const peers = header.nodes.filter((other) => other !== node);
    const given = header.given && !step ? initial : {};
    const saved = step && disks[step.step - 1]?.[node]?.synced;
    const attempt = attempting(() =>
      saved
        ? implementation.init(node, peers, saved)
        : { ...implementation.init(node, peers), ...given },
    );
    if ('threw' in attempt) return mismatch(step, node, { threw: attempt.threw });
    states.set(node, attempt.value);
    expectedStates.set(node, initial);
    const fields = differences(initial, attempt.value);
    return fields.length > 0 ? mismatch(step, node, { fields }) : undefined;
  };
  const mismatch = (step: TraceStep | undefined, node: string, found: Partial<Mismatch>) => ({
    trace: header,
    step,
    node,
    ...beforeIn(expectedStates, node),
    missing: [],
    extra: [],
    fields: [],
    ...found,
  });

  for (const node of header.nodes) {
    const found = start(node);
    if (found) return found;
  }
  for (const step of steps) {
    if (step.act.type === 'restart') {
      const found = start(step.act.node, step);
      if (found) return found;
    }
    const { node, event } = step;
    if (node === undefined || !event) continue;
    const [before, wasExpected] = [states.get(node), expectedStates.get(node)];
    if (!before || !wasExpected) throw new Error(`the trace has no state for ${node}`);

    const crashAfter = 'crashAfter' in step.act ? step.act.crashAfter : undefined;
    const asked = { state: wasExpected, event, ...(crashAfter !== undefined && { crashAfter }) };
    const attempt = attempting(() => implementation.step(before, event));
    const expectedEffects = (step.effects ?? []).map(effectOf);
    const expectedState = { ...wasExpected, ...step.changed };
    if ('threw' in attempt) {
      const diagnosis = diagnose(reference, asked, undefined);
      const found = { threw: attempt.threw, missing: expectedEffects };
      return mismatch(step, node, { ...found, ...(diagnosis && { diagnosis }) });
    }
    const effects = attempt.value.effects.slice(0, crashAfter);
    // The memory of a node that crashes in the middle is gone, whatever it was.
    const state = crashAfter === undefined ? attempt.value.state : expectedState;
    const [missing, extra] = compareEffects(expectedEffects, effects);
    const fields = differences(expectedState, state);
    if (missing.length + extra.length + fields.length > 0) {
      const changed = Object.fromEntries(
        Object.entries(changedFields(wasExpected, state)).filter(([field]) => field in wasExpected),
      );
      const done = { effects, changed: crashAfter === undefined ? changed : {} };
      const diagnosis = diagnose(reference, asked, done, history, habits?.());
      return mismatch(step, node, { missing, extra, fields, ...(diagnosis && { diagnosis }) });
    }
    states.set(node, state);
    expectedStates.set(node, expectedState);
    const changed = crashAfter === undefined ? (step.changed ?? {}) : {};
    history.push({ ...asked, done: { effects: expectedEffects, changed } });
  }
  return undefined;
}

function beforeIn(states: ReadonlyMap<string, NodeState>, node: string): { before?: NodeState } {
  const before = states.get(node);
  return before ? { before } : {};
}

function attempting<T>(run: () => T): { value: T } | { threw: string } {
  try {
    return { value: run() };
  } catch (error) {
    return { threw: error instanceof Error ? error.message : String(error) };
  }
}

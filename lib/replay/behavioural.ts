// Behavioural replay: a trace's schedule drives a cluster made only of the implementation under
// test, with its own messages. The safety properties must hold and the outcome must be reached.

import type { Property, Violation } from '../check/property.ts';
import { Cluster } from '../cluster/cluster.ts';
import { perform } from '../cluster/script.ts';
import { ImpossibleAct } from '../cluster/network.ts';
import { scriptedTiming } from '../cluster/timing.ts';
import type { RaftNode } from '../node/contract.ts';
import { recordRun } from '../scenario/record.ts';
import type { FieldDifference } from '../trace/canonical.ts';
import { differences } from '../trace/canonical.ts';
import type { Trace, TraceStep } from '../trace/trace.ts';
import { statesOf } from '../trace/trace.ts';

export interface Behaviour {
  /** The implementation's own run under this schedule. */
  readonly trace: Trace;
  readonly violation: Violation | undefined;
  /** The fields of the outcome that were not reached, by node. */
  readonly unreached: readonly (FieldDifference & { readonly node: string })[];
  /** Acts of the schedule that this implementation gave no occasion for. */
  readonly skipped: readonly TraceStep[];
}

/** Replays the schedule of a trace. An error thrown by the implementation is passed on. */
export function replayBehaviour(
  { header, steps }: Trace,
  implementation: RaftNode,
  properties: readonly Property[],
): Behaviour {
  const skipped: TraceStep[] = [];
  const start = header.given ? header.initial : {};
  const cluster = new Cluster(implementation, header.nodes, scriptedTiming, start);
  const { trace, violation } = recordRun(header, cluster, properties, (onStep) => {
    for (const step of steps) {
      try {
        onStep(perform(cluster, step.act));
      } catch (error) {
        if (!(error instanceof ImpossibleAct)) throw error;
        skipped.push(step);
      }
    }
  });
  return { trace, violation, unreached: unreachedBy(trace), skipped };
}

/** The fields of a trace's outcome that its last states do not show. */
export function unreachedBy(trace: Trace): Behaviour['unreached'] {
  const last = statesOf(trace).at(-1) ?? {};
  return Object.entries(trace.header.outcome.nodes).flatMap(([node, fields]) =>
    differences(fields, last[node] ?? {}).map((difference) => ({ node, ...difference })),
  );
}

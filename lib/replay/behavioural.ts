// Behavioural replay: a trace's schedule drives a cluster made only of the implementation under
// test, with its own messages. The safety properties must hold and the outcome must be reached.

import type { Property, Violation } from '../check/property.ts';
import { Cluster } from '../cluster/cluster.ts';
import { perform } from '../cluster/script.ts';
import { ImpossibleAct } from '../cluster/network.ts';
import type { Step } from '../cluster/step.ts';
import { scriptedTiming } from '../cluster/timing.ts';
import { Log } from '../log/log.ts';
import { noOp } from '../machine/key-value.ts';
import type { NodeState, RaftNode } from '../node/contract.ts';
import { recordRun } from '../scenario/record.ts';
import type { FieldDifference } from '../trace/canonical.ts';
import { differences } from '../trace/canonical.ts';
import type { Outcome, States, Trace, TraceStep } from '../trace/trace.ts';
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
  const expected = statesOf({ header, steps }).at(-1) ?? {};
  const start = header.given ? header.initial : {};
  const { nodes, clockRates } = header;
  const cluster = new Cluster(implementation, nodes, scriptedTiming, start, clockRates);
  const { trace, violation } = recordRun(header, cluster, properties, (onStep) => {
    for (const step of steps) {
      try {
        onStep(perform(cluster, step.act));
      } catch (error) {
        if (!(error instanceof ImpossibleAct)) throw error;
        skipped.push(step);
      }
    }
    const missing = () => unreachedIn(expected, header.outcome, (node) => cluster.stateOf(node));
    for (let round = 0; round < settlingRounds && missing().length > 0; round++) {
      for (const step of settle(cluster)) onStep(step);
    }
  });
  const last = statesOf(trace).at(-1) ?? {};
  const unreached = unreachedIn(expected, header.outcome, (node) => last[node] ?? {});
  return { trace, violation, unreached, skipped };
}

/** A variant may need more messages to get to the same place; this many rounds are enough. */
export const settlingRounds = 12;

/** What comes of itself: every message arrives that can, and each leader repeats its heartbeat. */
export function* settle(cluster: Cluster): Generator<Step> {
  for (const envelope of [...cluster.inFlight]) {
    const { from, to } = envelope.message;
    const arrives = cluster.isUp(to) && cluster.connected(from, to);
    yield arrives ? cluster.deliver(envelope) : cluster.drop(envelope);
  }
  for (const node of cluster.nodes) {
    const leads = cluster.isUp(node) && cluster.stateOf(node).role === 'leader';
    if (leads && cluster.timerDue(node, 'heartbeat') !== undefined) {
      yield cluster.timeout(node, 'heartbeat');
    }
  }
}

/**
 * The fields of the outcome that are not reached. A log counts by its commands, and so do the
 * indexes into it: whether a leader begins its term with a no-op is left open (§8).
 */
function unreachedIn(
  recorded: States,
  { nodes }: Outcome,
  stateOf: (node: string) => object,
): Behaviour['unreached'] {
  return Object.keys(nodes).flatMap((node) => {
    const fields = Object.keys(nodes[node] ?? {});
    const expected = withoutNoOps(recorded[node] ?? {});
    const wanted = Object.fromEntries(
      Object.entries({ ...nodes[node], ...expected }).filter(([field]) => fields.includes(field)),
    );
    return differences(wanted, { ...stateOf(node), ...withoutNoOps(stateOf(node)) }).map(
      (difference) => ({ node, ...difference }),
    );
  });
}

/** The log and the indexes into it, as if there were no no-ops. */
function withoutNoOps(
  state: object,
): Partial<Pick<NodeState, 'log' | 'commitIndex' | 'lastApplied'>> {
  const { log, commitIndex, lastApplied }: Partial<NodeState> = state;
  if (log === undefined) return {};
  const entries = Log.of(log).entriesFrom(1);
  const commands = (upTo: number) =>
    entries.slice(0, upTo).filter(({ command }) => command !== noOp);
  return {
    log: commands(entries.length),
    ...(commitIndex !== undefined && { commitIndex: commands(commitIndex).length }),
    ...(lastApplied !== undefined && { lastApplied: commands(lastApplied).length }),
  };
}

/** The fields of a trace's outcome that its last states do not show. */
export function unreachedBy(trace: Trace): Behaviour['unreached'] {
  const last = statesOf(trace).at(-1) ?? {};
  return Object.entries(trace.header.outcome.nodes).flatMap(([node, fields]) =>
    differences(fields, last[node] ?? {}).map((difference) => ({ node, ...difference })),
  );
}

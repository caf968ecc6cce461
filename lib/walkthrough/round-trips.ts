// How many round trips a new leader needs until each follower holds its log.

import type { Trace } from '../trace/trace.ts';
import { statesOf } from '../trace/trace.ts';
import { Log } from '../log/log.ts';

/**
 * For each follower of the first leader of a run: how many AppendEntries it received until, after
 * one of them, its log held the whole log with which the leader was elected. Undefined for a
 * follower that never got there. Throws when nobody leads.
 */
export function roundTripsOf(trace: Trace): ReadonlyMap<string, number | undefined> {
  const states = statesOf(trace);
  const { steps, header } = trace;
  const elected = steps.find(({ changed }) => changed?.role === 'leader');
  if (!elected?.node) throw new Error(`nobody leads in ${header.chapter}/${header.scenario}`);
  const { node: leader, step: first } = elected;
  const goal = Log.of(states[first]?.[leader]?.log ?? []);
  return new Map(
    header.nodes
      .filter((node) => node !== leader)
      .map((node) => {
        const received = steps.filter(
          ({ step, node: receiver, event }) =>
            step > first && receiver === node && event?.type === 'AppendEntries',
        );
        const last = received.findIndex(({ step }) => {
          const log = Log.of(states[step]?.[node]?.log ?? []);
          return log.firstDifference(goal) > goal.lastIndex;
        });
        return [node, last < 0 ? undefined : last + 1];
      }),
  );
}

// What is on the disks of a run, and where that is worth telling: on a node that is down, and where it is not what the
// node has in memory.

import { Log } from '../log/log.ts';
import type { Disk } from '../node/disk.ts';
import { afterCrash, afterWrite, diskOf } from '../node/disk.ts';
import { sameContent } from './canonical.ts';
import type { States, Trace, TraceStep } from './trace.ts';
import { crashesIn } from './trace.ts';

/** The disk of every node, by name. */
export type Disks = Readonly<Record<string, Disk>>;

/** What is on the disks before the first step, then after each step. */
export function disksOf({ header, steps }: Trace): Disks[] {
  let now: Disks = Object.fromEntries(
    header.nodes.map((node) => [node, diskOf(header.initial[node] ?? {})]),
  );
  const all = [now];
  for (const step of steps) {
    const { node } = step;
    const before = node === undefined ? undefined : now[node];
    const after = before && afterStep(before, step);
    if (node !== undefined && after && after !== before) now = { ...now, [node]: after };
    all.push(now);
  }
  return all;
}

/** The disk of a node after a step of its own. Throws when that writes what cannot be written. */
export function afterStep(before: Disk, step: TraceStep): Disk {
  let disk = before;
  for (const effect of step.effects ?? []) {
    if (effect.type === 'persist') disk = afterWrite(disk, effect);
  }
  return crashesIn(step) ? afterCrash(disk) : disk;
}

/** True when some node of the run writes to its disk. */
export const hasDisks = ({ steps }: Trace): boolean =>
  steps.some(({ effects = [] }) => effects.some(({ type }) => type === 'persist'));

/** What the disk of a node holds that the state of the node does not show. */
export interface DiskFact {
  readonly node: string;
  readonly isDown: boolean;
  readonly fields: readonly (readonly [field: string, value: unknown])[];
}

/** All that is on the disk of a node that is down, and what differs from the memory of the others. */
export function diskFacts(disks: Disks, states: States, down: ReadonlySet<string>): DiskFact[] {
  return Object.entries(disks).flatMap(([node, { synced }]) => {
    const isDown = down.has(node);
    const fields = Object.entries(synced)
      .map(([field, value]: [string, unknown]) => [field, plain(value)] as const)
      .filter(([field, value]) => isDown || !sameContent(value, states[node]?.[field]));
    return fields.length > 0 ? [{ node, isDown, fields }] : [];
  });
}

/** A log as the list that it is in a trace. */
const plain = (value: unknown): unknown => (value instanceof Log ? value.toJSON() : value);

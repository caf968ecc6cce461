// The marks on the lifelines: a numbered circle for each event of a node, wider when it names a new
// role, term or commit index.

import type { NodeRecord, Trace } from '../../trace/trace.ts';
import { statesOf } from '../../trace/trace.ts';
import type { Box } from './geometry.ts';
import type { Layout } from './layout.ts';
import { sayChange, widthOf } from './words.ts';

export interface Marker {
  readonly step: number;
  readonly node: string;
  readonly box: Box;
  /** The role of the node after the step. */
  readonly role: NodeRecord['role'];
  /** True when the node writes to its disk. */
  readonly writes: boolean;
  /** The new role, term or commit index, when the step brings one. */
  readonly label?: string;
}

export const circle = 20;
export const smallCircle = 15;

/** A marker for every step in which something happens to a node, by step. */
export function markersOf(trace: Trace, layout: Layout): ReadonlyMap<number, Marker> {
  const states = statesOf(trace);
  const markers = new Map<number, Marker>();
  for (const { step, node, effects = [] } of trace.steps) {
    const before = node === undefined ? undefined : states[step - 1]?.[node];
    const after = node === undefined ? undefined : states[step]?.[node];
    if (node === undefined || !before || !after) continue;
    const label = sayChange(before, after);
    const height = layout.isSmall(step) ? smallCircle : circle;
    const half = label === undefined ? height / 2 : (widthOf(label) + height + 14) / 2;
    const [x, y] = [layout.x(node), layout.y(step)];
    const box = { left: x - half, top: y - height / 2, right: x + half, bottom: y + height / 2 };
    const writes = effects.some(({ type }) => type === 'persist');
    const what = { step, node, box, role: after.role, writes };
    markers.set(step, label === undefined ? what : { ...what, label });
  }
  return markers;
}

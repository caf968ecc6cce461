// Where things are in a diagram: a column for each node, a row for each step.

import type { Trace } from '../../trace/trace.ts';
import { quietSpans } from '../quiet.ts';

export interface Layout {
  readonly nodes: readonly string[];
  readonly width: number;
  /** Without the key, which comes below. */
  readonly height: number;
  /** Where the lifelines begin and end. */
  readonly top: number;
  readonly bottom: number;
  /** The right edge of the gutter that holds step numbers and times. */
  readonly gutter: number;
  readonly column: number;
  x(node: string): number;
  y(step: number): number;
  /** True for a step that is drawn small. */
  isSmall(step: number): boolean;
}

export const rowHeight = 42;
const smallRowHeight = 26;
const gutter = 76;
const sides = { left: 122, right: 118 };
const header = 74;
const footer = 58;

/** Lays out the diagram of a trace. */
export function layoutOf(trace: Trace): Layout {
  const { nodes } = trace.header;
  const column = columnOf(nodes.length);
  const small = smallSteps(trace);
  const rows: number[] = [];
  let y = header + rowHeight / 2;
  let last = y;
  for (const { step } of trace.steps) {
    if (small.has(step) && small.has(step - 1)) y += smallRowHeight - rowHeight;
    rows.push(y);
    last = y;
    y += rowHeight;
  }
  const bottom = last + rowHeight + 10;
  return {
    nodes,
    width: gutter + sides.left + column * (nodes.length - 1) + sides.right,
    height: bottom + footer,
    top: header,
    bottom,
    gutter,
    column,
    x: (node) => gutter + sides.left + column * nodes.indexOf(node),
    y: (step) => rows[step - 1] ?? last,
    isSmall: (step) => small.has(step),
  };
}

const columnOf = (nodes: number) =>
  nodes <= 2 ? 280 : nodes === 3 ? 240 : nodes === 4 ? 190 : 162;

/** The steps that lead up to what the run shows, and heartbeats that change nothing. */
function smallSteps(trace: Trace): ReadonlySet<number> {
  const { steps } = trace;
  const prologue = steps.filter((step) => step.prologue).map(({ step }) => step);
  const quiet = quietSpans(trace).flatMap(({ first, last }) =>
    Array.from({ length: last - first + 1 }, (_, index) => first + index),
  );
  return new Set([...prologue, ...quiet]);
}

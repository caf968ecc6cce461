// The lifelines: thin for a follower, hollow for a candidate (dashed before it stands), solid for a
// leader, dotted while down.

import type { NodeRecord, Trace } from '../../trace/trace.ts';
import { downOf, statesOf } from '../../trace/trace.ts';
import type { Point } from './geometry.ts';
import type { Layout } from './layout.ts';
import { cutLinksOf, isWalled } from './links.ts';
import { element, textElement } from './svg.ts';
import { sayRole } from './words.ts';

const barWidth = 8;

/** What a lifeline looks like: a role, or the node is down. */
export type Look = NodeRecord['role'] | 'down';

/** How each node looks, before the first step and then after each step. */
export function looksOf(trace: Trace): readonly Readonly<Record<string, Look>>[] {
  const down = downOf(trace);
  return statesOf(trace).map((states, step) =>
    Object.fromEntries(
      Object.entries(states).map(([node, { role }]) => [
        node,
        down[step]?.has(node) ? 'down' : role,
      ]),
    ),
  );
}

/** The names on top, the lifelines, and the names with the final roles at the bottom. */
export function drawLifelines(trace: Trace, layout: Layout): string[] {
  const looks = looksOf(trace);
  const states = statesOf(trace);
  const name = (node: string, y: number, at: 0 | -1) =>
    drawName({ x: layout.x(node), y }, node, states.at(at)?.[node], looks.at(at)?.[node]);
  return layout.nodes.flatMap((node) => [
    ...stretches(looks.map((look) => look[node] ?? 'follower')).map(({ value, first, last }) =>
      drawStretch(value, layout.x(node), edge(layout, first), edge(layout, last)),
    ),
    ...name(node, layout.top - 32, 0),
    ...name(node, layout.bottom + 16, -1),
  ]);
}

/** One stretch of a lifeline. */
export function drawStretch(look: Look, x: number, y1: number, y2: number): string {
  const style = styleFor(look);
  if (style === 'follower' || style === 'down') {
    return element('path', { class: style, d: `M${x},${y1} V${y2}` });
  }
  const place = { x: x - barWidth / 2, y: y1, width: barWidth, height: y2 - y1 };
  return element('rect', { class: style, ...place });
}

/** How a role of Paxos is drawn: like the one of Raft that is as far. */
export const styleFor = (look: Look): Look =>
  look === 'acceptor'
    ? 'follower'
    : look === 'preparing'
      ? 'candidate'
      : look === 'proposing'
        ? 'leader'
        : look;

/** The shaded part of the run in which links are cut, and the walls between lifelines. */
export function drawBands(trace: Trace, layout: Layout): string[] {
  const cut = cutLinksOf(trace);
  const { width, gutter } = layout;
  const bands = stretches(cut.map((links) => links.size > 0)).filter(({ value }) => value);
  const drawn = bands.flatMap(({ first, last }) => {
    const [top, bottom] = [edge(layout, first), edge(layout, last)];
    const size = { x: gutter, y: top, width: width - gutter - 1, height: bottom - top };
    return [element('rect', { class: 'band', ...size })];
  });
  const borders = trace.steps
    .filter(({ act }) => act.type === 'partition' || act.type === 'cut' || act.type === 'heal')
    .map(({ step }) =>
      element('path', { class: 'border', d: `M${gutter},${layout.y(step)} H${width - 1}` }),
    );
  const walls = layout.nodes.slice(1).flatMap((node, index) => {
    const before = layout.nodes[index] ?? node;
    const x = (layout.x(before) + layout.x(node)) / 2;
    return stretches(cut.map((links) => isWalled(links, before, node)))
      .filter(({ value }) => value)
      .map(({ first, last }) => {
        const d = `M${x},${edge(layout, first)} V${edge(layout, last)}`;
        return element('path', { class: 'border', d });
      });
  });
  return [...drawn, ...borders, ...walls];
}

/** Where a band of cut links begins and ends, in pixels from the top. */
export function bandsOf(trace: Trace, layout: Layout): { top: number; bottom: number }[] {
  return stretches(cutLinksOf(trace).map((links) => links.size > 0))
    .filter(({ value }) => value)
    .map(({ first, last }) => ({ top: edge(layout, first), bottom: edge(layout, last) }));
}

interface Stretch<T> {
  readonly value: T;
  /** The step that began it; 0 is the start. */
  readonly first: number;
  /** The step that ended it; undefined when the run did. */
  readonly last: number | undefined;
}

/** Groups equal neighbours of a list with a value for the start and for each step. */
function stretches<T>(values: readonly T[]): Stretch<T>[] {
  const starts = values.flatMap((value, step) =>
    step === 0 || value !== values[step - 1] ? [{ value, first: step }] : [],
  );
  return starts.map((start, index) => ({ ...start, last: starts[index + 1]?.first }));
}

const edge = ({ top, bottom, y }: Layout, step: number | undefined) =>
  step === 0 ? top : step === undefined ? bottom : y(step);

function drawName(
  { x, y }: Point,
  node: string,
  state: NodeRecord | undefined,
  look: Look | undefined,
): string[] {
  const says = look === 'down' ? look : state ? sayRole(state) : '';
  return [
    element('rect', { class: 'box', x: x - 19, y: y - 16, width: 38, height: 28, rx: 6 }),
    textElement('text', { class: 'name', x, y: y + 3.5, 'text-anchor': 'middle' }, node),
    textElement('text', { class: 'time', x, y: y + 26, 'text-anchor': 'middle' }, says),
  ];
}

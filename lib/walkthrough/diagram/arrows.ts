// The lines of the messages: from the step that sent each one to the step that received it, or to
// the place where it was lost.

import type { Trace } from '../../trace/trace.ts';
import type { Journey } from '../journeys.ts';
import { journeysOf } from '../journeys.ts';
import type { Box, Curve, Point } from './geometry.ts';
import {
  boxAt,
  curveBetween,
  distance,
  grown,
  lengthInside,
  lineAlong,
  pointAtHeight,
  pointOn,
} from './geometry.ts';
import type { Layout } from './layout.ts';
import { rowHeight } from './layout.ts';
import { cutLinksOf, isWalled } from './links.ts';
import type { Marker } from './markers.ts';

export interface Arrow {
  readonly journey: Journey;
  readonly curve: Curve;
  /** 1 when the message goes to the right, -1 to the left. */
  readonly direction: 1 | -1;
}

/** A line for every message of the trace, in the order of their ids. */
export function arrowsOf(
  trace: Trace,
  layout: Layout,
  markers: ReadonlyMap<number, Marker>,
): readonly Arrow[] {
  const journeys = journeysOf(trace);
  const cut = cutLinksOf(trace);
  const arrows = new Map<number, Arrow>();
  for (const journey of journeys) {
    const { from: sender, to: receiver } = journey.message;
    const direction = layout.x(sender) < layout.x(receiver) ? 1 : -1;
    const from = startOf(journey, direction);
    const arrow = { journey, direction, curve: curveTo(journey, direction, from) } as const;
    arrows.set(journey.id, arrow);
  }
  return [...arrows.values()];

  /** The side of the sender's marker; a copy starts where its original is at that moment. */
  function startOf({ message, sentAt, copyOf }: Journey, direction: 1 | -1): Point {
    const original = copyOf === undefined ? undefined : arrows.get(copyOf);
    if (original) return pointAtHeight(original.curve, layout.y(sentAt));
    return sideOf(sentAt, -direction, message.from);
  }

  function curveTo(journey: Journey, direction: 1 | -1, from: Point): Curve {
    const { message, sentAt, end } = journey;
    switch (end.type) {
      case 'received': {
        const to = sideOf(end.step, direction, message.to);
        return clearCurve(from, to, [sentAt, end.step]);
      }
      case 'dropped': {
        const to = { x: between(from.x, layout.x(message.to), 0.6), y: layout.y(end.step) };
        return clearCurve(from, to, [sentAt]);
      }
      case 'cut':
      case 'in flight':
        return curveBetween(from, stubEnd(journey, direction, from));
    }
  }

  /** The point where a line meets a marker that it reaches in this direction. */
  function sideOf(step: number, direction: number, node: string): Point {
    const box = markers.get(step)?.box;
    const x = box && (direction > 0 ? box.left : box.right);
    return { x: x ?? layout.x(node), y: layout.y(step) };
  }

  /** A curve that keeps clear of the markers of other steps, as straight as it can be. */
  function clearCurve(from: Point, to: Point, own: readonly number[]): Curve {
    const others = [...markers.values()]
      .filter(({ step }) => !own.includes(step))
      .map(({ box }) => grown(box, 4))
      .filter((box) => box.bottom >= from.y && box.top <= to.y);
    const costOf = (curve: Curve, bow: number) => {
      // A message never goes back in time.
      if (curve.control.y < from.y || curve.control.y > to.y) return Infinity;
      const line = lineAlong(curve);
      const hit = others.reduce((sum, box) => sum + lengthInside(line, box), 0);
      return hit * 10 + Math.abs(bow);
    };
    const straight = curveBetween(from, to);
    let best = { curve: straight, cost: costOf(straight, 0) };
    for (const bow of bows) {
      for (const peak of peaks) {
        const curve = curveBetween(from, to, bow, peak);
        if (Math.abs(bow) >= best.cost) return best.curve;
        const cost = costOf(curve, bow);
        if (cost < best.cost) best = { curve, cost };
      }
    }
    return best.curve;
  }

  /** Where the short line of a message ends that reached nobody; siblings fan out. */
  function stubEnd(journey: Journey, direction: 1 | -1, from: Point): Point {
    const siblings = journeys.filter((other) => isSibling(other, journey, direction));
    const place = siblings.indexOf(journey);
    const wall = journey.end.type === 'cut' ? wallX(journey, direction) : undefined;
    const x = wall ?? from.x + direction * stubLength;
    const copied = journeys.find(({ copyOf }) => copyOf === journey.id);
    if (copied) return { x, y: layout.y(copied.sentAt) + rowHeight / 2 };
    return { x, y: from.y + 9 + Math.min(12, 26 / siblings.length) * place };
  }

  function isSibling(other: Journey, journey: Journey, direction: 1 | -1): boolean {
    const right = layout.x(other.message.from) < layout.x(other.message.to);
    return (
      other.sentAt === journey.sentAt &&
      other.end.type === journey.end.type &&
      other.message.type === journey.message.type &&
      right === direction > 0
    );
  }

  /** The first wall on the way of a message, when there is one. */
  function wallX({ message: { from }, sentAt }: Journey, direction: 1 | -1): number | undefined {
    const { nodes, column } = layout;
    const links = cut[sentAt] ?? new Set();
    for (let index = nodes.indexOf(from); nodes[index + direction]; index += direction) {
      const [here, next] = [nodes[index], nodes[index + direction]];
      if (here === undefined || next === undefined) break;
      if (isWalled(links, here, next)) return layout.x(here) + (direction * column) / 2;
    }
    return undefined;
  }
}

/** The room that the head of an arrow takes, or its cross. */
export function tipBox({ journey, curve }: Arrow): Box {
  if (journey.end.type !== 'received') return boxAt(curve.to, 12, 12);
  const length = Math.max(distance(curve.from, curve.to), 1);
  return boxAt(pointOn(curve, 1 - 5 / length), 10, 10);
}

/** How long the line of a message is drawn that is still in flight at the end. */
const stubLength = 56;

/** How far a line may leave the straight way, and where. The first of equally good ones is taken. */
const bows = [6, 9, 12, 15, 19, 24, 30, 38, 48].flatMap((bow) => [-bow, bow]);
const peaks = [0.5, 0.25, 0.75];

const between = (from: number, to: number, part: number) => from + part * (to - from);

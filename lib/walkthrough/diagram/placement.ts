// Finds a place for each caption where it hides as little as possible.

import type { Box, Line } from './geometry.ts';
import { grown, lengthInside, sharedArea } from './geometry.ts';

/** Which end of its box a text begins from. */
export type Anchor = 'start' | 'end';

/** A place where a caption could go; a higher cost makes it less welcome. */
export interface Place {
  readonly box: Box;
  readonly anchor: Anchor;
  readonly cost: number;
}

/** What captions should keep clear of. */
export interface Surroundings {
  readonly canvas: Box;
  readonly boxes: readonly Box[];
  readonly lines: readonly Line[];
  /** How far to the right each lifeline is. A word across one is hard to read. */
  readonly lifelines: readonly number[];
}

/** Chooses a place for each caption in turn; those placed are in the way of those that follow. */
export function placeAll<T>(
  captions: readonly { readonly of: T; readonly places: readonly Place[] }[],
  { canvas, boxes, lines, lifelines }: Surroundings,
): readonly { readonly of: T; readonly place: Place }[] {
  const taken = [...boxes];
  return captions.map(({ of, places }) => {
    const costOf = ({ box, cost }: Place) => {
      const area = (box.right - box.left) * (box.bottom - box.top);
      const outside = area - sharedArea(box, canvas);
      const hidden = taken.reduce((sum, other) => sum + sharedArea(grown(box, 1), other), 0);
      const crossed = lines.reduce((sum, line) => sum + lengthInside(line, box), 0);
      const under = lifelines.filter((x) => box.left <= x && x <= box.right);
      const lifeline = under.length * (box.bottom - box.top);
      return cost + 100 * outside + 10 * hidden + crossed + 5 * lifeline;
    };
    const priced = places.map((place) => ({ place, cost: costOf(place) }));
    const best = priced.reduce((best, each) => (each.cost < best.cost ? each : best));
    taken.push(best.place.box);
    return { of, place: best.place };
  });
}

/** The places around a box for a text of this size; `side` is the welcome one, 1 the right. */
export function placesAround(box: Box, width: number, height: number, side: 1 | -1): Place[] {
  const gap = 5;
  const middle = (box.top + box.bottom) / 2;
  const beside = (direction: 1 | -1, shift: number): Place => {
    const left = direction > 0 ? box.right + gap : box.left - gap - width;
    const top = middle + shift - height / 2;
    return {
      box: { left, top, right: left + width, bottom: top + height },
      anchor: direction > 0 ? 'start' : 'end',
      cost: (direction === side ? 0 : 8) + Math.abs(shift) / 2,
    };
  };
  const shifts = [0, -8, 8, -15, 15, -24, 24];
  const centre = (box.left + box.right) / 2;
  /** Above or below the box, but still to one side of its middle. */
  const corner = (direction: 1 | -1, top: number): Place => {
    const left = direction > 0 ? centre + 2 * gap : centre - 2 * gap - width;
    return {
      box: { left, top, right: left + width, bottom: top + height },
      anchor: direction > 0 ? 'start' : 'end',
      cost: direction === side ? 10 : 14,
    };
  };
  const other = side > 0 ? -1 : 1;
  return [
    ...shifts.map((shift) => beside(side, shift)),
    ...shifts.map((shift) => beside(other, shift)),
    ...[box.bottom + 1, box.top - 1 - height].flatMap((top) => [
      corner(side, top),
      corner(other, top),
    ]),
  ];
}

// Points, boxes and curves of a diagram, and how much of one lies on another.

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** A quadratic curve; straight when the control point lies on the line between its ends. */
export interface Curve {
  readonly from: Point;
  readonly control: Point;
  readonly to: Point;
}

export const boxAt = ({ x, y }: Point, width: number, height: number): Box => ({
  left: x - width / 2,
  top: y - height / 2,
  right: x + width / 2,
  bottom: y + height / 2,
});

export const centreOf = ({ left, top, right, bottom }: Box): Point => ({
  x: (left + right) / 2,
  y: (top + bottom) / 2,
});

export const grown = ({ left, top, right, bottom }: Box, by: number): Box => ({
  left: left - by,
  top: top - by,
  right: right + by,
  bottom: bottom + by,
});

/** The area that two boxes share. */
export function sharedArea(one: Box, other: Box): number {
  const width = Math.min(one.right, other.right) - Math.max(one.left, other.left);
  const height = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
  return width > 0 && height > 0 ? width * height : 0;
}

/**
 * The curve from one point to another that leaves the straight line by `bow` to the side; `peak` is
 * the part of the way at which its control point lies.
 */
export function curveBetween(from: Point, to: Point, bow = 0, peak = 0.5): Curve {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const reach = (2 * bow) / Math.max(distance(from, to), 1);
  return {
    from,
    control: { x: from.x + peak * dx - reach * dy, y: from.y + peak * dy + reach * dx },
    to,
  };
}

/** The point at a part of the curve, from 0 (its start) to 1 (its end). */
export function pointOn({ from, control, to }: Curve, part: number): Point {
  const rest = 1 - part;
  const [a, b, c] = [rest * rest, 2 * rest * part, part * part];
  return { x: a * from.x + b * control.x + c * to.x, y: a * from.y + b * control.y + c * to.y };
}

const sampleCount = 60;

/** Points along a curve, close enough to stand for it, and the box around them. */
export interface Line {
  readonly points: readonly Point[];
  readonly box: Box;
}

export function lineAlong(curve: Curve): Line {
  const points = Array.from({ length: sampleCount + 1 }, (_, index) =>
    pointOn(curve, index / sampleCount),
  );
  return { points, box: boxAround(points) };
}

/** The smallest box that holds all points. */
export function boxAround(points: readonly Point[]): Box {
  const box = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
  for (const { x, y } of points) {
    box.left = Math.min(box.left, x);
    box.top = Math.min(box.top, y);
    box.right = Math.max(box.right, x);
    box.bottom = Math.max(box.bottom, y);
  }
  return box;
}

/** The first point of the curve that is as low as `y`; its end when none is. */
export function pointAtHeight(curve: Curve, y: number): Point {
  const found = lineAlong(curve).points.find((point) => point.y >= y);
  return found ? { x: found.x, y } : curve.to;
}

/** How much of a line lies in a box. */
export function lengthInside({ points, box: around }: Line, box: Box): number {
  if (around.left > box.right || around.right < box.left) return 0;
  if (around.top > box.bottom || around.bottom < box.top) return 0;
  let length = 0;
  points.forEach((point, index) => {
    const previous = points[index - 1];
    if (previous && isInside(point, box)) length += distance(previous, point);
  });
  return length;
}

export const distance = (one: Point, other: Point) =>
  Math.sqrt((one.x - other.x) ** 2 + (one.y - other.y) ** 2);

const isInside = ({ x, y }: Point, { left, top, right, bottom }: Box) =>
  x >= left && x <= right && y >= top && y <= bottom;

// The small shapes of a diagram: arrow heads, crosses, numbered circles, captions.

import type { PlacedCaption } from './captions.ts';
import type { Box, Point } from './geometry.ts';
import { boxAt, centreOf } from './geometry.ts';
import { styleFor } from './lifelines.ts';
import type { Marker } from './markers.ts';
import { circle } from './markers.ts';
import { at, element, textElement } from './svg.ts';
import { fontSize } from './words.ts';

/** An arrow head with its tip at a point; open for a reply. `direction` has length 1. */
export function drawHead(tip: Point, direction: Point, family: string, open: boolean): string {
  const [length, half] = [9, 4];
  const base = { x: tip.x - direction.x * length, y: tip.y - direction.y * length };
  const across = { x: -direction.y * half, y: direction.x * half };
  const corners = [
    tip,
    { x: base.x + across.x, y: base.y + across.y },
    { x: base.x - across.x, y: base.y - across.y },
  ];
  const look = `head ${open ? 'open ' : ''}${family}`;
  return element('path', { class: look, d: `M${corners.map(at).join(' L')} Z` });
}

/** The cross at which a message is lost. */
export function drawCross({ x, y }: Point): string {
  const arm = 4.5;
  const strokes = [
    [-arm, -arm, arm, arm],
    [-arm, arm, arm, -arm],
  ] as const;
  const d = strokes.map(
    ([a, b, c, e]) => `M${at({ x: x + a, y: y + b })} L${at({ x: x + c, y: y + e })}`,
  );
  return element('path', { class: 'cross', d: d.join(' ') });
}

/** The mark of a step on a lifeline; `told` is read out when the pointer rests on it. */
export function drawMarker({ step, box, role, label, writes }: Marker, told: string): string {
  const style = styleFor(role);
  const leads = label !== undefined && style === 'leader';
  const look = label === undefined ? 'mark' : `mark ${style === 'follower' ? '' : style}`.trim();
  const ink = leads ? 'strong on-leader' : 'strong';
  const text = label === undefined ? [] : [markerLabel(box, label, leads)];
  const number = label === undefined ? centreOf(box).x : box.left + circle / 2 + 1;
  return element(
    'g',
    { 'data-step': step },
    textElement('title', {}, told),
    rounded(look, box),
    stepNumber(step, { x: number, y: centreOf(box).y }, ink, box.bottom - box.top < circle),
    ...text,
    ...(writes ? [drawDisk({ x: number, y: box.bottom })] : []),
  );
}

/** The sign of a write to disk, at the lower edge of a mark. */
export function drawDisk({ x, y }: Point): string {
  return element('rect', { class: 'disk', x: x - 5, y: y - 2, width: 10, height: 5, rx: 1.5 });
}

/** A numbered circle between the lifelines. */
export function drawSpot(step: number, box: Box, told: string): string {
  return element(
    'g',
    { 'data-step': step },
    textElement('title', {}, told),
    rounded('mark', box),
    stepNumber(step, centreOf(box), 'strong', box.bottom - box.top < circle),
  );
}

/** A caption of one or more lines. With a number it gets a frame of its own. */
export function drawCaption(
  { lines, number, lost, place }: PlacedCaption,
  banded: boolean,
): string {
  const { box, anchor } = place;
  if (number !== undefined) return drawChip(number, lines.join(' '), box);
  const x = anchor === 'start' ? box.left : box.right;
  const look = banded ? 'caption banded' : 'caption';
  const texts = lines.map((line, index) => {
    const y = box.top + (fontSize + 2) * (index + 1) - 3;
    const small = index > 0 ? ` small ${lost ? 'lost' : 'time'}` : '';
    return textElement('text', { class: look + small, x, y, 'text-anchor': anchor }, line);
  });
  return texts.join('\n');
}

function drawChip(step: number, text: string, box: Box): string {
  const { y } = centreOf(box);
  const number = { x: box.left + circle / 2 + 2, y };
  return element(
    'g',
    { 'data-step': step },
    rounded('chip', box),
    rounded('mark', boxAt(number, circle - 2, circle - 2)),
    stepNumber(step, number, 'strong', false),
    textElement('text', { x: box.left + circle + 10, y: y + 4, 'font-size': 12 }, text),
  );
}

function markerLabel({ left, top, bottom }: Box, label: string, leads: boolean): string {
  const [x, y] = [left + circle + 4, (top + bottom) / 2 + 4];
  return textElement('text', { ...(leads && { class: 'on-leader' }), x, y }, label);
}

function stepNumber(step: number, { x, y }: Point, ink: string, small: boolean): string {
  const look = small || step > 99 ? `${ink} tiny` : `${ink} small`;
  return textElement('text', { class: look, x, y: y + 3.5, 'text-anchor': 'middle' }, String(step));
}

function rounded(look: string, { left, top, right, bottom }: Box): string {
  const [width, height] = [right - left, bottom - top];
  return element('rect', { class: look, x: left, y: top, width, height, rx: height / 2 });
}

// The space-time diagram of a trace as an SVG that stands on its own: it paints its own ground,
// follows the reader's light or dark setting, and tells the run in words as well.

import { isReply } from '../../node/number.ts';
import { hasDisks } from '../../trace/disks.ts';
import type { Trace, TraceStep } from '../../trace/trace.ts';
import { sayAct } from '../../words/words.ts';
import type { Arrow } from './arrows.ts';
import { arrowsOf } from './arrows.ts';
import { captionsOf, spotsOf } from './captions.ts';
import { centreOf, distance, pointOn } from './geometry.ts';
import { drawKey, keyHeight, keyOf } from './key.ts';
import type { Layout } from './layout.ts';
import { layoutOf } from './layout.ts';
import { bandsOf, drawBands, drawLifelines } from './lifelines.ts';
import { markersOf } from './markers.ts';
import { drawCaption, drawCross, drawHead, drawMarker, drawSpot } from './marks.ts';
import { styleOf } from './style.ts';
import { element, pathOf, textElement } from './svg.ts';

/** Draws a trace. The same trace gives the same text. */
export function diagramOf(trace: Trace): string {
  const { header, steps } = trace;
  const layout = layoutOf(trace);
  const markers = markersOf(trace, layout);
  const arrows = arrowsOf(trace, layout, markers);
  const spots = spotsOf(trace, layout, arrows);
  const captions = captionsOf(trace, layout, markers, arrows, spots);
  const bands = bandsOf(trace, layout);
  const told = (step: number) => tell(steps[step - 1]);
  const key = keyOf(trace, layout);
  const size = { width: layout.width, height: layout.height + keyHeight(key) };
  const svg = element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      viewBox: `0 0 ${size.width} ${size.height}`,
      ...size,
      role: 'img',
      'aria-labelledby': 'title desc',
    },
    textElement('title', { id: 'title' }, header.title),
    textElement('desc', { id: 'desc' }, describe(trace)),
    element('style', {}, styleOf(hasDisks(trace))),
    element('rect', {
      class: 'panel',
      x: 0.5,
      y: 0.5,
      width: size.width - 1,
      height: size.height - 1,
      rx: 8,
    }),
    ...drawBands(trace, layout),
    ...drawGutter(trace, layout),
    ...drawLifelines(trace, layout),
    ...arrows.map(drawArrow),
    ...[...markers.values()].map((marker) => drawMarker(marker, told(marker.step))),
    ...spots.map(({ step, box }) => drawSpot(step, box, told(step))),
    ...captions.map((caption) => {
      const { y } = centreOf(caption.place.box);
      return drawCaption(
        caption,
        bands.some(({ top, bottom }) => y > top && y < bottom),
      );
    }),
    ...drawKey(key, layout),
  );
  return `${svg}\n`;
}

/** The run in words, for those who do not see the picture. */
function describe({ header, steps }: Trace): string {
  const run = steps.map((step) => `${step.step}. ${tell(step)}.`);
  return [`${header.about} Nodes ${header.nodes.join(', ')}.`, ...run, header.outcome.says].join(
    ' ',
  );
}

const tell = (step: TraceStep | undefined) => (step ? sayAct(step) : '');

/** The step numbers and times at the left, with a faint line to the right for the eye. */
function drawGutter({ steps }: Trace, layout: Layout): string[] {
  const { gutter, width, top } = layout;
  const heads = [
    textElement('text', { class: 'time', x: 28, y: top - 8, 'text-anchor': 'end' }, 'step'),
    textElement('text', { class: 'time', x: gutter - 8, y: top - 8, 'text-anchor': 'end' }, 'ms'),
  ];
  const rows = steps.flatMap(({ step, time }) => {
    const y = layout.y(step);
    const small = layout.isSmall(step) ? ' small' : '';
    const text = { y: y + 4, 'text-anchor': 'end' };
    return [
      element('path', { class: 'guide', d: `M${gutter},${y} H${width - 1}` }),
      textElement('text', { class: `strong${small}`, x: 28, ...text }, String(step)),
      textElement('text', { class: `time${small}`, x: gutter - 8, ...text }, String(time)),
    ];
  });
  return [...heads, ...rows];
}

function drawArrow({ journey, curve }: Arrow): string {
  const { id, message, end } = journey;
  const family = familyOf(message.type);
  const look = `message ${family}${end.type === 'in flight' ? ' flying' : ''}`;
  const lost = end.type === 'dropped' || end.type === 'cut';
  const { to } = curve;
  const before = pointOn(curve, 0.94);
  const length = distance(before, to);
  const direction = { x: (to.x - before.x) / length, y: (to.y - before.y) / length };
  return element(
    'g',
    { 'data-message': id },
    element('path', { class: look, d: pathOf(curve) }),
    ...(lost ? [drawCross(to)] : []),
    ...(end.type === 'received' ? [drawHead(to, direction, family, isReply(message))] : []),
  );
}

/** Messages of one purpose share a colour. */
const familyOf = (type: string) =>
  /Vote|^Prepare$|^Promise$/.test(type)
    ? 'vote'
    : /AppendEntries|^Accept(ed)?$/.test(type)
      ? 'append'
      : 'other';

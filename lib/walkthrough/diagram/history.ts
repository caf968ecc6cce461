// A history as a picture: an SVG in the look of the diagrams, which stands on its own and tells itself in words as well.

import type { Operation } from '../../linearizability/history.ts';
import { nameOf } from '../../linearizability/history.ts';
import type { Bar, Scene, Timeline } from '../../linearizability/timeline.ts';
import { timelineOf } from '../../linearizability/timeline.ts';
import { styleOf } from './style.ts';
import { element, short, textElement } from './svg.ts';
import { widthOf } from './words.ts';

const left = 74;
const margin = 20;
const rowHeight = 44;
const barHeight = 28;
const top = 66;
const lineHeight = 16;
const keyHeight = 22;
const smallest = 640;
const fontSize = 12;

const timelineStyle = `
.bar{fill:var(--panel);stroke:var(--text);stroke-width:1.5}
.bar.unknown{stroke-dasharray:5 3}
.bar.unexplained{stroke:var(--lost);stroke-width:2.4}
.bar.context{stroke:var(--edge)}
.axis{stroke:var(--edge)}
.title{font-size:14px;font-weight:bold}
.says{font-size:12px}
`.trimEnd();

/** Draws a history. The same history gives the same text. */
export function pictureOf<State>(scene: Scene<State>): string {
  const timeline = timelineOf(scene, {
    bar: (name, label) => widthOf(name, fontSize) + widthOf(label, fontSize) + 26,
    tick: (position) => Math.max(26, widthOf(String(position)) + 12),
  });
  const width = Math.max(smallest, left + timeline.width + margin);
  const bottom = top + timeline.rows * rowHeight;
  const lines = wrapped(scene.says, width - 2 * margin);
  const keys = keyOf(scene);
  const says = bottom + 24;
  const key = says + lines.length * lineHeight + 10;
  const height = key + keys.length * keyHeight + 4;
  const svg = element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      viewBox: `0 0 ${Math.ceil(width)} ${height}`,
      width: Math.ceil(width),
      height,
      role: 'img',
      'aria-labelledby': 'title desc',
    },
    textElement('title', { id: 'title' }, scene.title),
    textElement('desc', { id: 'desc' }, describe(scene)),
    element('style', {}, styleOf(false) + timelineStyle),
    element('rect', {
      class: 'panel',
      x: 0.5,
      y: 0.5,
      width: Math.ceil(width) - 1,
      height: height - 1,
      rx: 8,
    }),
    textElement('text', { class: 'title', x: margin, y: 26 }, scene.title),
    ...drawAxis(timeline, bottom),
    ...timeline.lanes.flatMap(({ client, row }) => drawLane(client, row, width)),
    ...timeline.bars.map((bar) => drawBar(bar, scene)),
    ...lines.map((line, at) =>
      textElement('text', { class: 'says', x: margin, y: says + at * lineHeight }, line),
    ),
    ...keys.flatMap((each, at) => drawKey(each, key + at * keyHeight + 4)),
  );
  return `${svg}\n`;
}

/** The history in words, for those who do not see the picture. */
function describe<State>({ machine, operations, says }: Scene<State>): string {
  const each = [...operations]
    .sort((a, b) => a.invoked - b.invoked)
    .map((operation) => `${tell(operation, (...told) => machine.label(...told))}.`);
  return [...each, says].join(' ');
}

/** `K1.1, x? → 1, from 3 to 9`. */
function tell(
  operation: Operation,
  label: (command: string, result: string | null) => string,
): string {
  const { command, invoked, answered, result } = operation;
  const says = answered === undefined || result === undefined ? command : label(command, result);
  const when =
    answered === undefined ? `since ${invoked}, never answered` : `from ${invoked} to ${answered}`;
  return `${nameOf(operation)}, ${says}, ${when}`;
}

const middleOf = (row: number) => top + (row + 0.5) * rowHeight;

/** The positions on top, with a faint line down from each. */
function drawAxis({ ticks, width }: Timeline, bottom: number): string[] {
  const head = { class: 'time', x: left - 14, y: top - 10, 'text-anchor': 'end' };
  return [
    textElement('text', head, 'step'),
    element('path', { class: 'axis', d: `M${left},${top - 4} h${Math.round(width)}` }),
    ...ticks.flatMap(({ position, x }) => [
      element('path', { class: 'guide', d: `M${Math.round(left + x)},${top - 4} V${bottom}` }),
      textElement(
        'text',
        { class: 'time', x: left + x, y: top - 10, 'text-anchor': 'middle' },
        String(position),
      ),
    ]),
  ];
}

function drawLane(client: string, row: number, width: number): string[] {
  const y = middleOf(row);
  const above = y - rowHeight / 2;
  return [
    ...(row > 0 ? [element('path', { class: 'axis', d: `M0,${above} H${Math.ceil(width)}` })] : []),
    element('rect', { class: 'box', x: 12, y: y - 14, width: 42, height: 28, rx: 6 }),
    textElement('text', { class: 'name', x: 33, y: y + 5, 'text-anchor': 'middle' }, client),
  ];
}

function drawBar<State>(bar: Bar, { context, unexplained }: Scene<State>): string {
  const { operation, name, label, row, from, to } = bar;
  const y = middleOf(row);
  const [start, end] = [left + from, left + to];
  const isContext = context?.includes(operation) ?? false;
  const look = isContext ? 'bar context' : operation === unexplained ? 'bar unexplained' : 'bar';
  const ink = isContext ? 'time' : undefined;
  const text = { y: y + 4, 'font-size': fontSize };
  const after = start + 9 + widthOf(name, fontSize) + 6;
  return element(
    'g',
    { 'data-operation': name },
    operation.answered === undefined
      ? drawOpen(`${look} unknown`, start, end, y, barHeight)
      : element('rect', {
          class: look,
          x: start,
          y: y - barHeight / 2,
          width: end - start,
          height: barHeight,
          rx: 5,
        }),
    textElement('text', { class: ink ?? 'strong', x: start + 9, ...text }, name),
    textElement('text', { class: ink, x: after, ...text }, label),
  );
}

/** A bar that does not end. */
function drawOpen(look: string, start: number, end: number, y: number, height: number): string {
  const curve = 5;
  const [from, to] = [short(start + curve), short(end)];
  const upper = `M${to},${short(y - height / 2)} H${from} q-${curve},0 -${curve},${curve}`;
  const lower = `v${height - 2 * curve} q0,${curve} ${curve},${curve} H${to}`;
  return element('path', { class: look, d: `${upper} ${lower}` });
}

/** A bar that is not drawn as usual, and what that means. */
interface Key {
  readonly look: 'unknown' | 'context';
  readonly says: string;
}

/** What has to be said of the bars, as far as they occur. */
function keyOf<State>({ operations, context = [] }: Scene<State>): readonly Key[] {
  const keys: Key[] = [];
  if (operations.some(({ answered }) => answered === undefined)) {
    const says = 'no answer: it may have happened at any time since, or never';
    keys.push({ look: 'unknown', says });
  }
  if (context.length > 0)
    keys.push({ look: 'context', says: 'only shows where a value came from' });
  return keys;
}

function drawKey({ look, says }: Key, y: number): string[] {
  const size = { x: margin, y: y - 7, width: 26, height: 14, rx: 5 };
  return [
    look === 'unknown'
      ? drawOpen('bar unknown', margin, margin + size.width, y, size.height)
      : element('rect', { class: `bar ${look}`, ...size }),
    textElement('text', { class: 'time', x: margin + 34, y: y + 4 }, says),
  ];
}

/** A text in lines that are no wider than this. */
function wrapped(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const line = lines.at(-1);
    const longer = line === undefined ? word : `${line} ${word}`;
    if (line === undefined || widthOf(longer, fontSize) > width) lines.push(word);
    else lines[lines.length - 1] = longer;
  }
  return lines;
}

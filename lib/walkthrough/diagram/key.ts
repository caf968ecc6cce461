// The key below a diagram: what its lines and marks mean, as far as they occur in it.

import type { Trace } from '../../trace/trace.ts';
import { isReply } from '../../node/number.ts';
import { hasDisks } from '../../trace/disks.ts';
import { journeysOf } from '../journeys.ts';
import type { Layout } from './layout.ts';
import type { Look } from './lifelines.ts';
import { drawStretch, looksOf } from './lifelines.ts';
import { drawCross, drawDisk, drawHead } from './marks.ts';
import { element, textElement } from './svg.ts';
import { widthOf } from './words.ts';

/** One sign and what it means. */
export interface Entry {
  readonly says: string;
  readonly width: number;
  draw(x: number, y: number): string;
}

const gap = 20;
const rowHeight = 26;

/** The entries of the key in rows that fit the width of the diagram. */
export function keyOf(trace: Trace, { width }: Layout): Entry[][] {
  const rows: Entry[][] = [];
  for (const entry of entriesOf(trace)) {
    const row = rows.at(-1);
    if (row && widthOfRow([...row, entry]) <= width - 2 * gap) row.push(entry);
    else rows.push([entry]);
  }
  return rows;
}

export const keyHeight = (rows: readonly Entry[][]) => rows.length * rowHeight + 10;

/** Draws the key below the diagram. */
export function drawKey(rows: readonly Entry[][], { width, height }: Layout): string[] {
  const drawn = rows.flatMap((row, index) => {
    let x = (width - widthOfRow(row)) / 2;
    const y = height + 5 + rowHeight * (index + 0.5);
    return row.flatMap((entry) => {
      const place = x;
      x += widthOfEntry(entry) + gap;
      const text = { class: 'time', x: place + entry.width + 6, y: y + 4 };
      return [entry.draw(place, y), textElement('text', text, entry.says)];
    });
  });
  return [element('path', { class: 'guide', d: `M0,${height} H${width}` }), ...drawn];
}

const widthOfEntry = ({ says, width }: Entry) => width + 6 + widthOf(says) * 0.9;

const widthOfRow = (row: readonly Entry[]) =>
  row.reduce((sum, entry) => sum + widthOfEntry(entry) + gap, -gap);

function entriesOf(trace: Trace): Entry[] {
  const looks = new Set(looksOf(trace).flatMap((look) => Object.values(look)));
  const journeys = journeysOf(trace);
  const ends = new Set(journeys.map(({ end }) => end.type));
  const lifelines = allLooks.filter((look) => looks.has(look)).map(lifelineEntry);
  const replies = journeys.some(({ message }) => isReply(message));
  const terms = journeys.some(({ message }) => message.term !== undefined);
  const ballots = journeys.some(({ message }) => message.ballot !== undefined);
  const line = 26;
  const arrow = (open: boolean): Entry => ({
    says: open ? 'reply' : 'message',
    width: line,
    draw: (x, y) =>
      element('path', { class: 'message other', d: `M${x},${y} h${line - 8}` }) +
      drawHead({ x: x + line, y }, { x: 1, y: 0 }, 'other', open),
  });
  return [
    ...lifelines,
    arrow(false),
    ...(replies ? [arrow(true)] : []),
    ...(ends.has('dropped') || ends.has('cut')
      ? [{ says: 'lost', width: 10, draw: (x: number, y: number) => drawCross({ x: x + 5, y }) }]
      : []),
    ...(ends.has('in flight') ? [flyingEntry] : []),
    ...(hasDisks(trace) ? [diskEntry] : []),
    ...(terms ? [wordsEntry('t1: term 1')] : []),
    ...(ballots ? [wordsEntry('b1: ballot 1')] : []),
  ];
}

/** In the order of the key. */
const allLooks: readonly Look[] = [
  ...(['follower', 'pre-candidate', 'candidate', 'leader'] as const),
  ...(['acceptor', 'preparing', 'proposing', 'down'] as const),
];

const diskEntry: Entry = {
  says: 'writes to disk',
  width: 10,
  draw: (x, y) => drawDisk({ x: x + 5, y }),
};

const flyingEntry: Entry = {
  says: 'in flight at the end',
  width: 40,
  draw: (x, y) => element('path', { class: 'message other flying', d: `M${x},${y} h40` }),
};

const lifelineEntry = (look: Look): Entry => ({
  says: look,
  width: 10,
  draw: (x, y) => drawStretch(look, x + 5, y - 9, y + 9),
});

const wordsEntry = (number: string): Entry => ({
  says: `m1: message 1, ${number}`,
  width: 0,
  draw: () => '',
});

// A history as plain text, for the terminal and for test output.

import type { Bar, Scene } from './timeline.ts';
import { timelineOf } from './timeline.ts';

const gap = 2;

/**
 * Draws a history in lines; a bar that ends in ▷ has no answer, a dotted one is there for its context only, and ✗ marks
 * the answer that stands out:
 *
 *     K1  ├─ K1.2 x=2 ─┤
 *     K2                  ├─ K2.1 x? → 1 ─┤ ✗
 */
export function textOf<State>(scene: Scene<State>): string {
  const timeline = timelineOf(scene, {
    bar: (name, label) => [...name, ...label].length + 6,
    tick: (position) => String(position).length + 1,
  });
  const left = Math.max(...timeline.lanes.map(({ client }) => [...client].length)) + gap;
  const axis = timeline.ticks.reduce(
    (line, { position, x }) => line.padEnd(left + x) + position,
    '',
  );
  const rows = Array.from({ length: timeline.rows }, (_, row) => {
    const client = timeline.lanes.find((lane) => lane.row === row)?.client ?? '';
    return timeline.bars
      .filter((bar) => bar.row === row)
      .reduce((line, bar) => line.padEnd(left + bar.from) + drawBar(bar, scene), client);
  });
  return [scene.title, '', axis, ...rows, '', scene.says].join('\n');
}

function drawBar<State>({ operation, name, label, from, to }: Bar, scene: Scene<State>): string {
  const [start, line, end] = scene.context?.includes(operation) ? '┊┈┊' : '├─┤';
  const bar = `${start}${line} ${name} ${label} `.padEnd(to - from, line);
  if (operation.answered === undefined) return `${bar}▷`;
  return `${bar}${end}${operation === scene.unexplained ? ' ✗' : ''}`;
}

// The nodes as a table: one row a node, one column a field, and the changes of this step marked.

import { sayValue } from '../words/words.ts';
import { isEmpty, sayChange } from './columns.ts';
import type { Cell, Mark } from './layout.ts';
import { gap, layoutOf } from './layout.ts';
import type { Moment, Scene } from './scene.ts';
import type { Line, Segment } from './text.ts';
import { cut, hardSpace, line, padded, widthOf, wrap } from './text.ts';

/**
 * The states of all nodes at a moment. Where not all columns fit side by side, lists and records
 * are written below the table, except those that are empty.
 */
export function stateTable(scene: Scene, moment: Moment, width: number): Line[] {
  const names = nameWidth(scene);
  const { mark, bands, below } = layoutOf(scene.columns, width - names);
  const { nodes } = scene.trace.header;
  const room = width - names - gap.length;
  return [
    ...bands.flatMap((band) => [
      line(padded('  node', names) + headsOf(band), 'quiet'),
      ...nodes.map((node) => [
        nameAt(scene, moment, node, names),
        ...band.flatMap((cell) => cellAt(scene, moment, node, cell, mark)),
      ]),
    ]),
    ...nodes.flatMap((node) => {
      const values = below.flatMap((field) => valueBelow(scene, moment, node, field, room));
      if (values.length === 0) return [];
      return wrap([nameAt(scene, moment, node, names), ...values], width, width - room);
    }),
  ].map((each) => cut(each, width));
}

const headsOf = (band: readonly Cell[]) =>
  band.map(({ field, width }) => gap + padded(field, width)).join('');

/** A value in its column, after a gap that takes the star of a change. */
function cellAt(scene: Scene, moment: Moment, node: string, cell: Cell, mark: Mark): Line {
  const { value, before, changed, style } = valueAt(scene, moment, node, cell.field);
  const text = changed && mark === 'change' ? sayChange(before, value) : sayValue(value);
  const space = changed && mark === 'star' ? gap.slice(1) + '*' : gap;
  return [{ text: space + padded(text, cell.width), style }];
}

/**
 * A list or a record with its name, unbroken where a line of its own has room for it; nothing where
 * it is empty and was so before.
 */
function valueBelow(scene: Scene, moment: Moment, node: string, field: string, room: number): Line {
  const { value, changed, style } = valueAt(scene, moment, node, field);
  const text = `${field} ${sayValue(value)}`;
  const whole = widthOf(text) < room ? text.replaceAll(' ', hardSpace) : text;
  if (!changed && isEmpty(value)) return [];
  return [
    { text: changed ? gap.slice(1) + '*' : gap, style },
    { text: whole.slice(0, field.length), style: changed ? style : 'quiet' },
    { text: whole.slice(field.length), style },
  ];
}

function valueAt({ states, down }: Scene, moment: Moment, node: string, field: string) {
  const { step } = moment;
  const changed = changedAt(moment, node, field);
  const style: Segment['style'] = changed ? 'changed' : down[step]?.has(node) ? 'quiet' : 'plain';
  const [before, value] = [states[step - 1]?.[node]?.[field], states[step]?.[node]?.[field]];
  return { before, value, changed, style };
}

function changedAt(moment: Moment, node: string, field: string): boolean {
  if (moment.kind !== 'step' || moment.record.node !== node) return false;
  return Object.hasOwn(moment.record.changed ?? {}, field);
}

/** The node's name, with `>` where something happens to it, and whether it is down. */
function nameAt(scene: Scene, moment: Moment, node: string, width: number): Segment {
  const acts = moment.kind === 'step' && moment.record.node === node;
  const text = `${acts ? '>' : ' '} ${nameOf(scene, moment.step, node)}`;
  return { text: padded(text, width), style: acts ? 'strong' : 'plain' };
}

const nameOf = ({ down }: Scene, step: number, node: string) =>
  down[step]?.has(node) ? `${node} (down)` : node;

/** Wide enough for every name at every moment. */
function nameWidth(scene: Scene): number {
  const names = scene.down.flatMap((_, step) =>
    scene.trace.header.nodes.map((node) => nameOf(scene, step, node)),
  );
  return 2 + Math.max('node'.length, ...names.map(widthOf));
}

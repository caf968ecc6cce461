// Arranges the columns of a table for a width: side by side where they fit, else in bands one below
// the other, with lists and records outside the columns.

import type { Column } from './columns.ts';
import { widthOf } from './text.ts';

/** How a changed value is written: `0 → 1`, or `*1` where that would be too wide. */
export type Mark = 'change' | 'star';

/** A column and how wide it is drawn, without the gap before it. */
export interface Cell {
  readonly field: string;
  readonly width: number;
}

export interface Layout {
  readonly mark: Mark;
  readonly bands: readonly (readonly Cell[])[];
  /** Fields that have no column. */
  readonly below: readonly string[];
}

/** The space before every column; a star stands in it. */
export const gap = '  ';

/** The first of these that fits: one band, with or without changes in full; several bands. */
export function layoutOf(columns: readonly Column[], room: number): Layout {
  for (const mark of ['change', 'star'] as const) {
    const bands = bandsOf(columns, mark, room);
    if (bands.length === 1) return { mark, bands, below: [] };
  }
  const small = columns.filter(({ grows }) => !grows);
  // What most nodes hold comes first, so that it stands in line from node to node.
  const below = columns
    .filter(({ grows }) => grows)
    .sort((left, right) => right.holders - left.holders)
    .map(({ field }) => field);
  const [full, short] = [bandsOf(small, 'change', room), bandsOf(small, 'star', room)];
  return full.length <= short.length
    ? { mark: 'change', bands: full, below }
    : { mark: 'star', bands: short, below };
}

/** The columns in as few bands as hold them. */
function bandsOf(columns: readonly Column[], mark: Mark, room: number): Cell[][] {
  const bands: Cell[][] = [];
  let left = 0;
  for (const { field, changeWidth, valueWidth } of columns) {
    const width = Math.max(widthOf(field), mark === 'change' ? changeWidth : valueWidth);
    const need = gap.length + width;
    const band = bands.at(-1);
    if (band && need <= left) {
      band.push({ field, width });
      left -= need;
    } else {
      bands.push([{ field, width }]);
      left = room - need;
    }
  }
  return bands;
}

// How wide the columns of a run's states must be, so that the table stands still from step to step.

import type { States, Trace } from '../trace/trace.ts';
import { sayValue } from '../words/words.ts';
import { widthOf } from './text.ts';

export interface Column {
  readonly field: string;
  /** Of its widest value. */
  readonly valueWidth: number;
  /** Of its widest value or change, written as `0 → 1`. */
  readonly changeWidth: number;
  /** True for a list or a record: a value that grows and is often empty. */
  readonly grows: boolean;
  /** How many nodes hold more than an empty value at the end of the run. */
  readonly holders: number;
}

export const sayChange = (before: unknown, after: unknown): string =>
  `${sayValue(before)} → ${sayValue(after)}`;

/** True for an empty list or record. */
export const isEmpty = (value: unknown): boolean => ['[]', '{}'].includes(sayValue(value));

/** A column for every field of a node, except those that say who it is. */
export function columnsOf({ steps }: Trace, states: readonly States[]): Column[] {
  const columns = new Map<string, Column>();
  const measure = (field: string, value: unknown, change = '') => {
    if (field === 'id' || field === 'peers') return;
    const { valueWidth = 0, changeWidth = 0, grows = false } = columns.get(field) ?? {};
    const width = Math.max(valueWidth, widthOf(sayValue(value)));
    columns.set(field, {
      field,
      valueWidth: width,
      changeWidth: Math.max(changeWidth, width, widthOf(change)),
      grows: grows || (typeof value === 'object' && value !== null),
      holders: 0,
    });
  };
  for (const state of Object.values(states[0] ?? {})) {
    for (const [field, value] of Object.entries(state)) measure(field, value);
  }
  for (const { step, node, changed = {} } of steps) {
    const before = node === undefined ? undefined : states[step - 1]?.[node];
    for (const [field, value] of Object.entries(changed)) {
      measure(field, value, sayChange(before?.[field], value));
    }
  }
  const last = Object.values(states.at(-1) ?? {});
  return [...columns.values()].map((column) => ({
    ...column,
    holders: last.filter((state) => !isEmpty(state[column.field])).length,
  }));
}

// Compares plain values by content, whatever the order of their fields.

import { Log } from '../log/log.ts';

/** The JSON of a value with the fields of every object in alphabetical order. */
export const canonical = (value: unknown): string => JSON.stringify(ordered(value));

function ordered(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Log) return ordered(value.toJSON());
  if (Array.isArray(value)) return value.map(ordered);
  const fields = Object.entries(value);
  for (const field of fields) field[1] = ordered(field[1]);
  return Object.fromEntries(fields.sort(byName));
}

const byName = ([one]: [string, unknown], [other]: [string, unknown]) => (one < other ? -1 : 1);

/** True when both values have the same content. */
export function sameContent(left: unknown, right: unknown): boolean {
  if (isCopy(left, right)) return true;
  // Only objects and lists can have the same content without being the same.
  if (typeof left !== 'object' || typeof right !== 'object') return false;
  return canonical(left) === canonical(right);
}

/** True when one is plainly a copy of the other. It spares most comparisons the writing of both as text. */
export function isCopy(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  if (typeof left !== 'object' || typeof right !== 'object' || !left || !right) return false;
  if (left instanceof Log) return isCopy(left.toJSON(), right);
  if (right instanceof Log) return isCopy(left, right.toJSON());
  if (Array.isArray(left) !== Array.isArray(right)) return false;
  const fields = Object.entries(left);
  if (fields.length !== Object.keys(right).length) return false;
  for (const [field, value] of fields) {
    if (!Object.hasOwn(right, field) || !isCopy(value, Reflect.get(right, field))) return false;
  }
  return true;
}

/** A field that should have one value and has another. */
export interface FieldDifference {
  readonly field: string;
  readonly expected: unknown;
  readonly actual: unknown;
}

/** The fields of `expected` that `actual` holds differently. Fields only in `actual` are ignored. */
export function differences(expected: object, actual: object): FieldDifference[] {
  const has = new Map<string, unknown>(Object.entries(actual));
  const wanted: [string, unknown][] = Object.entries(expected);
  return wanted
    .filter(([field, value]) => !sameContent(value, has.get(field)))
    .map(([field, value]) => ({ field, expected: value, actual: has.get(field) }));
}

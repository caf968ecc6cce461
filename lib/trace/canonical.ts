// Compares plain values by content, whatever the order of their fields.

/** The JSON of a value with the fields of every object in alphabetical order. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

/** True when both values have the same content. */
export function sameContent(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  // Only objects and lists can have the same content without being the same.
  if (typeof left !== 'object' || typeof right !== 'object') return false;
  return canonical(left) === canonical(right);
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

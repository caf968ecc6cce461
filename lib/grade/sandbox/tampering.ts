// Notices when a submission changes the built-in objects, which the whole program shares.

const watched: readonly (readonly [name: string, object: object])[] = [
  ['Object', Object],
  ['Object.prototype', Object.prototype],
  ['Function.prototype', Function.prototype],
  ['Array', Array],
  ['Array.prototype', Array.prototype],
  ['String.prototype', String.prototype],
  ['Number.prototype', Number.prototype],
  ['Map.prototype', Map.prototype],
  ['Set.prototype', Set.prototype],
  ['Promise.prototype', Promise.prototype],
  ['Error.prototype', Error.prototype],
  ['JSON', JSON],
  ['Math', Math],
  ['Reflect', Reflect],
];

const { ownKeys, getOwnPropertyDescriptor } = Reflect;

type Key = string | symbol;
type Snapshot = readonly ReadonlyMap<Key, unknown>[];

const meaningOf = (object: object, key: Key): unknown => {
  const described = getOwnPropertyDescriptor(object, key);
  const value: unknown = described?.value;
  return described && 'value' in described ? value : described?.get;
};

/** What the built-in objects hold now. */
export const watchBuiltIns = (): Snapshot =>
  watched.map(([, object]) => new Map(ownKeys(object).map((key) => [key, meaningOf(object, key)])));

/** The first built-in that is no longer what it was: `Array.prototype.push`; undefined if none. */
export function tamperedAmong(before: Snapshot): string | undefined {
  for (const [index, [name, object]] of watched.entries()) {
    const then = before[index];
    const keys = ownKeys(object);
    const changed =
      keys.find((key) => !then?.has(key) || then.get(key) !== meaningOf(object, key)) ??
      [...(then?.keys() ?? [])].find((key) => !keys.includes(key));
    if (changed !== undefined) return `${name}.${String(changed)}`;
  }
  return undefined;
}

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

/** What one built-in holds, in the order of its keys. */
interface Held {
  readonly name: string;
  readonly object: object;
  readonly keys: readonly Key[];
  readonly meanings: readonly unknown[];
}

const meaningOf = (object: object, key: Key): unknown => {
  const described = getOwnPropertyDescriptor(object, key);
  return described && 'value' in described ? described.value : described?.get;
};

/** What the built-in objects hold now. */
export const watchBuiltIns = (): readonly Held[] =>
  watched.map(([name, object]) => {
    const keys = ownKeys(object);
    return { name, object, keys, meanings: keys.map((key) => meaningOf(object, key)) };
  });

/** The first built-in that is no longer what it was: `Array.prototype.push`; undefined if none. */
export function tamperedAmong(before: readonly Held[]): string | undefined {
  for (const { name, object, keys, meanings } of before) {
    const changed = firstChange(object, keys, meanings);
    if (changed !== undefined) return `${name}.${String(changed)}`;
  }
  return undefined;
}

// A plain loop: this is asked after every answer, and a submission may have changed what lists can do.
function firstChange(
  object: object,
  before: readonly Key[],
  meanings: readonly unknown[],
): Key | undefined {
  const now = ownKeys(object);
  for (let place = 0; place < before.length || place < now.length; place++) {
    const [was, is] = [before[place], now[place]];
    if (was !== is) return is === undefined || isAmong(before, is) ? was : is;
    if (is !== undefined && meaningOf(object, is) !== meanings[place]) return is;
  }
  return undefined;
}

function isAmong(keys: readonly Key[], key: Key): boolean {
  for (const each of keys) if (each === key) return true;
  return false;
}

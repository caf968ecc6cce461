// The manifest: how many points each test is worth, and which tests must have run.

import type { TestResult } from './report.ts';
import { counts } from './report.ts';

/** Chapter, test, points; chapters and tests in the order of the file. */
export interface Manifest {
  /** The file it was read from, for messages. */
  readonly file: string;
  readonly chapters: ReadonlyMap<string, ReadonlyMap<string, number>>;
}

/** The result of a test that ran. What it is worth is for the manifest to say. */
export type Unscored = Omit<TestResult, 'points' | 'maxPoints'>;

/**
 * Reads `{ "03-voting": { "one-vote-a-term": 2 } }`: chapter, test, points. Throws, with the file and what was
 * expected, when the text is anything else.
 */
export function readManifest(text: string, file: string): Manifest {
  const expected = (what: string) => new Error(`${file}: expected ${what}`);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw expected(`JSON, but ${error instanceof Error ? error.message : String(error)}`);
  }
  if (!isRecord(value)) throw expected('an object of chapters, each an object of tests');
  const chapters = new Map<string, ReadonlyMap<string, number>>();
  for (const [chapter, tests] of Object.entries(value)) {
    if (!isName(chapter)) throw expected(`${aName}, but found the chapter "${chapter}"`);
    if (!isRecord(tests)) throw expected(`an object of tests in ${chapter}`);
    const points = new Map<string, number>();
    for (const [test, worth] of Object.entries(tests)) {
      if (!isName(test)) throw expected(`${aName}, but found the test "${test}" in ${chapter}`);
      if (typeof worth !== 'number' || !Number.isFinite(worth) || worth < 0) {
        const found = JSON.stringify(worth);
        throw expected(`a number of points, 0 or more, for ${chapter}/${test}, but found ${found}`);
      }
      points.set(test, worth);
    }
    chapters.set(chapter, points);
  }
  // JSON.parse keeps the last of two equal keys. Every string in a manifest is a key, so that counting them tells.
  const keys = [...chapters.values()].reduce((total, { size }) => total + size, chapters.size);
  if (text.split('"').length - 1 > 2 * keys) throw expected('each chapter and each test once');
  return { file, chapters };
}

const aName = 'a name of lower-case letters, digits and dashes';

/** With a letter: JSON.parse would put `7` before all other keys. */
const isName = (name: string): boolean => /^(?=.*[a-z])[a-z0-9]+(-[a-z0-9]+)*$/.test(name);

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * One result for every test that the manifest lists in these chapters, in its order, with points. A test without a
 * result is `missing`. Throws when a chapter or a result is not listed, or a test has two results: then the manifest
 * is out of date.
 */
export function settle(
  manifest: Manifest,
  chapters: readonly string[],
  results: readonly Unscored[],
): TestResult[] {
  const found = new Map(results.map((result) => [result.id, result]));
  if (found.size < results.length) throw new Error('expected one result for each test');
  const settled = [...manifest.chapters]
    .filter(([chapter]) => chapters.includes(chapter))
    .flatMap(([chapter, tests]) =>
      [...tests].map(([test, worth]) => {
        const id = `${chapter}/${test}`;
        return scored(found.get(id) ?? neverRan(id, chapter), worth);
      }),
    );
  const unlisted = [
    ...chapters.filter((chapter) => !manifest.chapters.has(chapter)),
    ...unlistedIn(settled, results),
  ];
  if (unlisted.length > 0) {
    throw new Error(`${manifest.file}: expected it to list ${unlisted.join(', ')}`);
  }
  return settled;
}

function unlistedIn(settled: readonly TestResult[], results: readonly Unscored[]): string[] {
  const listed = new Set(settled.map(({ id }) => id));
  return results.map(({ id }) => id).filter((id) => !listed.has(id));
}

const scored = (result: Unscored, worth: number): TestResult => ({
  ...result,
  points: counts(result) ? worth : 0,
  maxPoints: worth,
});

const neverRan = (id: string, chapter: string): Unscored => ({
  id,
  name: nameOf(id),
  chapter,
  status: 'missing',
  verdict: 'never ran',
  details: '',
  milliseconds: 0,
});

/** An id for people: `03-voting/one-vote-a-term` is `Voting: one vote a term`. */
export function nameOf(id: string): string {
  const [chapter = '', test = ''] = id.split('/').map((part) => part.replaceAll('-', ' '));
  const topic = chapter.replace(/^\d+ /, '');
  return `${topic.charAt(0).toUpperCase()}${topic.slice(1)}: ${test}`;
}

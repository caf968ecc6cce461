// Everything that is generated, each file made once for all tests.

import type { Test } from 'tape';
import { chapters } from '../../../chapters/chapters.ts';
import { generators, textOf } from '../../../tools/walkthroughs.ts';
import { recorded } from '../../support.ts';

let makers: ReturnType<typeof generators> | undefined;

/** What makes every generated file, as the code and the traces are now, by path. */
export const generated = () =>
  (makers ??= generators(
    chapters,
    recorded.map(({ trace }) => trace),
  ));

/** The name of a run's page, diagram or picture without its ending; undefined for other files. */
const runOf = (file: string): string | undefined =>
  /^(traces\/(?:why\/|myths\/|)(?:\d\d-[^/]+\/)?(?!README|what-changed)[^/]+?)(?:\.contradiction)?\.(?:md|svg)$/.exec(
    file,
  )?.[1];

/** All of these files but those of runs, which are all made in the same way: of them every fourth run. */
export function someOf(files: Iterable<string>): string[] {
  const all = [...files];
  const runs = [...new Set(all.map(runOf))].filter((run) => run !== undefined);
  const left = new Set(runs.filter((_, place) => place % 4 > 0));
  return all.filter((file) => !left.has(runOf(file) ?? ''));
}

const made = new Map<string, string>();

/** The text of a generated file; empty when nothing makes it. */
export async function textMade(file: string): Promise<string> {
  const known = made.get(file) ?? (await generated()).get(file)?.() ?? '';
  made.set(file, known);
  return known;
}

/** Asserts that these files are on disk as the code and the traces make them. */
export async function areFresh(t: Test, files: readonly string[]): Promise<void> {
  for (const file of files) {
    t.ok(
      textOf(file) === (await textMade(file)),
      `${file} is fresh; otherwise: npm run walkthroughs`,
    );
  }
}

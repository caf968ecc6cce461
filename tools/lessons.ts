// The lessons and the README with their marked regions filled.

import { existsSync } from 'node:fs';
import { join, posix } from 'node:path';
import type { Chapter } from '../lib/scenario/scenario.ts';
import type { Trace } from '../lib/trace/trace.ts';
import { changesLine } from '../lib/walkthrough/changes-page.ts';
import {
  chapterTable,
  compareRoundTrips,
  neighbourLine,
  picture,
  rulesTable,
  scenarioList,
} from '../lib/walkthrough/lesson.ts';
import { lessonFile } from '../lib/walkthrough/links.ts';
import type { Filler } from '../lib/walkthrough/regions.ts';
import { fillRegions } from '../lib/walkthrough/regions.ts';
import { root } from './root.ts';
import { exportedSource, textOf } from './source.ts';

/** Every lesson that exists, and the README, with the pictures drawn for them, by path. */
export function lessonsOf(
  chapters: readonly Chapter[],
  traces: readonly Trace[],
): ReadonlyMap<string, string> {
  const written = new Map<string, string>();
  const files = [
    { file: 'README.md', chapter: undefined },
    ...chapters.map((chapter) => ({ file: lessonFile(chapter.name), chapter })),
  ];
  for (const { file, chapter } of files) {
    if (!existsSync(join(root, file))) continue;
    const text = chapter ? withNeighbours(textOf(file)) : textOf(file);
    const fillers = fillersOf(file, chapters, traces, chapter, written);
    written.set(file, fillRegions(text, file, fillers));
  }
  return written;
}

/** The text of a lesson with a place at its end for the links to the others: no author needs to think of it. */
const withNeighbours = (text: string): string =>
  text.includes('<!-- neighbours -->')
    ? text
    : `${text.trimEnd()}\n\n<!-- neighbours -->\n<!-- /neighbours -->\n`;

function fillersOf(
  file: string,
  chapters: readonly Chapter[],
  traces: readonly Trace[],
  chapter: Chapter | undefined,
  written: Map<string, string>,
): Record<string, Filler> {
  const traceOf = (name = '') => {
    const path = name.includes('/') ? name : `${chapter?.name ?? ''}/${name}`;
    const found = traces.find(({ header }) => `${header.chapter}/${header.scenario}` === path);
    if (!found) throw new Error(`there is no scenario ${path}`);
    return found;
  };
  return {
    code: (argument = '') => ['```ts', ...codeOf(file, argument).split('\n'), '```'],
    picture: (scenario) => picture(file, traceOf(scenario)),
    ...(chapter
      ? {
          rules: (variant) => rulesTable(file, chapters, chapter, variant),
          scenarios: () => scenarioList(file, chapters, chapter),
          neighbours: () => ['---', '', neighbourLine(file, chapters, chapter)],
          changes: () => changesLine(file, chapters, traces, chapter),
          'round-trips': (argument = '') => {
            const [one, other, ...more] = argument.split(' ');
            if (other === undefined || more.length > 0) throw new Error('expected two scenarios');
            const compared = compareRoundTrips(file, traceOf(one), traceOf(other));
            if (written.has(compared.file)) throw new Error('a lesson compares two runs only once');
            written.set(compared.file, compared.svg);
            return compared.lines;
          },
        }
      : { chapters: () => chapterTable(file, chapters) }),
  };
}

/** The code that a marker names, as in `voting.ts grantVote`; the file is seen from the lesson. */
function codeOf(lesson: string, argument: string): string {
  const [path, name, ...more] = argument.split(' ');
  if (path === undefined || name === undefined || more.length > 0) {
    throw new Error('expected a file and an export, as in <!-- code: voting.ts grantVote -->');
  }
  const file = posix.join(posix.dirname(lesson), path);
  if (!existsSync(join(root, file))) throw new Error(`there is no file ${file}`);
  return exportedSource(textOf(file), name, file);
}

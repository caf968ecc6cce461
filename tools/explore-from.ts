// Where a search on the command line starts: the chapter that is named, and the recorded run and step.

import { join } from 'node:path';
import type { Problem } from '../lib/explore/problem.ts';
import type { Chapter } from '../lib/scenario/scenario.ts';
import { scenarioOf } from '../lib/scenario/scenario.ts';
import { nearestTo, UsageError } from '../lib/stepper/flags.ts';
import { readTrace } from '../lib/trace/format.ts';
import { root } from './root.ts';
import { traceFile } from './traces.ts';

/** What of a problem a recorded run says. */
export type From = Pick<Problem, 'nodes' | 'start' | 'given'>;

/** The chapter of that folder or number. Throws UsageError when there is none. */
export function chapterOf(chapters: readonly Chapter[], name: string): Chapter {
  const found = chapters.find(
    (chapter) => chapter.name === name || Number(chapter.name.slice(0, 2)) === Number(name),
  );
  if (found) return found;
  const nearest = nearestTo(
    name,
    chapters.map((chapter) => chapter.name),
  );
  throw new UsageError(`There is no chapter '${name}'; the nearest is ${nearest}.`);
}

/** A recorded run up to a step, as in `04-replication/one-entry:12`. Throws UsageError when there is none. */
export function startFrom(chapters: readonly Chapter[], written: string): From {
  const [, chapterName, scenarioName, step] = /^([^/]+)\/([^/:]+):(\d+)$/.exec(written) ?? [];
  if (chapterName === undefined || scenarioName === undefined) {
    throw new UsageError(
      `--from needs a run and a step, as in 04-replication/one-entry:12; found '${written}'.`,
    );
  }
  const chapter = chapterOf(chapters, chapterName);
  const known = chapter.scenarios.map(({ name }) => name);
  if (!known.includes(scenarioName)) {
    const nearest = nearestTo(scenarioName, known);
    throw new UsageError(
      `Chapter ${chapter.name} has no scenario '${scenarioName}'; the nearest is ${nearest}.`,
    );
  }
  const { header, steps } = readTrace(
    join(root, traceFile(chapter, scenarioOf(chapter, scenarioName))),
  );
  if (Number(step) > steps.length) {
    throw new UsageError(`${scenarioName} has ${steps.length} steps; there is no step ${step}.`);
  }
  const start = steps.slice(0, Number(step)).map(({ act }) => act);
  return { nodes: header.nodes, start, ...(header.given && { given: header.initial }) };
}

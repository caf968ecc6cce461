// Writes the runs that went wrong beside the results: as a trace for the stepper, and as a page with its diagram.

import { mkdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Chapter } from '../scenario/scenario.ts';
import { writeTrace } from '../trace/format.ts';
import { diagramOf } from '../walkthrough/diagram/diagram.ts';
import { ownPageOf } from '../walkthrough/own-page.ts';
import { writeWhole } from './formats/write.ts';
import type { Unscored } from './manifest.ts';
import type { Judgement, OwnRun } from './subject.ts';
import { messageOf } from './subject.ts';

/** A run with more steps than this is for the stepper only: nobody reads such a page. */
const longestPage = 150;

/**
 * The judgements, each failed one with its own run written into a folder and told how to look at it. Paths in what is told
 * are seen from where the command runs.
 */
export function withOwnRuns(
  chapter: Chapter,
  judgements: readonly Judgement[],
  folder: string,
): Unscored[] {
  return judgements.map(({ ownRun, ...judgement }) => {
    if (judgement.status !== 'failed' || !ownRun) return judgement;
    const see = written(chapter, ownRun(), folder);
    return { ...judgement, details: [judgement.details, ...see].join('\n') };
  });
}

function written(chapter: Chapter, { trace, step }: OwnRun, folder: string): string[] {
  const { scenario, steps } = trace.header;
  const home = join(folder, chapter.name);
  const file = join(home, `${scenario}.trace.jsonl`);
  try {
    mkdirSync(home, { recursive: true });
    writeTrace(trace, file);
    const see = [
      'its own run, at that step: npx tsx ' +
        `chapters/${chapter.name}/run.ts --trace ${quoted(seenFrom(file))} --step ${step}`,
    ];
    if (steps > longestPage) return see;
    const page = join(home, `${scenario}.md`);
    writeWhole(page, ownPageOf(chapter, trace, `${scenario}.svg`));
    writeWhole(join(home, `${scenario}.svg`), diagramOf(trace));
    return [...see, `its own run, as a page: ${seenFrom(page)}#step-${step}`];
  } catch (error) {
    return [`its own run could not be written: ${messageOf(error)}`];
  }
}

/** A path as a word of a command line. */
const quoted = (path: string): string =>
  /^[\w./@:+-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;

const seenFrom = (file: string): string => relative(process.cwd(), file) || file;

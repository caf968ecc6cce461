// What a thread of the pool does: answers one question.

import { join } from 'node:path';
import { chapters } from '../chapters/chapters.ts';
import type { Chapter } from '../lib/scenario/scenario.ts';
import { readTrace } from '../lib/trace/format.ts';
import type { Trace } from '../lib/trace/trace.ts';
import type { Question } from '../lib/why/question.ts';
import { nameOf } from '../lib/why/question.ts';
import type { Answer } from '../lib/why/verdict-on.ts';
import { verdictOn } from '../lib/why/verdict-on.ts';
import { root } from './root.ts';
import { traceFile } from './traces.ts';
import { help } from './why-help.ts';

export default function answer(question: Question): Answer {
  const chapter = chapters.find(({ name }) => name === question.chapter);
  if (!chapter) throw new Error(`there is no chapter ${question.chapter}`);
  return verdictOn(chapter, question, runsOf(chapter), {
    earlier: earlierRuns(chapter),
    ...help[`${chapter.name} ${nameOf(question)}`],
  });
}

/** The recorded runs of the chapter's own rules. */
const runsOf = (chapter: Chapter): Trace[] =>
  chapter.scenarios
    .filter(({ variant }) => variant === undefined)
    .map((scenario) => readTrace(join(root, traceFile(chapter, scenario))));

/** From chapter 9 on every chapter is asked under the schedules of those before, too, from chapter 9 on. */
function earlierRuns(chapter: Chapter): Trace[] {
  const from = chapters.findIndex(({ name }) => name === '09-clients');
  const at = chapters.indexOf(chapter);
  return chapter.beside ? [] : chapters.slice(from, Math.max(from, at)).flatMap(runsOf);
}

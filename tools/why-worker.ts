// What a thread of the pool does: answers one question.

import { join } from 'node:path';
import { chapters } from '../chapters/chapters.ts';
import { readTrace } from '../lib/trace/format.ts';
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
  const runs = chapter.scenarios
    .filter(({ variant }) => variant === undefined)
    .map((scenario) => readTrace(join(root, traceFile(chapter, scenario))));
  return verdictOn(chapter, question, runs, help[`${chapter.name} ${nameOf(question)}`]);
}

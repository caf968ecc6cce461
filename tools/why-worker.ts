// What a thread of the pool does: answers one question.

import { join } from 'node:path';
import { chapters } from '../chapters/chapters.ts';
import { readTrace } from '../lib/trace/format.ts';
import type { Reach } from '../lib/why/passes.ts';
import type { Question } from '../lib/why/question.ts';
import { nameOf } from '../lib/why/question.ts';
import type { Answer } from '../lib/why/verdict-on.ts';
import { verdictOn } from '../lib/why/verdict-on.ts';
import { root } from './root.ts';
import { traceFile } from './traces.ts';

/** What only a deeper search finds: a message of an older term, which the filter for stale ones forgets. */
const deeper: Readonly<Record<string, readonly Reach[]>> = {
  '04-replication refuse-stale-leader': [[2, 1, 'dead', 1_200_000]],
  '05-conflict-backoff refuse-stale-leader': [[2, 1, 'dead', 1_200_000]],
};

export default function answer(question: Question): Answer {
  const chapter = chapters.find(({ name }) => name === question.chapter);
  if (!chapter) throw new Error(`there is no chapter ${question.chapter}`);
  const runs = chapter.scenarios
    .filter(({ variant }) => variant === undefined)
    .map((scenario) => readTrace(join(root, traceFile(chapter, scenario))));
  return verdictOn(chapter, question, runs, deeper[`${chapter.name} ${nameOf(question)}`]);
}

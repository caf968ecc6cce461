// Where the why pages keep their verdicts and traces, and which questions there are.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chapters } from '../chapters/chapters.ts';
import { readTrace } from '../lib/trace/format.ts';
import type { Trace } from '../lib/trace/trace.ts';
import type { Question } from '../lib/why/question.ts';
import { questionsOf, slugOf } from '../lib/why/question.ts';
import type { Verdict } from '../lib/why/verdict.ts';
import { root } from './root.ts';

export const verdictsFile = 'traces/why/verdicts.json';

/** Every question, in the order of the book. */
export const allQuestions = (): Question[] =>
  chapters.flatMap((chapter) => questionsOf(chapters, chapter));

export const whyTraceFile = (question: Question) =>
  `traces/why/${question.chapter}/${slugOf(question)}.trace.jsonl`;

/** The committed verdicts, in the order of the book; none when there is no file. */
export function readVerdicts(): Verdict[] {
  const file = join(root, verdictsFile);
  if (!existsSync(file)) return [];
  const { verdicts } = JSON.parse(readFileSync(file, 'utf8')) as { verdicts: Verdict[] };
  return verdicts;
}

/** The committed run of a question; undefined when it has none. */
export function whyTraceOf(question: Question): Trace | undefined {
  const file = join(root, whyTraceFile(question));
  return existsSync(file) ? readTrace(file) : undefined;
}

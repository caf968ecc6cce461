// `npm run why`: answers for every rule and every condition what would go wrong without it, and writes down verdicts,
// traces and pages. `npm run why -- 03-voting [grant-vote …]` asks only about one chapter, or some of its rules.

import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import Piscina from 'piscina';
import { chapters } from '../chapters/chapters.ts';
import { nearestTo } from '../lib/stepper/flags.ts';
import { TraceError } from '../lib/trace/error.ts';
import { formatTrace } from '../lib/trace/format.ts';
import type { Trace } from '../lib/trace/trace.ts';
import type { Question } from '../lib/why/question.ts';
import { nameOf, sameQuestion } from '../lib/why/question.ts';
import type { Answer } from '../lib/why/verdict-on.ts';
import { within } from './pages.ts';
import { root } from './root.ts';
import { allQuestions, readVerdicts, verdictsFile, whyTraceFile } from './verdicts.ts';

function asked(args: readonly string[]): Question[] {
  const [chapterName, ...wanted] = args;
  const all = allQuestions();
  if (chapterName === undefined) return all;
  const names = chapters.map(({ name }) => name);
  const chapter = names.find((name) => name === chapterName);
  if (chapter === undefined) {
    throw new UsageError(
      `There is no chapter '${chapterName}'; the nearest is ${nearestTo(chapterName, names)}.`,
    );
  }
  const own = all.filter((question) => question.chapter === chapter);
  const rules = own.map(({ rule }) => rule);
  for (const rule of wanted) {
    if (rules.includes(rule)) continue;
    throw new UsageError(
      `Chapter ${chapter} did not write a rule '${rule}'; the nearest is ${nearestTo(rule, rules)}.`,
    );
  }
  return own.filter(({ rule }) => wanted.length === 0 || wanted.includes(rule));
}

class UsageError extends Error {}

/** Answers the questions on every core, in whatever order; tells each when it is answered. */
async function answerAll(questions: readonly Question[]): Promise<Answer[]> {
  const pool = new Piscina<Question, Answer>({
    filename: join(__dirname, 'why-worker.ts'),
    minThreads: 1,
    maxThreads: availableParallelism(),
    concurrentTasksPerWorker: 1,
  });
  const answers = await Promise.all(
    questions.map(async (question) => {
      const start = performance.now();
      const answer = await pool.run(question);
      const seconds = ((performance.now() - start) / 1000).toFixed(0);
      process.stderr.write(
        `${question.chapter} ${nameOf(question)}: ${answer.verdict.verdict} (after ${seconds} s)\n`,
      );
      return answer;
    }),
  );
  await pool.destroy();
  return answers;
}

/** Without its run, when that holds a step that no trace can tell. */
function tellable(answer: Answer): Answer {
  const { verdict, trace } = answer;
  if (!trace || verdict.verdict === 'safety') return answer;
  try {
    formatTrace(trace, whyTraceFile(verdict));
    return answer;
  } catch (error) {
    if (!(error instanceof TraceError)) throw error;
    const { shownBy, ...rest } = verdict;
    process.stderr.write(`${whyTraceFile(verdict)} is left out: ${error.message}\n`);
    return { verdict: shownBy ? rest : verdict, trace: undefined };
  }
}

async function main(args: readonly string[]): Promise<void> {
  const answers = (await answerAll(asked(args))).map(tellable);
  const known = [...answers.map(({ verdict }) => verdict), ...readVerdicts()];
  const verdicts = allQuestions().flatMap(
    (question) => known.find((verdict) => sameQuestion(verdict, question)) ?? [],
  );
  for (const { verdict, trace } of answers) {
    const file = whyTraceFile(verdict);
    if (trace) write(file, textOf(trace, file));
    else rmSync(join(root, file), { force: true });
  }
  write(verdictsFile, `${JSON.stringify({ verdicts }, undefined, 1)}\n`);
  const wanted = new Set(allQuestions().map(whyTraceFile));
  for (const file of within('traces/why')) {
    if (file.endsWith('.trace.jsonl') && !wanted.has(file)) rmSync(join(root, file));
  }
}

const textOf = (trace: Trace, file: string) => formatTrace(trace, file);

function write(file: string, text: string): void {
  const path = join(root, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(`${path}.part`, text);
  renameSync(`${path}.part`, path);
}

if (require.main === module) {
  main(process.argv.slice(2)).catch((error: unknown) => {
    if (!(error instanceof UsageError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 2;
  });
}

// `npm run grade -- [PATH]`: grades exercises and writes the verdicts in the format that a course uses.

import { appendFileSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { classroomOutput } from '../lib/grade/formats/classroom.ts';
import type { FormatName } from '../lib/grade/formats/formats.ts';
import { formatNames, formats, isFormatName } from '../lib/grade/formats/formats.ts';
import { writeText } from '../lib/grade/formats/text.ts';
import { writeWhole } from '../lib/grade/formats/write.ts';
import type { CheckTypes } from '../lib/grade/grade.ts';
import type { Report } from '../lib/grade/report.ts';
import { counts } from '../lib/grade/report.ts';
import type { Chapter } from '../lib/scenario/scenario.ts';
import { UsageError } from '../lib/stepper/flags.ts';
import { chapterFrom } from './choose-chapter.ts';
import type { Outcome } from './grade-all.ts';
import { grade } from './grading.ts';
import { batch, types } from './on-demand.ts';
import type { Submission } from './submissions.ts';
import { emptySubmission, NothingHandedIn, submissionAt, submissionsIn } from './submissions.ts';

const help = `Usage: npm run grade -- [PATH] [flags]

Grades exercises. PATH is one exercise file, a folder in the shape of chapters/, or with --all a
folder of many submissions; without one, it is chapters/ itself.

  --chapter N       Grade this chapter only; may be repeated. Also 03-voting.
  --format NAME     ${formatNames.join(', ')}; without it, text.
  --out FILE        Write the result there, also one without points where there is no exercise;
                    with --all, a folder for one result each.
  --runs FOLDER     Write the runs that went wrong there; without it, beside the result.
  --all             PATH holds many submissions.
  --shard i/n       With --all: grade only the i-th of n parts.
  --skip-types      Do not type-check.
  --help            Print this help.

Exit code 0: every test passed. 1: one failed. 2: a mistake in the command line.
`;

const flags = {
  chapter: { type: 'string', multiple: true },
  format: { type: 'string' },
  out: { type: 'string' },
  runs: { type: 'string' },
  all: { type: 'boolean' },
  shard: { type: 'string' },
  'skip-types': { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

/** Does what the command line says. Throws UsageError at a mistake in it. */
export async function gradeCommand(args: string[]): Promise<Outcome> {
  const { values, positionals } = read(args);
  if (values.help) return { text: help, ok: true };
  const [path = 'chapters', ...more] = positionals;
  if (more.length > 0) throw new UsageError(`Expected one path, found also '${more[0]}'.`);
  const { format = 'text', out, runs } = values;
  if (!isFormatName(format)) {
    throw new UsageError(`There is no format '${format}'; there are ${formatNames.join(', ')}.`);
  }
  const asked = (values.chapter ?? []).map(chapterFrom);
  const skipTypes = values['skip-types'] ?? false;
  if (values.all) {
    if (runs !== undefined) throw new UsageError('--runs does not go with --all.');
    const submissions = shardOf(submissionsIn(path, asked), values.shard);
    return batch().gradeAll(submissions, { format, out: out ?? 'graded', skipTypes });
  }
  if (values.shard !== undefined) throw new UsageError('--shard goes with --all only.');
  const submission = out === undefined ? submissionAt(path, asked) : handedIn(path, asked);
  const report = await gradeOne(submission, {
    skipTypes,
    runs: runs ?? join(out === undefined ? 'graded' : dirname(out), 'runs'),
    onReport: (partial) => out !== undefined && write(partial, format, out),
  });
  if (format === 'classroom' && process.env.GITHUB_OUTPUT) {
    appendFileSync(process.env.GITHUB_OUTPUT, classroomOutput(report));
  }
  const colour = format === 'text' && process.stdout.isTTY && process.env.NO_COLOR === undefined;
  const text =
    out !== undefined || colour ? writeText(report, { colour }) : formats[format].write(report);
  return { text, ok: report.tests.length > 0 && report.tests.every(counts) };
}

/** Where a result is awaited, somebody who handed in nothing that can be graded gets one, too: no points, and why. */
function handedIn(path: string, asked: readonly Chapter[]): Submission {
  try {
    return submissionAt(path, asked);
  } catch (error) {
    if (!(error instanceof NothingHandedIn)) throw error;
    return emptySubmission(path, asked, error.message);
  }
}

interface Wishes {
  readonly skipTypes: boolean;
  readonly runs: string;
  readonly onReport: (report: Report) => void;
}

async function gradeOne(
  submission: Submission,
  { skipTypes, runs, onReport }: Wishes,
): Promise<Report> {
  // Without the compiler a verdict takes less than a second: to optimise what runs a few times would cost more than it saves.
  if (skipTypes) setFlagsFromString('--interrupt-budget=1000000');
  const checker = skipTypes || submission.exercises.size === 0 ? undefined : types().typeChecker();
  try {
    const checkTypes: CheckTypes = (submitted) => checker?.check(submitted) ?? Promise.resolve([]);
    const report = await grade(submission, { runs, checkTypes, onReport });
    onReport(report);
    return report;
  } finally {
    await checker?.stop();
  }
}

function read(args: string[]) {
  try {
    return parseArgs({ args, options: flags, allowPositionals: true });
  } catch (error) {
    const why = error instanceof Error ? error.message.split('. To specify')[0] : String(error);
    throw new UsageError(`${why}. --help names the flags.`);
  }
}

/** The submissions of shard `i/n`: each belongs to exactly one shard. */
function shardOf<T>(items: readonly T[], shard: string | undefined): readonly T[] {
  if (shard === undefined) return items;
  const [, i, n] = (/^(\d+)\/(\d+)$/.exec(shard) ?? []).map(Number);
  if (i === undefined || n === undefined || i < 1 || i > n) {
    throw new UsageError(`--shard expects i/n with i from 1 to n, found '${shard}'.`);
  }
  return items.filter((_, index) => index % n === i - 1);
}

function write(report: Report, format: FormatName, file: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeWhole(file, formats[format].write(report));
}

if (require.main === module) {
  gradeCommand(process.argv.slice(2)).then(
    ({ text, ok }) => {
      process.stdout.write(text);
      process.exitCode = ok ? 0 : 1;
    },
    (error: unknown) => {
      if (!(error instanceof UsageError)) throw error;
      process.stderr.write(`${error.message}\n`);
      process.exitCode = 2;
    },
  );
}

// `npm run progress`: how far each chapter's exercise is, and with which to go on.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chapters } from '../chapters/chapters.ts';
import { attempt, isSolved } from '../lib/exercise/attempt.ts';
import { todosIn } from '../lib/exercise/gaps.ts';
import { standingsOf } from '../lib/exercise/standing.ts';
import type { CheckTypes } from '../lib/grade/grade.ts';
import { counts } from '../lib/grade/report.ts';
import { defaultLimits } from '../lib/grade/sandbox/process.ts';
import type { Chapter } from '../lib/scenario/scenario.ts';
import { UsageError } from '../lib/stepper/flags.ts';
import { exerciseFile, numberOf } from './choose-chapter.ts';
import { tracesOf } from './grading.ts';
import { root } from './root.ts';
import { placeOf } from './submissions.ts';
import type { TypeChecker } from './type-checker.ts';
import { typeChecker } from './type-checker.ts';

const help = `Usage: npm run progress -- [FOLDER]

Tells for each chapter how many rules of your exercise are written and right, how many of the recorded
runs pass, and whether it is solved: all runs and trials pass, and it type-checks. FOLDER is one in the
shape of chapters/; without it, chapters/ itself.
`;

interface Row {
  readonly chapter: Chapter;
  readonly written: number;
  readonly right: number;
  readonly rules: number;
  readonly passed: number;
  readonly runs: number;
  readonly says: string;
  readonly solved: boolean;
}

/** How far one exercise is. The types are checked only when nothing else is missing. */
async function rowOf(chapter: Chapter, file: string, checkTypes: CheckTypes): Promise<Row> {
  const submitted = { file, root, ...placeOf(chapter) };
  const traces = tracesOf(chapter);
  const tried = await attempt(chapter, submitted, traces, defaultLimits);
  const todos = todosIn(readFileSync(file, 'utf8'));
  const standings = standingsOf(chapter, traces, tried, todos);
  const number = (mark: string) => standings.filter((each) => each.mark === mark).length;
  const ran = isSolved(tried, chapter);
  const mistakes = ran ? await checkTypes(submitted) : [];
  const { unrunnable, runs, trials = [] } = tried;
  const says = (): string => {
    if (unrunnable) return 'cannot be run';
    if (mistakes.length > 0) return 'does not type-check';
    if (ran) return 'solved';
    if (trials.some((each) => !counts(each))) return 'a trial fails';
    return number('todo') === standings.length ? 'not begun' : '';
  };
  return {
    chapter,
    written: standings.length - number('todo'),
    right: number('right'),
    rules: standings.length,
    passed: runs.filter(counts).length,
    runs: runs.length,
    says: says(),
    solved: ran && mistakes.length === 0,
  };
}

async function main(args: string[]): Promise<void> {
  const { values, positionals } = read(args);
  if (values.help) return void process.stdout.write(help);
  const [folder = join(root, 'chapters'), ...more] = positionals;
  if (more.length > 0) throw new UsageError(`Expected one folder, found also '${more[0]}'.`);
  const fileOf = (chapter: Chapter) => join(folder, chapter.name, 'exercise.ts');
  const present = chapters.filter((chapter) => existsSync(fileOf(chapter)));
  if (present.length === 0) {
    throw new UsageError(
      `${folder} holds no exercise; expected files like ${join(folder, '03-voting', 'exercise.ts')}.`,
    );
  }
  const width = Math.max(...present.map(({ title }) => title.length));
  process.stdout.write(`${'chapter'.padEnd(width + 2)}  written   right  runs pass\n`);
  // Most often nobody needs it.
  let checker: TypeChecker | undefined;
  const checkTypes: CheckTypes = (submitted) => (checker ??= typeChecker()).check(submitted);
  let unsolved: Chapter | undefined;
  for (const chapter of present) {
    const row = await rowOf(chapter, fileOf(chapter), checkTypes);
    process.stdout.write(`${lineOf(row, width)}\n`);
    if (!row.solved) unsolved ??= chapter;
  }
  await checker?.stop();
  process.stdout.write(`\n${unsolved ? goOn(unsolved, positionals[0]) : 'All are solved.'}\n`);
}

function lineOf(row: Row, width: number): string {
  const { chapter, written, right, rules, passed, runs, says, solved } = row;
  return [
    `${numberOf(chapter)} ${chapter.title.padEnd(width)}`,
    `${written} of ${rules}`.padStart(8),
    `${right}`.padStart(6),
    (runs === 0 ? '-' : `${passed} of ${runs}`).padStart(9),
    says === '' ? '' : `${solved ? '✓ ' : ''}${says}`,
  ]
    .join('  ')
    .trimEnd();
}

function goOn(chapter: Chapter, folder: string | undefined): string {
  const file = folder === undefined ? '' : ` ${join(folder, chapter.name, 'exercise.ts')}`;
  return (
    `Next: npm run watch -- ${numberOf(chapter)}${file}\n` +
    `      edit ${file.trim() || exerciseFile(chapter)}; the lesson is chapters/${chapter.name}/README.md`
  );
}

function read(args: string[]) {
  const options = { help: { type: 'boolean', short: 'h' } } as const;
  try {
    return parseArgs({ args, options, allowPositionals: true });
  } catch (error) {
    const why = error instanceof Error ? error.message.split('. To specify')[0] : String(error);
    throw new UsageError(`${why}. --help says what there is.`);
  }
}

if (require.main === module) {
  main(process.argv.slice(2)).catch((error: unknown) => {
    if (!(error instanceof UsageError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 2;
  });
}

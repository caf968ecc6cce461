// `npm run watch -- 3`: the verdict on a chapter's exercise, again at each save.

import { existsSync } from 'node:fs';
import { isAbsolute, join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { chapters } from '../chapters/chapters.ts';
import { gapsOf } from '../lib/exercise/gaps.ts';
import { onSave } from '../lib/exercise/on-save.ts';
import type { Tried } from '../lib/exercise/verdict.ts';
import { partsOf, verdictOn } from '../lib/exercise/verdict.ts';
import { watchOn } from '../lib/exercise/watch-terminal.ts';
import type { Trying } from '../lib/exercise/watcher.ts';
import { Watcher } from '../lib/exercise/watcher.ts';
import { defaultLimits } from '../lib/grade/sandbox/process.ts';
import { UsageError } from '../lib/stepper/flags.ts';
import { plainText } from '../lib/stepper/text.ts';
import { chapterFrom, exerciseFile } from './choose-chapter.ts';
import { tracesOf } from './grading.ts';
import { root } from './root.ts';
import { placeOf } from './submissions.ts';
import { typeChecker } from './type-checker.ts';

const help = `Usage: npm run watch -- CHAPTER [FILE] [--once]

Replays a chapter's runs with your exercise each time you save it, and says what to do next. A
chapter is a number or a name: 3, 03-voting. FILE is the exercise, if it is not the chapter's own.

  ✓ 12/14   this rule did as recorded in 12 of the 14 steps that ask it, and nowhere else
  ✗         this rule is named where a run first went wrong
  …         still to be written
  ?         written, but every run stops before it acts

  --once    Give the verdict and end. Exit code 0: the exercise is solved; 1: it is not.
  --help    Print this help.

Keys: h the next hint for the current rule, ↑ ↓ scroll, q quit.
`;

async function main(args: string[]): Promise<void> {
  const { values, positionals } = read(args);
  if (values.help) return void process.stdout.write(help);
  const [name, path, ...more] = positionals;
  if (name === undefined) throw new UsageError('Expected a chapter, as in: npm run watch -- 3');
  if (more.length > 0) throw new UsageError(`Expected one file, found '${more[0]}' too.`);
  const chapter = chapterFrom(name);
  const file = path === undefined ? join(root, exerciseFile(chapter)) : resolve(path);
  if (!existsSync(file)) throw new UsageError(`There is no file ${seenFrom(file)}.`);
  const next = chapters[chapters.indexOf(chapter) + 1];
  const checker = typeChecker();
  const trying: Trying = {
    chapter,
    ...(next && { next }),
    submitted: { file: seenFrom(file), root, ...placeOf(chapter) },
    traces: tracesOf(chapter),
    limits: defaultLimits,
    checkTypes: (submitted) => checker.check(submitted),
  };
  const { stdin: input, stdout: output } = process;
  if (values.once) {
    let solved = false;
    await new Watcher(trying, (tried, settled) => {
      if (settled) solved = print(tried);
    }).again();
    process.exitCode = solved ? 0 : 1;
  } else if (input.isTTY && output.isTTY && process.env.TERM !== 'dumb') {
    await watchOn({ input, output }, trying, gapsOf(chapter));
  } else {
    const watcher = new Watcher(trying, (tried, settled) => void (settled && print(tried)));
    onSave(file, () => void watcher.again());
    return watcher.again();
  }
  await checker.stop();
}

function read(args: string[]) {
  const options = {
    once: { type: 'boolean' },
    help: { type: 'boolean', short: 'h' },
  } as const;
  try {
    return parseArgs({ args, options, allowPositionals: true });
  } catch (error) {
    const why = error instanceof Error ? error.message.split('. To specify')[0] : String(error);
    throw new UsageError(`${why}. --help names the flags.`);
  }
}

/** Prints a verdict as plain text; gives whether the exercise is solved. */
function print(tried: Tried): boolean {
  const verdict = verdictOn(tried);
  const parts = partsOf(verdict).filter((part) => part.length > 0);
  const text = parts.map((part) => part.map((each) => `${plainText(each)}\n`).join('')).join('\n');
  process.stdout.write(`${text}\n`);
  return verdict.solved;
}

/** The path from where the command runs, unless that leads far away. */
function seenFrom(file: string): string {
  const path = relative(process.cwd(), file);
  return path.startsWith('..') || isAbsolute(path) ? file : path;
}

if (require.main === module) {
  main(process.argv.slice(2)).catch((error: unknown) => {
    if (!(error instanceof UsageError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 2;
  });
}

// `npm run hint -- 3 grant-vote`: helps with a gap of a chapter's exercise, a little more each time.

import type { Gap } from '../lib/exercise/gaps.ts';
import { gapsOf } from '../lib/exercise/gaps.ts';
import type { Chapter } from '../lib/scenario/scenario.ts';
import { nearestTo, UsageError } from '../lib/stepper/flags.ts';
import { line, plainText, wrap } from '../lib/stepper/text.ts';
import { chapterFrom, exerciseFile, numberOf } from './choose-chapter.ts';

const usage = `Usage: npm run hint -- CHAPTER [RULE] [LEVEL]

With a chapter, lists the gaps of its exercise. With a rule, gives a hint; with a level from 1 to 3, a
stronger one. A chapter is a number or a name, as in: npm run hint -- 3 grant-vote 2
`;

const command = (chapter: Chapter, ...more: readonly (string | number)[]) =>
  ['npm run hint --', numberOf(chapter), ...more].join(' ');

/** What the command prints. Throws UsageError when it cannot make out what is meant. */
export function hintText(args: readonly string[]): string {
  const [first, rule, level = '1', ...more] = args;
  if (first === undefined || first === '--help' || first === '-h') return usage;
  if (more.length > 0)
    throw new UsageError(`Expected at most three words, found '${more[0]}' too.`);
  const chapter = chapterFrom(first);
  return rule === undefined ? listOf(chapter) : hintOf(chapter, gapFrom(chapter, rule), level);
}

function gapFrom(chapter: Chapter, name: string): Gap {
  const gaps = gapsOf(chapter);
  const found = gaps.find(({ rule }) => rule.name === name);
  if (found) return found;
  const nearest = nearestTo(
    name,
    gaps.map(({ rule }) => rule.name),
  );
  throw new UsageError(
    `The exercise of chapter ${numberOf(chapter)} has no gap '${name}'; the nearest is ${nearest}.`,
  );
}

function listOf(chapter: Chapter): string {
  const gaps = gapsOf(chapter);
  const width = Math.max(...gaps.map(({ rule }) => rule.name.length)) + 2;
  const example = command(chapter, gaps[0]?.rule.name ?? '');
  return [
    `Chapter ${numberOf(chapter)}, ${chapter.title}: the gaps in ${exerciseFile(chapter)}`,
    '',
    ...gaps.map(({ rule }) => wrapped(`  ${rule.name.padEnd(width)}${rule.says}`, width + 2)),
    '',
    `For a hint: ${example}`,
    '',
  ].join('\n');
}

function hintOf(chapter: Chapter, { rule, hint }: Gap, level: string): string {
  const text = /^[123]$/.test(level) ? hint[Number(level) - 1] : undefined;
  if (text === undefined) {
    throw new UsageError(`Expected a level from 1 to ${hint.length}, found '${level}'.`);
  }
  const next = Number(level) + 1;
  return [
    wrapped(`${rule.name}: ${rule.says} (${rule.paper})`),
    '',
    wrapped(`Hint ${level} of ${hint.length}. ${text}`),
    ...(next <= hint.length ? ['', `The next one: ${command(chapter, rule.name, next)}`] : []),
    '',
  ].join('\n');
}

const wrapped = (text: string, indent = 0) =>
  wrap(line(text), 80, indent).map(plainText).join('\n');

if (require.main === module) {
  try {
    process.stdout.write(hintText(process.argv.slice(2)));
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 2;
  }
}

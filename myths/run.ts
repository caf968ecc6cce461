// Opens the run of a myth in the stepper: npx tsx myths/run.ts longest-log-leads

import { join } from 'node:path';
import { nearestTo } from '../lib/stepper/flags.ts';
import { openChapter } from '../lib/stepper/open.ts';
import { traceFile } from '../lib/walkthrough/links.ts';
import { chapterOf, variantMyths } from './myths.ts';

const names = variantMyths.map(({ name }) => name);
const usage =
  'Usage: npx tsx myths/run.ts MYTH [flags of the stepper]\n' +
  '       npx tsx myths/run.ts --trace FILE\n\nThe myths:\n' +
  variantMyths.map(({ name, claim }) => `  ${name}\n    ${claim}\n`).join('');

/** The name of the myth that is meant: the first argument, or the name in a trace's. */
function meant(args: readonly string[]): string | undefined {
  const [first = ''] = args;
  const file = args[args.indexOf('--trace') + 1];
  if (!first.startsWith('-')) return first;
  return args.includes('--trace') ? /([^/\\]+)\.trace\.jsonl$/.exec(file ?? '')?.[1] : undefined;
}

const args = process.argv.slice(2);
const name = meant(args);
const myth = variantMyths.find((each) => each.name === name);
if (args.length === 0 || args.includes('--help')) {
  process.stdout.write(usage);
} else if (!myth) {
  const nearest = name === undefined ? '' : ` The nearest is ${nearestTo(name, names)}.`;
  process.stderr.write(
    `Expected the name of a myth, found '${name ?? args.join(' ')}'.${nearest}\n`,
  );
  process.exitCode = 2;
} else {
  const run = { chapter: myth.chapter, scenario: myth.name, myth: myth.name };
  const given = args.includes('--trace')
    ? args
    : ['--trace', join(__dirname, '..', traceFile(run)), ...args.slice(1)];
  void openChapter(chapterOf(myth), given);
}

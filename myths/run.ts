// Opens the run of a myth in the stepper: npx tsx myths/run.ts longest-log-leads

import { join } from 'node:path';
import { nearestTo, UsageError } from '../lib/stepper/flags.ts';
import { openChapter } from '../lib/stepper/open.ts';
import { TraceError } from '../lib/trace/error.ts';
import { readTrace } from '../lib/trace/format.ts';
import { traceFile } from '../lib/walkthrough/links.ts';
import { chapterOf, variantMyths } from './myths.ts';

const names = variantMyths.map(({ name }) => name);
const usage =
  'Usage: npx tsx myths/run.ts MYTH [flags of the stepper]\n' +
  '       npx tsx myths/run.ts --trace FILE\n\nThe myths:\n' +
  variantMyths.map(({ name, claim }) => `  ${name}\n    ${claim}\n`).join('');

/** The name of the myth that is meant: the first argument, or what a trace says. Throws TraceError. */
function meant(args: readonly string[]): string | undefined {
  const [first = ''] = args;
  if (!first.startsWith('-')) return first;
  const file = args[args.indexOf('--trace') + 1];
  return args.includes('--trace') && file !== undefined ? readTrace(file).header.myth : undefined;
}

function main(args: readonly string[]): void {
  if (args.length === 0 || args.includes('--help')) {
    process.stdout.write(usage);
    return;
  }
  const name = meant(args);
  const myth = variantMyths.find((each) => each.name === name);
  if (!myth) {
    const nearest = name === undefined ? '' : ` The nearest is ${nearestTo(name, names)}.`;
    const found = name === undefined ? 'none' : `'${name}'`;
    throw new UsageError(`Expected the name of a myth, found ${found}.${nearest}`);
  }
  const run = { chapter: myth.chapter, scenario: myth.name, myth: myth.name };
  const file = join(__dirname, '..', traceFile(run));
  const given = args.includes('--trace') ? args : ['--trace', file, ...args.slice(1)];
  void openChapter(chapterOf(myth), given);
}

try {
  main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof UsageError || error instanceof TraceError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 2;
}

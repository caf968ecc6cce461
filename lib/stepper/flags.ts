// Reads the command line of the stepper. A mistake becomes one line that says what would be right.

import { closest } from 'fastest-levenshtein';
import { parseArgs } from 'node:util';

/** A mistake of the person at the keyboard; its message is all they need to see. */
export class UsageError extends Error {}

const flags = {
  list: { type: 'boolean', value: '', does: 'Name the scenarios of this chapter.' },
  scenario: { type: 'string', value: ' NAME', does: 'Open this scenario, not the first one.' },
  step: {
    type: 'string',
    value: ' N',
    does: 'Open the scenario at step N, 0 being its start; with --print, only that step.',
  },
  trace: { type: 'string', value: ' FILE', does: 'Open a recorded trace of this chapter.' },
  print: {
    type: 'boolean',
    value: '',
    does: 'Print as plain text: the scenario named, or all of them.',
  },
  help: { type: 'boolean', short: 'h', value: '', does: 'Print this help.' },
} as const;

/** What --help says. */
export function helpText(chapterName: string): string {
  return (
    `Usage: npx tsx chapters/${chapterName}/run.ts [flags]\n\n` +
    `Steps through the scenarios of a chapter. The ? key explains the keys and the marks.\n` +
    `Without a terminal to draw on, it prints.\n\n${flagList(flags)}`
  );
}

/** A line for each flag of a table. */
export function flagList(table: FlagTable): string {
  const written = Object.entries(table).map(([name, { value, does }]) => ({
    flag: `--${name}${value}`,
    does,
  }));
  const width = Math.max(...written.map(({ flag }) => flag.length)) + 2;
  return written.map(({ flag, does }) => `  ${flag.padEnd(width)}${does}\n`).join('');
}

/** A table of flags: what each takes, and what it does. */
export type FlagTable = Readonly<
  Record<
    string,
    {
      readonly type: 'string' | 'boolean';
      readonly short?: string;
      readonly multiple?: boolean;
      /** As the help writes it: ` NAME`, or nothing for a flag without a value. */
      readonly value: string;
      readonly does: string;
    }
  >
>;

/** Reads the stepper's flags. Throws UsageError at the first that cannot be. */
export const readFlags = (args: readonly string[]) => readFlagsOf(flags, args);

/** Reads the flags of a table. Throws UsageError at the first that cannot be. */
export function readFlagsOf<const Table extends FlagTable>(table: Table, args: readonly string[]) {
  const options = { args: [...args], options: table };
  const { tokens } = parseArgs({ ...options, strict: false, tokens: true });
  for (const token of tokens) {
    if (token.kind === 'positional') {
      throw new UsageError(`Expected a flag, found '${token.value}'; --help names the flags.`);
    }
    if (token.kind === 'option') checkFlag(table, token.name, token.rawName, token);
  }
  return parseArgs(options).values;
}

function checkFlag(
  table: FlagTable,
  name: string,
  written: string,
  given: { readonly value: string | undefined; readonly inlineValue: boolean | undefined },
): void {
  const [, flag] = Object.entries(table).find(([known]) => known === name) ?? [];
  if (!flag) {
    const nearest = nearestTo(name, Object.keys(table));
    throw new UsageError(`There is no flag ${written}; the nearest is --${nearest}.`);
  }
  const { value, inlineValue = false } = given;
  if (flag.type === 'boolean' && value !== undefined) {
    throw new UsageError(`${written} takes no value.`);
  }
  // What looks like a flag is one, unless it is written as in --step=-1.
  if (flag.type === 'string' && (!value || (value.startsWith('-') && !inlineValue))) {
    throw new UsageError(`${written} needs a value: --${name}${flag.value}.`);
  }
}

/** The name that begins with what was typed, or else the one most like it. */
export const nearestTo = (typed: string, names: readonly string[]): string =>
  names.find((name) => typed !== '' && name.startsWith(typed)) ?? closest(typed, names);

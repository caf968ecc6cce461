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
  const entries = Object.entries(flags).map(
    ([name, { value, does }]) => `  ${`--${name}${value}`.padEnd(18)}${does}\n`,
  );
  return (
    `Usage: npx tsx chapters/${chapterName}/run.ts [flags]\n\n` +
    `Steps through the scenarios of a chapter. The ? key explains the keys and the marks.\n` +
    `Without a terminal to draw on, it prints.\n\n${entries.join('')}`
  );
}

/** Reads the flags. Throws UsageError at the first that cannot be. */
export function readFlags(args: readonly string[]) {
  const options = { args: [...args], options: flags };
  const { tokens } = parseArgs({ ...options, strict: false, tokens: true });
  for (const token of tokens) {
    if (token.kind === 'positional') {
      throw new UsageError(`Expected a flag, found '${token.value}'; --help names the flags.`);
    }
    if (token.kind === 'option') checkFlag(token.name, token.rawName, token);
  }
  return parseArgs(options).values;
}

function checkFlag(
  name: string,
  written: string,
  given: { readonly value: string | undefined; readonly inlineValue: boolean | undefined },
): void {
  const [, flag] = Object.entries(flags).find(([known]) => known === name) ?? [];
  if (!flag) {
    const nearest = nearestTo(name, Object.keys(flags));
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

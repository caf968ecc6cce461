// Draws a verdict on a terminal: a pure function to lines, in the roomiest form that fits.

import type { Size, Screen } from '../stepper/screen.ts';
import type { Line } from '../stepper/text.ts';
import { cut, line, widthOfLine, wrap } from '../stepper/text.ts';
import type { Verdict } from './verdict.ts';

export interface WatchView {
  /** Undefined before the first. */
  readonly verdict: Verdict | undefined;
  /** A hint that was asked for. */
  readonly hint: readonly Line[];
  /** When it was checked, or that it is being checked, or why a key did nothing. */
  readonly notice: string;
  /** How many lines are scrolled away. */
  readonly scroll: number;
}

/** The screen of a view; it has as many lines as the terminal has rows, the keys in the last. */
export function watchScreen({ verdict, hint, notice, scroll }: WatchView, size: Size): Screen {
  const { columns, rows } = size;
  const room = rows - 1;
  const body = verdict ? bodyOf(verdict, hint, columns, room) : [line('Checking …')];
  const maxScroll = Math.max(0, body.length - room);
  const top = Math.min(scroll, maxScroll);
  const visible = body.slice(top, top + room);
  const empty = Array.from({ length: room - visible.length }, (): Line => []);
  const lines = [...visible, ...empty, footer(notice, maxScroll - top, top, columns)];
  return { lines: lines.map((each) => cut(each, columns)), maxScroll };
}

function bodyOf(verdict: Verdict, hint: readonly Line[], columns: number, room: number): Line[] {
  const wrapped = (lines: readonly Line[]) =>
    lines.flatMap((each) => wrap(each, columns, indentOf(each) + 2));
  const { heading, types, rules, rulesInBrief, runs, problem, printed, next } = verdict;
  const below = [problem, printed, hint, next].map(wrapped);
  const full = [wrapped([heading]), wrapped(types), [...rules], wrapped(runs), ...below];
  const brief = [wrapped([heading]), wrapped(types), wrapped(rulesInBrief), wrapped(runs), ...below];
  const [head = [], ...parts] = brief;
  const forms = [apart(full), apart([full.slice(0, 4).flat(), ...below]), apart(brief)];
  return forms.find((form) => form.length <= room) ?? [...head, ...apart(parts)];
}

const indentOf = (each: Line): number => /^ */.exec(each[0]?.text ?? '')?.[0].length ?? 0;

/** Parts with an empty line between them. */
const apart = (parts: readonly (readonly Line[])[]): Line[] =>
  parts
    .filter((part) => part.length > 0)
    .flatMap((part, index) => (index === 0 ? part : [[], ...part]));

function footer(notice: string, below: number, above: number, columns: number): Line {
  const keys: Line = [
    { text: 'h', style: 'strong' },
    { text: ' hint  ', style: 'quiet' },
    { text: 'q', style: 'strong' },
    { text: ' quit', style: 'quiet' },
  ];
  const hidden = [
    ...(above > 0 ? [`${above} more (↑)`] : []),
    ...(below > 0 ? [`${below} more (↓)`] : []),
  ].join('  ');
  const more: Line = hidden === '' ? [] : [{ text: `  … ${hidden}`, style: 'accent' }];
  const left = [...keys, ...more];
  const space = Math.max(2, columns - widthOfLine(left) - notice.length);
  return [...left, { text: ' '.repeat(space) + notice, style: 'quiet' }];
}

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

/**
 * The screen of a view; it has as many lines as the terminal has rows. The last are always seen: the
 * hint, what to do next, and the keys. What is above them scrolls.
 */
export function watchScreen({ verdict, hint, notice, scroll }: WatchView, size: Size): Screen {
  const { columns, rows } = size;
  const end = verdict ? apart([hint, verdict.next].map((part) => wrapped(part, columns))) : [];
  // On a very small terminal it all scrolls.
  const fixed = end.length > 0 && end.length + 2 <= rows / 2 ? [[], ...end] : [];
  const room = rows - 1 - fixed.length;
  const body = verdict
    ? bodyOf(verdict, fixed.length > 0 ? [] : end, columns, room)
    : [line('Checking …')];
  const maxScroll = Math.max(0, body.length - room);
  const top = Math.min(scroll, maxScroll);
  const visible = body.slice(top, top + room);
  const empty = Array.from({ length: room - visible.length }, (): Line => []);
  // What is short stands together; the keys stand below.
  const lines = [...visible, ...fixed, ...empty, footer(notice, maxScroll - top, top, columns)];
  return { lines: lines.map((each) => cut(each, columns)), maxScroll };
}

function bodyOf(verdict: Verdict, end: readonly Line[], columns: number, room: number): Line[] {
  const { heading, types, rules, rulesInBrief, runs, problem, printed } = verdict;
  const head = [[heading], types].map((part) => wrapped(part, columns));
  const below = [problem, printed].map((part) => wrapped(part, columns));
  const brief = wrapped(rulesInBrief, columns);
  const forms = [
    apart([...head, rules, runs, ...below, end]),
    apart([[...head.flat(), ...rules, ...runs], ...below, end]),
    apart([...head, brief, runs, ...below, end]),
  ];
  const dense = apart([[...head.flat(), ...brief, ...runs], ...below, end]);
  return forms.find((form) => form.length <= room) ?? dense;
}

/** Lines no wider than the screen; where one goes on, it is indented. */
const wrapped = (lines: readonly Line[], columns: number): Line[] =>
  lines.flatMap((each) => wrap(each, columns, indentOf(each) + 2));

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

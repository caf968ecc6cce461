// Turns styled text into what a terminal understands.

import type { Line, Style } from './text.ts';
import { shown } from './text.ts';

const codes: Readonly<Record<Style, string>> = {
  plain: '',
  strong: '1',
  quiet: '2',
  changed: '1;35',
  good: '32',
  bad: '31',
  accent: '1;36',
};

/** A line for a terminal; without colour there are no escape sequences in it. */
export function paint(segments: Line, colour: boolean): string {
  return segments
    .map((segment) => {
      const code = codes[segment.style];
      return colour && code ? `\u001b[${code}m${shown(segment)}\u001b[0m` : shown(segment);
    })
    .join('');
}

// The help panel: what the keys do and what the marks mean.

import { bindings } from './keys.ts';
import type { Line } from './text.ts';
import { line, padded, wrap } from './text.ts';

const marks: readonly (readonly [string, string])[] = [
  ['>', 'the node to which this step happens'],
  ['0 → 1', 'a field changes from 0 to 1; *1 where the screen is narrow'],
  ['*m3 A→B', 'message m3 from A to B, sent at this step'],
  ['…4 (t1)', 'everything up to index 4 is discarded; the term there is 1'],
  ['✓', 'a rule that fired, a condition that held'],
  ['✗', 'a rule that did not fire, a condition that failed'],
];

const column = 11;

/** The help, wrapped to a width. */
export function helpLines(width: number): Line[] {
  const keys = [
    ...bindings.flatMap(({ help }) => (help ? [help] : [])),
    ['q Ctrl-C', 'quit'],
  ] as const;
  return [
    line('Keys', 'strong'),
    ...keys.flatMap(([written, does]) => entry(written, does, width)),
    [],
    line('Marks', 'strong'),
    ...marks.flatMap(([mark, means]) => entry(mark, means, width)),
  ];
}

const entry = (name: string, text: string, width: number): Line[] =>
  wrap([{ text: padded(name, column), style: 'accent' }, ...line(text)], width, column);

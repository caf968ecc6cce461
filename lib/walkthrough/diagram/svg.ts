// Writes SVG elements as text: one element a line, numbers short, so that a diff stays readable.

import { markup } from '../text.ts';
import type { Curve, Point } from './geometry.ts';

type Attributes = Readonly<Record<string, string | number | undefined>>;

/** An element; the children are elements already. */
export function element(name: string, attributes: Attributes, ...children: string[]): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(
      ([key, value]) =>
        ` ${key}="${typeof value === 'number' ? short(value) : markup(value ?? '')}"`,
    );
  const start = `<${name}${written.join('')}`;
  if (children.length === 0) return `${start}/>`;
  if (children.length === 1 && !children[0]?.includes('\n')) {
    return `${start}>${children[0]}</${name}>`;
  }
  return [`${start}>`, ...children, `</${name}>`].join('\n');
}

/** An element with plain text inside. */
export const textElement = (name: string, attributes: Attributes, text: string) =>
  element(name, attributes, markup(text));

/** A number with one decimal at most. */
export const short = (value: number) => String(Math.round(value * 10) / 10 + 0);

export const pathOf = ({ from, control, to }: Curve) => `M${at(from)} Q${at(control)} ${at(to)}`;

export const at = ({ x, y }: Point) => `${short(x)},${short(y)}`;

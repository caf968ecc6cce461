// Styled text in lines: how wide it is on a screen, and how it wraps, is cut and is padded.
// A style only adds to what the words and marks say, so that a line loses nothing without colour.

export type Style = 'plain' | 'strong' | 'quiet' | 'changed' | 'good' | 'bad' | 'accent';

export interface Segment {
  readonly text: string;
  readonly style: Style;
}

export type Line = readonly Segment[];

/** A space at which a line does not break; it is shown as a space. */
export const hardSpace = '\u00a0';

/** A line of one style. */
export const line = (text: string, style: Style = 'plain'): Line => [{ text, style }];

/** What a segment shows: every kind of space as a space, and no control characters. */
export const shown = ({ text }: Segment): string =>
  text.replace(/\s/gu, ' ').replace(/\p{Cc}/gu, '\ufffd');

/** The characters of a line, without its styles. */
export const plainText = (segments: Line): string => segments.map(shown).join('').trimEnd();

/** How many columns a text takes on a screen. */
export function widthOf(text: string): number {
  if (/^[\x20-\u02ff]*$/.test(text)) return text.length;
  let width = 0;
  for (const character of text) width += columnsOf(character);
  return width;
}

const columns = new Map<string, number>();

/** How many columns a character takes; asked for few characters, and often. */
function columnsOf(character: string): number {
  const known = columns.get(character);
  if (known !== undefined) return known;
  const taken = columnsTaken(character);
  columns.set(character, taken);
  return taken;
}

/** Combining marks take no column; the wide characters of East Asia, and emoji, take two. */
function columnsTaken(character: string): number {
  if (character < '\u0300') return 1;
  if (/[\p{Mn}\p{Me}\p{Cf}]/u.test(character)) return 0;
  return /[\p{sc=Han}\p{sc=Hangul}\p{sc=Hira}\p{sc=Kana}\p{Emoji_Presentation}\uff01-\uff60]/u.test(
    character,
  )
    ? 2
    : 1;
}

export const widthOfLine = (segments: Line): number =>
  segments.reduce((width, { text }) => width + widthOf(text), 0);

/** The text with spaces up to a width. */
export const padded = (text: string, width: number): string =>
  text + ' '.repeat(Math.max(0, width - widthOf(text)));

/** The line itself, or, when it is wider, as much of it as fits and `…`. */
export function cut(segments: Line, width: number): Line {
  if (widthOfLine(segments) <= width) return segments;
  const [kept] = splitAt(segments, width - 1);
  return [...kept, { text: '…', style: kept.at(-1)?.style ?? 'plain' }];
}

/** What fits in a number of columns, and the rest. */
function splitAt(segments: Line, width: number): [Line, Line] {
  let left = width;
  for (const [index, { text, style }] of segments.entries()) {
    let end = 0;
    for (const character of text) {
      left -= columnsOf(character);
      if (left < 0) {
        return [
          [...segments.slice(0, index), { text: text.slice(0, end), style }],
          [{ text: text.slice(end), style }, ...segments.slice(index + 1)],
        ];
      }
      end += character.length;
    }
  }
  return [segments, []];
}

/** Breaks a line at its spaces. Every line but the first is indented. */
export function wrap(segments: Line, width: number, indent = 0): Line[] {
  if (widthOfLine(segments) <= width) return [segments];
  const rows: Segment[][] = [[]];
  let left = width;
  // Whether the last row holds more than its indentation.
  let started = false;
  const put = (pieces: Line) => {
    rows.at(-1)?.push(...pieces);
    left -= widthOfLine(pieces);
    started = true;
  };
  const breakRow = () => {
    const space = Math.min(indent, width - 1);
    rows.push([{ text: ' '.repeat(Math.max(0, space)), style: 'plain' }]);
    left = width - space;
    started = false;
  };
  let gap: Line = [];
  for (const { pieces, isSpace } of wordsOf(segments)) {
    if (isSpace) {
      gap = pieces;
      continue;
    }
    if (started && widthOfLine(gap) + widthOfLine(pieces) > left) breakRow();
    else put(gap);
    gap = [];
    let rest: Line = pieces;
    while (widthOfLine(rest) > left) {
      const [head, tail] = splitAt(rest, left);
      if (widthOfLine(head) === 0 && !started) break;
      put(head);
      breakRow();
      rest = tail;
    }
    put(rest);
  }
  return rows.map(merged);
}

/** Words and the spaces between them. A word may change its style on the way. */
function wordsOf(segments: Line): { isSpace: boolean; pieces: Segment[] }[] {
  const words: { isSpace: boolean; pieces: Segment[] }[] = [];
  for (const { text, style } of segments) {
    for (const part of text.match(/[^\S\u00a0]+|[\S\u00a0]+/gu) ?? []) {
      const isSpace = /^[^\S\u00a0]/u.test(part);
      const last = words.at(-1);
      if (last?.isSpace === isSpace) last.pieces.push({ text: part, style });
      else words.push({ isSpace, pieces: [{ text: part, style }] });
    }
  }
  return words;
}

/** The same line in as few segments as possible. */
function merged(segments: Line): Line {
  const all: { text: string; style: Style }[] = [];
  for (const { text, style } of segments) {
    const last = all.at(-1);
    if (last?.style === style) last.text += text;
    else if (text !== '') all.push({ text, style });
  }
  return all;
}

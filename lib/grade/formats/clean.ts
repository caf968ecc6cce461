// Makes text from a student's program safe in every format. What one format needs besides, its writer escapes.

import { stripVTControlCharacters } from 'node:util';

/** The text in one line, at most about `limit` characters. */
export const oneLine = (text: string, limit = 300): string =>
  severalLines(text, limit).replace(/\s+/gu, ' ');

/**
 * The text in lines that end with `\n`, at most about `limit` characters, and a note of what was left out. Without
 * terminal sequences, and with `\ufffd` for every character that a format could not hold or a reader would not see.
 */
export function severalLines(text: string, limit = 16_000): string {
  const left = text.length - limit;
  const kept = stripVTControlCharacters(left > 0 ? text.slice(0, limit) : text)
    .replace(/\r\n?|[\v\f\u0085\u2028\u2029]/gu, '\n')
    .replace(unseen, '\ufffd');
  const safe = withoutCommands(kept).trimEnd();
  return left > 0 ? `${safe}\n… and ${left} more characters` : safe;
}

/** Control characters but `\t` and `\n`, lone surrogates, non-characters, and what turns the writing direction. */
const unseen = /(?![\t\n])[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}\p{Bidi_Control}]/gu;

/** GitHub Actions obeys `::` at the start of a printed line, whatever spaces precede it, and `##[` anywhere. */
const withoutCommands = (text: string): string =>
  text.replace(/^([^\S\n]*):(?=:)/gmu, '$1: ').replaceAll('##[', '# #[');

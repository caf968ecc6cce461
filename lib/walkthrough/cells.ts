// How one value of a state stands in a table: what a step changed in it stands out.

import type { Entry, PlainLog } from '../log/log.ts';
import { Log } from '../log/log.ts';
import { sameContent } from '../trace/canonical.ts';
import { isCompacted, sayBeginning, sayValue } from '../words/words.ts';
import { markdown } from './text.ts';

/** A value before and after a step. A long log is told by the terms of its entries. */
export function cell(before: unknown, after: unknown, shortLogs: boolean): string {
  if (isLog(before) && isLog(after)) return logCell(before, after, shortLogs);
  if (sameContent(before, after)) return said(after);
  if (isRecord(before) && isRecord(after)) {
    const keys = Object.keys(before);
    if (keys.length > 0 && keys.every((key) => key in after)) return recordCell(before, after);
  }
  return changed(before, after);
}

const said = (value: unknown) => markdown(sayValue(value));

const changed = (before: unknown, after: unknown) => `${said(before)} → **${said(after)}**`;

/**
 * What was discarded, struck out; where the log begins; the entries that stay, then those that were
 * cut, struck out, then the new ones.
 */
function logCell(old: PlainLog, now: PlainLog, shortLogs: boolean): string {
  const [was, is] = [Log.of(old), Log.of(now)];
  const { lastIncludedIndex: begin } = is;
  const isMoved = was.lastIncludedIndex !== begin;
  const discarded = was.upTo(begin).entriesFrom(1);
  const before = was.entriesFrom(begin + 1);
  const after = is.entriesFrom(begin + 1);
  const differs = after.findIndex((entry, index) => !sameContent(entry, before[index]));
  const kept = differs < 0 ? after.length : differs;
  const separator = shortLogs ? ' ' : ', ';
  const words = (entries: readonly Entry[]) =>
    shortLogs ? entries.map(({ term }) => term).join(separator) : said(entries).slice(2, -2);
  const say = (entries: readonly Entry[], mark: string) =>
    entries.length === 0 ? [] : [`${mark}${words(entries)}${mark}`];
  const beginning = isCompacted(now) ? [markdown(sayBeginning(now))] : [];
  const parts = [
    ...(isMoved ? say(discarded, '~~') : []),
    ...beginning.map((each) => (isMoved ? `**${each}**` : each)),
    ...say(after.slice(0, kept), ''),
    ...say(before.slice(kept), '~~'),
    ...say(after.slice(kept), '**'),
  ];
  return `\\[${parts.join(separator)}\\]`;
}

/** Key by key: `{B 4 → 5, C 4}`. */
function recordCell(before: object, after: object): string {
  const was = new Map<string, unknown>(Object.entries(before));
  const parts = Object.entries(after).map(([key, value]: [string, unknown]) => {
    if (!was.has(key)) return `**${markdown(key)} ${said(value)}**`;
    const old = was.get(key);
    return `${markdown(key)} ${sameContent(old, value) ? said(value) : changed(old, value)}`;
  });
  return `{${parts.join(', ')}}`;
}

const isRecord = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isEntry = (value: unknown): value is Entry =>
  isRecord(value) && 'term' in value && 'command' in value;

const isLog = (value: unknown): value is PlainLog =>
  isCompacted(value) || (Array.isArray(value) && value.every(isEntry));

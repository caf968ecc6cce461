// The short words of a diagram, and how much room they need.

import { sayId } from '../../words/words.ts';
import type { MessageRecord, NodeRecord } from '../../trace/trace.ts';

/** `leader, term 1`, or `leader` before there are terms. */
export const sayRole = ({ role, currentTerm }: NodeRecord): string =>
  currentTerm === undefined ? role : `${role}, term ${currentTerm}`;

/** What a step made of a node, as far as a diagram shows it: `candidate, term 1`, `commit 3`, `snapshot 4`. */
export function sayChange(before: NodeRecord, after: NodeRecord): string | undefined {
  const commits =
    after.commitIndex === before.commitIndex ? [] : [`commit ${after.commitIndex ?? 'unknown'}`];
  const [old, now] = [before.snapshot?.lastIncludedIndex, after.snapshot?.lastIncludedIndex];
  const snapshots = now === old || now === undefined ? [] : [`snapshot ${now}`];
  const changes = [...roleChange(before, after), ...commits, ...snapshots];
  return changes.length === 0 ? undefined : changes.join(', ');
}

function roleChange(before: NodeRecord, after: NodeRecord): string[] {
  if (before.role !== after.role) return [sayRole(after)];
  if (before.currentTerm === after.currentTerm) return [];
  return [after.role === 'follower' ? `term ${after.currentTerm}` : sayRole(after)];
}

/** A message without its type: its id, term, answer and number of entries: `m3 · t1 · yes · +2`. */
export function sayContent(id: number, message: MessageRecord): string {
  const parts = Object.entries(message).flatMap(([field, value]) => {
    if (field === 'term') return [`t${String(value)}`];
    if (typeof value === 'boolean') return [value ? 'yes' : 'no'];
    if (Array.isArray(value) && value.length > 0) return [`+${value.length}`];
    return [];
  });
  return [sayId(id), ...parts].join(' · ');
}

/** `m3 m5`, and `m3–m6` for three or more in a row. */
export function sayIds(ids: readonly number[]): string {
  const [first = 0] = ids;
  const inRow = ids.length > 2 && ids.every((id, index) => id === first + index);
  return inRow ? `${sayId(first)}–${sayId(first + ids.length - 1)}` : ids.map(sayId).join(' ');
}

export const fontSize = 11;

/** About how wide a text is, on the generous side, since fonts differ. */
export const widthOf = (text: string, size = fontSize) => [...text].length * size * 0.54;

// The short words of a diagram for Paxos: ballots, promises, and what is accepted and chosen.

import { sameContent } from '../../trace/canonical.ts';
import type { NodeRecord } from '../../trace/trace.ts';
import { sayValue } from '../../words/words.ts';

/** `preparing, ballot 1`; who has no ballot of its own under way tells what it has promised. */
export function sayPaxosRole({ role, ballot, promised }: NodeRecord): string {
  if (role !== 'acceptor' && role !== 'follower') return `${role}, ballot ${sayValue(ballot)}`;
  return promised === 0 ? role : `${role}, promised ${sayValue(promised)}`;
}

/** The most that a step brought: something chosen, something accepted, a role, a promise. */
export function sayPaxosChange(before: NodeRecord, after: NodeRecord): string | undefined {
  const chosen = news(before.chosen, after.chosen);
  if (chosen !== undefined) return `chosen ${chosen}`;
  const isAsked = after.role === 'acceptor' || after.role === 'follower';
  const accepted = isAsked
    ? (news(before.accepted, after.accepted) ?? news(before.slots, after.slots))
    : undefined;
  if (accepted !== undefined) return `accepts ${accepted}`;
  if (before.role !== after.role || before.ballot !== after.ballot) return sayPaxosRole(after);
  return before.promised === after.promised ? undefined : `promised ${sayValue(after.promised)}`;
}

/** A value that is new; of the slots of a log, those that are. Undefined when nothing is. */
function news(before: unknown, after: unknown): string | undefined {
  if (after === null || after === undefined || sameContent(before, after)) return undefined;
  if (typeof after !== 'object' || 'ballot' in after) return sayValue(after);
  const old = new Map<string, unknown>(Object.entries(before ?? {}));
  const slots = Object.entries(after)
    .filter(([slot, value]) => !sameContent(old.get(slot), value))
    .map(([slot]) => slot);
  if (slots.length === 0) return undefined;
  return `${slots.length === 1 ? 'slot' : 'slots'} ${slots.join(', ')}`;
}

/** What the field of a message tells, as short as can be: `b1`, `slot 2`, `x=1`. */
export function sayPaxosField(field: string, value: unknown): string[] {
  if (field === 'ballot') return [`b${sayValue(value)}`];
  if (field === 'slot' || field === 'promised') return [`${field} ${sayValue(value)}`];
  if (field === 'value') return [sayValue(value)];
  if (field === 'accepted' && value !== null) return [`has ${sayValue(value)}`];
  if (field !== 'slots' || typeof value !== 'object' || value === null) return [];
  const slots = Object.keys(value);
  return slots.length === 0 ? [] : [`has slot ${slots.join(', ')}`];
}

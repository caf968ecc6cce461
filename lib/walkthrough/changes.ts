// What one chapter changes in the one before it: its rules, and the fields of states and messages.

import type { RuleInfo } from '../rules/rule.ts';
import type { Chapter } from '../scenario/scenario.ts';
import type { Trace } from '../trace/trace.ts';

/** One line of the two lists side by side. */
export type RuleChange =
  | { readonly type: 'added'; readonly now: RuleInfo }
  | { readonly type: 'left out'; readonly before: RuleInfo }
  | {
      readonly type: 'refined' | 'replaced' | 'unchanged';
      readonly before: RuleInfo;
      readonly now: RuleInfo;
      /** True when other rules of both lists come before it in one of them and after it in the other. */
      readonly moved: boolean;
    };

/** The new list in its order; a rule that is left out stands where it stood. */
export function ruleChanges(before: readonly RuleInfo[], now: readonly RuleInfo[]): RuleChange[] {
  const nameOf = ({ name }: RuleInfo) => name;
  const inOrder = new Set(longestCommon(before.map(nameOf), now.map(nameOf)));
  const find = (rules: readonly RuleInfo[], name: string) =>
    rules.find((rule) => rule.name === name);
  const changes = now.map((rule): RuleChange => {
    const old = find(before, rule.name);
    if (!old) return { type: 'added', now: rule };
    const type = old === rule ? 'unchanged' : refines(rule, old) ? 'refined' : 'replaced';
    return { type, before: old, now: rule, moved: !inOrder.has(rule.name) };
  });
  before.forEach((rule, index) => {
    if (find(now, rule.name)) return;
    const previous = before[index - 1]?.name;
    const place = changes.findIndex((change) => ruleOf(change).name === previous);
    changes.splice(place + 1, 0, { type: 'left out', before: rule });
  });
  return changes;
}

/** The rule that a change is about, as the new list has it, or else the old one. */
export const ruleOf = (change: RuleChange): RuleInfo =>
  'now' in change ? change.now : change.before;

function refines(rule: RuleInfo, base: RuleInfo): boolean {
  for (let each = rule.refines; each; each = each.refines) if (each === base) return true;
  return false;
}

/** A longest list of names that both lists hold in the same order. */
function longestCommon(one: readonly string[], other: readonly string[]): readonly string[] {
  // rows[i][j] is the longest for the rest of `one` from i and the rest of `other` from j.
  let below: (readonly string[])[] = other.map(() => []);
  for (const name of [...one].reverse()) {
    const row: (readonly string[])[] = [];
    for (let at = other.length - 1; at >= 0; at--) {
      const [skipOne = [], skipOther = []] = [below[at], row[at + 1]];
      const longer = skipOne.length >= skipOther.length ? skipOne : skipOther;
      row[at] = name === other[at] ? [name, ...(below[at + 1] ?? [])] : longer;
    }
    below = row;
  }
  return below[0] ?? [];
}

/** The fields of a state, or of each type of message. */
export type Shape = ReadonlyMap<string, readonly string[]>;

const route = ['type', 'from', 'to'];

/** The fields of a chapter's messages, as its runs sent them. */
export function messagesOf({ name }: Chapter, traces: readonly Trace[]): Shape {
  const own = traces.filter(({ header }) => header.chapter === name);
  const effects = own.flatMap(({ steps }) => steps.flatMap(({ effects = [] }) => effects));
  const shape = new Map<string, readonly string[]>();
  for (const effect of effects) {
    if (effect.type !== 'send' || shape.has(effect.message.type)) continue;
    const fields = Object.keys(effect.message).filter((field) => !route.includes(field));
    shape.set(effect.message.type, fields);
  }
  return shape;
}

/** The fields of a chapter's state. */
export const stateOf = ({ node }: Chapter): Shape =>
  new Map([['state', Object.keys(node.init('A', []))]]);

/** What a type of message, or the state, has more and less than before. */
export interface FieldChange {
  readonly type: string;
  readonly isNew: boolean;
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

/** Every type that is new or has other fields than before. */
export function fieldChanges(before: Shape, now: Shape): FieldChange[] {
  return [...now]
    .map(([type, fields]) => {
      const old = before.get(type) ?? [];
      return {
        type,
        isNew: !before.has(type),
        added: fields.filter((field) => !old.includes(field)),
        removed: old.filter((field) => !fields.includes(field)),
      };
    })
    .filter(({ isNew, added, removed }) => isNew || added.length + removed.length > 0);
}

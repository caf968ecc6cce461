// The state of every node as a table in which the cells that a step changed stand out.

import { sameValue } from '../rules/explain.ts';
import type { NodeRecord, States } from '../trace/trace.ts';
import { sayValue } from '../words/words.ts';
import { code, markdown, table } from './text.ts';

/** A row for each node, a column for each field. A node that is down is marked. */
export function stateTable(
  before: States,
  after: States,
  down: ReadonlySet<string>,
): readonly string[] {
  const nodes = Object.entries(after);
  const fields = [...new Set(nodes.flatMap(([, state]) => Object.keys(state)))].filter(
    (field) => field !== 'id' && field !== 'peers',
  );
  const rows = nodes.map(([name, state]) => [
    down.has(name) ? `**${markdown(name)}** (down)` : `**${markdown(name)}**`,
    ...fields.map((field) => cell(valueOf(before[name] ?? state, field), valueOf(state, field))),
  ]);
  return table(['node', ...fields.map(code)], rows);
}

function cell(before: unknown, after: unknown): string {
  const now = markdown(sayValue(after));
  return sameValue(before, after) ? now : `${markdown(sayValue(before))} → **${now}**`;
}

const valueOf = (state: NodeRecord, field: string): unknown => state[field];

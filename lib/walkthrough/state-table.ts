// The state of every node as a table in which what a step changed stands out.

import { Log } from '../log/log.ts';
import { sameContent } from '../trace/canonical.ts';
import type { NodeRecord, States } from '../trace/trace.ts';
import { sayValue } from '../words/words.ts';
import { cell } from './cells.ts';
import type { Fields } from './state-fields.ts';
import { nodesWithNotes } from './state-fields.ts';
import { blocks, code, details, list, markdown, table } from './text.ts';

/**
 * A row for each node and a column for each field. Below it, what a node notes about the others and,
 * in a run with many fields, what is the same on every node.
 */
export function stateTable(
  { columns, isWide, notes, shortLogs }: Fields,
  before: States,
  after: States,
  down: ReadonlySet<string>,
): readonly string[] {
  const nodes = Object.keys(after);
  const [first] = nodes;
  const valueIn = (node: string | undefined, field: string) => {
    const [was, now] = [stateOf(before, node), stateOf(after, node)];
    return cell((was ?? now)?.[field], now?.[field], shortLogs);
  };
  const isSame = (field: string) =>
    nodes.every((node) =>
      [before, after].every((states) =>
        sameContent(stateOf(states, node)?.[field], stateOf(after, first)?.[field]),
      ),
    );
  const same = isWide ? columns.filter(isSame) : [];
  const shown = columns.filter((field) => !same.includes(field));
  const rows = nodes.map((node) => [
    `**${markdown(node)}**${down.has(node) ? ' (down)' : ''}`,
    ...shown.map((field) => valueIn(node, field)),
  ]);
  const valuesOf = (node: string | undefined, fields: readonly string[]) =>
    list(fields.map((field) => `${code(field)} ${valueIn(node, field)}`));
  const below = nodesWithNotes(before, after, notes).map(
    (node) => `- **${markdown(node)}** notes ${valuesOf(node, notes)}`,
  );
  return blocks(
    shown.length > 0 || down.size > 0 ? table(['node', ...shown.map(code)], rows) : [],
    [...below, ...(same.length > 0 ? [`- Every node: ${valuesOf(first, same)}`] : [])],
  );
}

/** The states in which a run begins, and how to read its tables. */
export function startTable(fields: Fields, initial: States): readonly string[] {
  const { columns, still, shortLogs, compactedLogs } = fields;
  const [first] = Object.values(initial);
  const same = still.map((field) => `${code(field)} ${said(first?.[field])}`);
  const logs = Object.entries(initial).filter(([, { log = [] }]) => Log.of(log).lastIndex > 0);
  return blocks(
    stateTable(fields, initial, initial, new Set()),
    same.length === 0 ? [] : [`On every node, from the start to the end: ${list(same)}.`],
    columns.includes('log') && shortLogs
      ? ['A log is told by the terms of its entries, in the order of their indexes.']
      : [],
    compactedLogs
      ? [
          'A log that begins with …4 (t2) has discarded its entries up to index 4, where the term is 2; a snapshot that ends ' +
            'there is told in the same way.',
        ]
      : [],
    shortLogs && logs.length > 0
      ? details(
          'The logs with their commands',
          logs.map(([node, { log }]) => `- **${markdown(node)}** ${said(log)}`),
        )
      : [],
  );
}

const stateOf = (states: States, node: string | undefined): NodeRecord | undefined =>
  node === undefined ? undefined : states[node];

const said = (value: unknown) => markdown(sayValue(value));

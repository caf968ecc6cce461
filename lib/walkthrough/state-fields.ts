// Which fields of a state the tables of a run show, and where, so that a table stays narrow.

import { Log } from '../log/log.ts';
import { sameContent } from '../trace/canonical.ts';
import type { States, Trace } from '../trace/trace.ts';
import { statesOf } from '../trace/trace.ts';
import { isCompacted } from '../words/words.ts';

export interface Fields {
  readonly columns: readonly string[];
  /** True when a table has no room for a column that says the same of every node. */
  readonly isWide: boolean;
  /** What a node notes about each of the others; below the table when that would be too wide. */
  readonly notes: readonly string[];
  /** The same on every node from the start to the end. */
  readonly still: readonly string[];
  /** True when a log shows only the terms of its entries, since some log is long. */
  readonly shortLogs: boolean;
  /** True when entries of some log are discarded. */
  readonly compactedLogs: boolean;
}

const widest = 7;
const longestLog = 4;

/** Sorts the fields of all states of a run. They keep the order of a fresh node's fields. */
export function fieldsOf(trace: Trace, fresh: object): Fields {
  const moments = [...new Set(statesOf(trace))];
  const states = [...new Set(moments.flatMap((moment) => Object.values(moment)))];
  const all = [...new Set([fresh, ...states].flatMap((state) => Object.keys(state)))].filter(
    (field) => field !== 'id' && field !== 'peers',
  );
  const moving = all.filter((field) =>
    states.some((state) => !sameContent(state[field], states[0]?.[field])),
  );
  const shown = moving.length === 0 ? all : moving;
  const nodes = new Set(trace.header.nodes);
  const areNotes = (field: string) => states.every((state) => namesNodes(state[field], nodes));
  const isWide = shown.length > widest;
  const notes = isWide ? shown.filter(areNotes) : [];
  return {
    columns: shown.filter((field) => !notes.includes(field)),
    isWide,
    notes,
    still: all.filter((field) => !shown.includes(field)),
    compactedLogs: states.some(({ log }) => isCompacted(log)),
    shortLogs: states.some(({ log = [] }) => Log.of(log).entriesFrom(1).length > longestLog),
  };
}

/** True for a list of nodes, and for a record with something for each of some nodes. */
function namesNodes(value: unknown, nodes: ReadonlySet<unknown>): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return (Array.isArray(value) ? value : Object.keys(value)).every((name) => nodes.has(name));
}

/** The nodes that noted something in a field, before or after a step. */
export function nodesWithNotes(before: States, after: States, notes: readonly string[]): string[] {
  const isEmpty = (value: unknown) =>
    typeof value !== 'object' || value === null || Object.keys(value).length === 0;
  return Object.keys(after).filter((node) =>
    [before[node], after[node]].some((state) => notes.some((field) => !isEmpty(state?.[field]))),
  );
}

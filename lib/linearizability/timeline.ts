// Where the operations of a history stand when they are drawn: a lane for each client, a bar for each operation. The same
// for a picture, in pixels, and for a terminal, in columns.

import type { Machine, Operation } from './history.ts';
import { nameOf } from './history.ts';
import type { NotLinearizable } from './linearizable.ts';

/** What is drawn. */
export interface Scene<State> {
  readonly machine: Machine<State>;
  readonly title: string;
  /** What the picture shows, in words. */
  readonly says: string;
  readonly operations: readonly Operation[];
  /** Those of them that are only there to be seen in the light of the others. */
  readonly context?: readonly Operation[];
  /** One of them that stands out. */
  readonly unexplained?: Operation;
}

/** The smallest contradicting part of a history, and why it contradicts. */
export const sceneOf = <State>(
  machine: Machine<State>,
  verdict: NotLinearizable,
): Scene<State> => ({
  machine,
  title: `Not linearizable: what clients were told about ${verdict.key}`,
  says: verdict.reason,
  operations: [...verdict.part, ...verdict.context],
  context: verdict.context,
  unexplained: verdict.unexplained,
});

export interface Bar {
  readonly operation: Operation;
  /** Its name, and what was asked and told. */
  readonly name: string;
  readonly label: string;
  /** Its row among all rows, from 0. */
  readonly row: number;
  readonly from: number;
  readonly to: number;
}

export interface Timeline {
  readonly lanes: readonly { readonly client: string; readonly row: number }[];
  readonly bars: readonly Bar[];
  /** The positions of the run at which something begins or ends. */
  readonly ticks: readonly { readonly position: number; readonly x: number }[];
  readonly rows: number;
  readonly width: number;
}

/** How much room things need. */
export interface Sizes {
  /** The width of a bar with this name and label. */
  bar(name: string, label: string): number;
  /** The width of a number on the axis, with the space after it. */
  tick(position: number): number;
}

/** A moment at which something begins or ends; at one position, what begins comes before what ends. */
interface Moment {
  readonly position: number;
  readonly ends: boolean;
}

/** Lays out the operations. Time is not to scale: moments are as far apart as the labels need. */
export function timelineOf<State>(
  { machine, operations }: Pick<Scene<State>, 'machine' | 'operations'>,
  sizes: Sizes,
): Timeline {
  const sorted = [...operations].sort((a, b) => a.invoked - b.invoked);
  const barOf = (operation: Operation) => sizes.bar(nameOf(operation), labelOf(machine, operation));
  const moments = momentsOf(sorted);
  const places = new Map<string, number>();
  let x = 0;
  for (const [at, moment] of moments.entries()) {
    const before = moments[at - 1];
    if (before) x += sizes.tick(before.position);
    for (const operation of sorted) {
      if (!moment.ends || operation.answered !== moment.position) continue;
      const from = places.get(textOf({ position: operation.invoked, ends: false })) ?? 0;
      x = Math.max(x, from + barOf(operation));
    }
    places.set(textOf(moment), x);
  }
  const xOf = (position: number, ends: boolean) => places.get(textOf({ position, ends })) ?? 0;
  const openEnds = sorted
    .filter(({ answered }) => answered === undefined)
    .map((operation) => xOf(operation.invoked, false) + barOf(operation));
  const width = Math.max(x + sizes.tick(moments.at(-1)?.position ?? 0), ...openEnds);

  const lanes = [...new Set(sorted.map(({ client }) => client))].sort(byName).map((client) => ({
    client,
    rows: rowsOf(sorted.filter((operation) => operation.client === client)),
  }));
  let rows = 0;
  const placed = lanes.map((lane) => {
    const row = rows;
    rows += lane.rows.length;
    return { ...lane, row };
  });
  const bars = placed.flatMap((lane) =>
    lane.rows.flatMap((operations, at) =>
      operations.map((operation): Bar => {
        const { invoked, answered } = operation;
        const to = answered === undefined ? width : xOf(answered, true);
        const [name, label] = [nameOf(operation), labelOf(machine, operation)];
        return { operation, name, label, row: lane.row + at, from: xOf(invoked, false), to };
      }),
    ),
  );
  const ticks = moments
    .filter(({ position }, at) => moments[at - 1]?.position !== position)
    .map(({ position, ends }) => ({ position, x: xOf(position, ends) }));
  return {
    lanes: placed.map(({ client, row }) => ({ client, row })),
    bars,
    ticks,
    rows,
    width,
  };
}

/** K2 before K10. */
const byName = (a: string, b: string) => a.length - b.length || (a < b ? -1 : 1);

function labelOf<State>(machine: Machine<State>, operation: Operation): string {
  const { command, answered, result } = operation;
  return answered === undefined || result === undefined ? command : machine.label(command, result);
}

const textOf = ({ position, ends }: Moment) => `${position} ${ends}`;

function momentsOf(operations: readonly Operation[]): readonly Moment[] {
  const moments = new Map<string, Moment>();
  for (const { invoked, answered } of operations) {
    const ends = answered === undefined ? [] : [{ position: answered, ends: true }];
    for (const moment of [{ position: invoked, ends: false }, ...ends]) {
      moments.set(textOf(moment), moment);
    }
  }
  return [...moments.values()].sort(
    (a, b) => a.position - b.position || Number(a.ends) - Number(b.ends),
  );
}

/** The operations of one client in as few rows as keep those apart that overlap: one without an answer never ends. */
function rowsOf(operations: readonly Operation[]): readonly (readonly Operation[])[] {
  const rows: Operation[][] = [];
  for (const operation of operations) {
    const free = rows.find((row) => (row.at(-1)?.answered ?? Infinity) < operation.invoked);
    if (free) free.push(operation);
    else rows.push([operation]);
  }
  return rows;
}

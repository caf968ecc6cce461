// Which links are cut at each point of a run, and where that shows as a wall between two lifelines.

import type { Trace } from '../../trace/trace.ts';

/** The cut links, as `A>B`, before the first step and then after each step. */
export function cutLinksOf({ header: { nodes }, steps }: Trace): readonly ReadonlySet<string>[] {
  let now: ReadonlySet<string> = new Set();
  const all = [now];
  for (const { act } of steps) {
    if (act.type === 'heal') now = new Set();
    if (act.type === 'cut') now = new Set([...now, link(act.from, act.to)]);
    if (act.type === 'partition') {
      const { groups } = act;
      const groupOf = (node: string) => groups.findIndex((group) => group.includes(node));
      const apart = nodes.flatMap((from) =>
        nodes.filter((to) => groupOf(from) !== groupOf(to)).map((to) => link(from, to)),
      );
      now = new Set(apart);
    }
    all.push(now);
  }
  return all;
}

/** True while nothing passes between two nodes in either direction. */
export const isWalled = (cut: ReadonlySet<string>, one: string, other: string) =>
  cut.has(link(one, other)) && cut.has(link(other, one));

const link = (from: string, to: string) => `${from}>${to}`;

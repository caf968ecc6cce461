// What clients ask in a search, as it is written on the command line and in the table of exhausted bounds.

import type { Act } from '../lib/cluster/step.ts';
import type { Ask } from '../lib/explore/problem.ts';
import type { Chapter } from '../lib/scenario/scenario.ts';
import { UsageError } from '../lib/stepper/flags.ts';

/**
 * Reads `Ann x=1`, `Bob x? index`, `Ann x=1 again`: who asks for what, whether a read may do without the log, and
 * whether this is the client's latest command once more. Numbers go on from the acts before. Throws UsageError.
 */
export function asksOf(
  { name, node }: Chapter,
  written: readonly string[],
  before: readonly Act[] = [],
): Ask[] {
  if (!('sessions' in node.init('A', []))) {
    throw new UsageError(`--ask needs a chapter that knows its clients; ${name} does not.`);
  }
  const latest = new Map<string, number>();
  for (const act of before) {
    if (act.type !== 'request' || act.client === undefined) continue;
    latest.set(act.client, Math.max(latest.get(act.client) ?? 0, act.sequence ?? 0));
  }
  return written.map((each): Ask => {
    const [, client = '', command = '', read, again] =
      /^(\w+) (\S+)( index| lease)?( again)?$/.exec(each) ?? [];
    if (command === '') {
      throw new UsageError(
        `--ask needs a client and a command, as in 'Ann x=1' or 'Bob x? index'; found '${each}'.`,
      );
    }
    const sequence = (latest.get(client) ?? 0) + (again === undefined ? 1 : 0);
    if (sequence === 0)
      throw new UsageError(`${client} has asked for nothing yet; found '${each}'.`);
    latest.set(client, sequence);
    const may = read === undefined ? undefined : read === ' index' ? 'index' : 'lease';
    return { command, client, sequence, ...(may && { read: may }) };
  });
}

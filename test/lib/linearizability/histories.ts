// Histories written by hand, one line for each operation.

import type { Operation } from '../../../lib/linearizability/history.ts';

/**
 * Reads lines such as `K1 x=1 from 1 to 4 told 1`; without `to` the outcome is unknown, and `told none` is no value. A
 * client's lines are its operations in order. Throws at any other line.
 */
export function historyOf(...lines: readonly string[]): readonly Operation[] {
  const sequences = new Map<string, number>();
  return lines.map((line) => {
    const [, client = '', command = '', from, to, told] =
      /^(\w+) (.+?) from (\d+)(?: to (\d+)(?: told (\S+))?)?$/.exec(line) ?? [];
    if (from === undefined) throw new Error(`expected an operation: ${line}`);
    const sequence = (sequences.get(client) ?? 0) + 1;
    sequences.set(client, sequence);
    const asked = { client, sequence, command, invoked: Number(from) };
    if (to === undefined) return asked;
    const answered = { ...asked, answered: Number(to) };
    return told === undefined ? answered : { ...answered, result: told === 'none' ? null : told };
  });
}

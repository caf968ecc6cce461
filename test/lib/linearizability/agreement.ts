// Random small histories, judged by the checker and by brute force.

import type { Test } from 'tape';
import { randomFrom } from '../../../lib/cluster/random.ts';
import { keyValues } from '../../../lib/linearizability/key-values.ts';
import { linearizable } from '../../../lib/linearizability/linearizable.ts';
import { randomHistory } from '../../../lib/linearizability/random-history.ts';
import { explains, isLinearizable, isOrderOf } from './brute-force.ts';

/** Asserts that both agree on the histories of these seeds, and that a fifth at least is of each kind. */
export function agree(t: Test, seeds: number): void {
  const counts = { linearizable: 0, contradicting: 0, unknown: 0 };
  const disagreed: number[] = [];
  const unexplained: number[] = [];
  for (let seed = 1; seed <= seeds; seed++) {
    const random = randomFrom(seed);
    const history = randomHistory(random, {
      clients: random.between(2, 3),
      keys: random.between(1, 2),
      operations: random.between(3, 8),
      values: 2,
      unknown: 0.15,
      broken: random.pick([0, 0.6, 1]),
    });
    const verdict = linearizable(history, keyValues);
    if (verdict.linearizable !== isLinearizable(history, keyValues)) disagreed.push(seed);
    if (history.some(({ answered }) => answered === undefined)) counts.unknown += 1;
    if (verdict.linearizable) {
      counts.linearizable += 1;
      const { order } = verdict;
      if (!isOrderOf(order, history) || !explains(order, keyValues)) unexplained.push(seed);
    } else counts.contradicting += 1;
  }
  t.deepEqual(disagreed, [], 'no seed on which they disagree');
  t.deepEqual(unexplained, [], 'every order that the checker gives explains its history');
  t.comment(JSON.stringify(counts));
  for (const [kind, count] of Object.entries(counts)) {
    t.ok(count > seeds / 5, `${count} of ${seeds} histories: ${kind}`);
  }
}

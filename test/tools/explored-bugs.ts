// Mistakes that a search finds within the very bounds of a line of the table: so that the line is seen to reach them.

import type { Test } from 'tape';
import { explore } from '../../lib/explore/search.ts';
import type { RuleNode } from '../../lib/rules/node.ts';
import { problemOf } from '../../tools/explored.ts';
import type { Row } from '../../tools/explored-row.ts';
import { rowsFrom } from '../../tools/explored-from.ts';
import { chapterNamed } from '../support.ts';

interface Found {
  readonly name: string;
  /** The line that goes farthest from there. */
  readonly from: string;
  readonly changes?: number;
  /** The rule that is missing, or the one condition of it; or the variant that is wrong. */
  readonly without: string | readonly [rule: string, condition: string];
  readonly variant?: true;
  readonly breaks: string;
  readonly steps: number;
  /** Takes longer than `npm test` has time for. */
  readonly long?: true;
}

export const foundFrom: readonly Found[] = [
  {
    name: 'a leader reads before it has committed an entry of its own term',
    from: 'read-too-early:31',
    without: 'reads-too-early',
    variant: true,
    breaks: 'Linearizability',
    steps: 3,
  },
  {
    name: 'a leader reads without asking whether it still leads',
    from: 'stale-read:36',
    without: 'reads-at-once',
    variant: true,
    breaks: 'Linearizability',
    steps: 4,
  },
  {
    name: 'a snapshot cuts what follows it',
    from: 'suffix-stays:16',
    without: ['discard-log', 'the log does not hold the last entry of the snapshot'],
    breaks: 'Leader Completeness',
    steps: 8,
    long: true,
  },
  {
    name: 'an old snapshot is installed',
    from: 'snapshot-instead:17',
    without: 'skip-old-snapshot',
    breaks: 'commitIndex never decreases',
    steps: 8,
    long: true,
  },
  {
    name: 'a follower takes on a change of members',
    from: 'leads-from-outside:13',
    changes: 1,
    without: ['begin-change', 'is the leader'],
    breaks: 'Log Matching',
    steps: 4,
  },
  {
    name: 'a few votes are enough',
    from: 'leads-from-outside:13',
    changes: 1,
    without: ['become-leader', 'has votes from a majority'],
    breaks: 'Election Safety',
    steps: 6,
    long: true,
  },
  {
    name: 'more than one node changes at once',
    from: 'leads-from-outside:13',
    changes: 1,
    without: 'changes-at-once',
    variant: true,
    breaks: 'Leader Completeness',
    steps: 8,
    long: true,
  },
  {
    name: 'a leader changes members before an entry of its own term is committed (the correction of 2015)',
    from: 'own-entry-first:62',
    changes: 1,
    without: ['begin-change', 'an entry of its own term is committed'],
    breaks: 'Leader Completeness',
    steps: 4,
  },
];

function nodeOf({ chapter }: Row, { without, variant }: Found): RuleNode {
  const { node, variants = {} } = chapterNamed(chapter);
  if (typeof without !== 'string') return node.without(...without);
  const found = variant ? variants[without] : node.without(without);
  if (!found) throw new Error(`${chapter} has no ${without}`);
  return found;
}

/** Asserts that the mistake is found as expected. */
export function findsFrom(t: Test, found: Found): void {
  const lines = rowsFrom.filter(
    (row) => row.from === found.from && row.changes === found.changes && !row.restarts,
  );
  const [row] = lines.sort((a, b) => (b.steps ?? Infinity) - (a.steps ?? Infinity));
  if (!row) throw new Error(`no line starts from ${found.from}`);
  const verdict = explore({ ...problemOf(row), node: nodeOf(row, found) });
  if (verdict.outcome !== 'violation') {
    t.fail(`${verdict.outcome} after ${verdict.states} states`);
    return;
  }
  t.equal(verdict.counterexample.property, found.breaks);
  t.equal(verdict.counterexample.depth, found.steps);
  t.ok(verdict.provenShortest, 'no shorter run breaks anything');
}

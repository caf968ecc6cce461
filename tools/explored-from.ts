// What is exhausted from states that recorded runs reach: reads, snapshots, and changes of members, which are many steps
// away from fresh nodes.

import type { Chapter } from '../lib/scenario/scenario.ts';
import type { Exhausted, Row } from './explored-row.ts';
import { rowsOf } from './explored-row.ts';

/** Nodes differ where these searches start: to compare each state with its mirror images would save little. */
const rowsAt = (chapter: string, reaches: Parameters<typeof rowsOf>[1], more: Partial<Row>) =>
  rowsOf(chapter, reaches, { symmetry: false, ...more });

/** Terms and log are counted from the state where the search starts. */
export const rowsFrom: readonly Row[] = [
  ...rowsAt('09-clients', [[1, 2, 'none']], {
    from: 'read-too-early:31',
    asks: ['Ann x? index', 'Bob x=2', 'Ann x? index'],
    steps: 11,
  }),
  ...rowsAt('09-clients', [[1, 2, 'none']], {
    from: 'stale-read:36',
    asks: ['Ben x=2', 'Ann x? index'],
    steps: 10,
  }),
  ...rowsAt('09-clients', [[1, 2, 'none']], {
    from: 'executed-once:26',
    asks: ['Ann x+=a again', 'Bob x? index'],
    restarts: 1,
    steps: 10,
  }),
  ...rowsAt('10-snapshots', [[1, 1, 'none']], { from: 'snapshot-instead:17', steps: 11 }),
  ...rowsAt('10-snapshots', [[1, 1, 'none']], {
    from: 'snapshot-instead:17',
    asks: ['Ann w? index', 'Bob w=5'],
    steps: 10,
  }),
  ...rowsAt('10-snapshots', [[1, 1, 'none']], { from: 'suffix-stays:16', steps: 10 }),
  ...rowsAt('10-snapshots', [[1, 1, 'none']], {
    from: 'suffix-stays:16',
    restarts: 1,
    steps: 9,
  }),
  ...rowsAt('10-snapshots', [[1, 1, 'none']], {
    from: 'crash-before-snapshot:13',
    restarts: 2,
    steps: 9,
  }),
  ...rowsAt('11-membership', [[1, 2, 'none']], {
    from: 'leads-from-outside:13',
    changes: 1,
    steps: 9,
  }),
  ...rowsAt('11-membership', [[1, 2, 'none']], {
    from: 'leads-from-outside:13',
    changes: 1,
    restarts: 1,
    steps: 8,
  }),
  ...rowsAt('11-membership', [[1, 3, 'none']], {
    from: 'leads-from-outside:13',
    changes: 2,
    steps: 8,
  }),
  ...rowsAt('11-membership', [[1, 1, 'none']], {
    from: 'leads-from-outside:13',
    transfers: 1,
    steps: 10,
  }),
  ...rowsAt('11-membership', [[1, 2, 'none']], {
    from: 'machine-replaced:13',
    changes: 1,
    steps: 8,
  }),
  ...rowsAt('11-membership', [[1, 1, 'none']], {
    from: 'own-entry-first:62',
    changes: 1,
    steps: 8,
  }),
  ...rowsAt('11-membership', [[1, 1, 'none']], {
    from: 'members-in-the-snapshot:23',
    changes: 1,
    restarts: 1,
    steps: 9,
  }),
];

const times = (count = 0) => (count === 0 ? '' : String(count));

const line = (exhausted: Exhausted): string => {
  const { chapter, from = '', terms, log, asks, restarts, changes, transfers } = exhausted;
  const { steps, filter, states, fired = [] } = exhausted;
  const [run = '', step] = from.split(':');
  const asked = asks?.map((ask) => `\`${ask}\``).join(', ') ?? '`x=…`, while the log has room';
  return (
    `| ${chapter} | [${run}](../traces/${chapter}/${run}.md) ${step} | ${terms} | ${log} | ${asked} ` +
    `| ${times(restarts)} | ${times(changes)} | ${times(transfers)} | ${steps ?? 'any'} ` +
    `| ${filter} | ${states.toLocaleString('en')} | ${fired.length} |`
  );
};

/** The part of the page about these rows. */
export function pageFrom(exhausted: readonly Exhausted[], chapters: readonly Chapter[]): string {
  const rows = exhausted.filter(({ from }) => from !== undefined);
  const known = chapters.filter(({ name }) => rows.some(({ chapter }) => chapter === name));
  const quiet = known.map(({ name, node }) => {
    const fired = new Set(
      rows.flatMap((row) => (row.chapter === name ? [...(row.fired ?? [])] : [])),
    );
    const others = node.rules.filter((rule) => !fired.has(rule.name));
    const named = others.map((rule) => `\`${rule.name}\``).join(', ') || 'none';
    return `- ${name}: ${node.rules.length - others.length} of ${node.rules.length} rules fire in these searches. Those that do not: ${named}.`;
  });
  return `## From states that recorded runs reach

Snapshots and changes of members are many steps away from fresh nodes. These searches start from the state that a
recorded run has reached after the step that is named, with its messages in flight and every link whole. Where the run begins
in the middle of a story, the search knows what each node stores there, and not what was committed before. Terms and
indices of the log are counted from there: *1* means that any node may go one term further than the farthest is.
*changes*: so many times an administrator asks any node for other voters, any set of them, so that both kinds of change
are seen, one node at a time and by way of a joint configuration. *transfers*: so many times one asks any node to let
another lead. Where clients have names, they ask in this order, at any time and any node, and their history is judged: it
must be linearizable. No read relies on a lease, since in a search any timer may run out at any time.
Every message is kept, and no state stands for another. The last column counts the rules that fired in some step.

| chapter | from | terms | log | clients ask | restarts ≤ | changes ≤ | transfers ≤ | steps ≤ | messages | states | rules |
| --- | --- | --: | --: | --- | --: | --: | --: | --: | --- | --: | --: |
${rows.map(line).join('\n')}

${quiet.join('\n')}
`;
}

// What is exhausted from states that recorded runs reach: reads, snapshots, and changes of members, which are many steps
// away from fresh nodes.

import type { Chapter } from '../lib/scenario/scenario.ts';
import { chapterNumber } from '../lib/walkthrough/links.ts';
import { blocks, details, table } from '../lib/walkthrough/text.ts';
import { startFrom } from './explore-from.ts';
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
    steps: 7,
  }),
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
  ...rowsAt('10-snapshots', [[1, 1, 'none']], { from: 'snapshot-instead:17', steps: 6 }),
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
    steps: 5,
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
  ...rowsAt('11-membership', [[1, 3, 'none']], {
    from: 'leads-from-outside:13',
    asks: ['Ann x=1', 'Bob x? index'],
    changes: 1,
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

/** The part of the page about these rows. */
export function pageFrom(exhausted: readonly Exhausted[], chapters: readonly Chapter[]): string {
  const rows = exhausted.filter(({ from }) => from !== undefined);
  const names = [...new Set(rows.map(({ chapter }) => chapter))];
  const inFull = names.map((name) => {
    const own = rows.filter(({ chapter }) => chapter === name);
    const cells = own.map((row) =>
      cellsOf(row, startFrom(chapters, `${name}/${row.from}`).nodes.length),
    );
    const title = chapters.find((chapter) => chapter.name === name)?.title ?? '';
    return details(
      `Chapter ${chapterNumber(name)} ${title}: ${own.length} searches`,
      table(head, cells),
    );
  });
  return `## From states that recorded runs reach

Snapshots and changes of members are many steps away from fresh nodes. These searches start from the state to which the rules of the
chapter come in a recorded run, after the step that is named, with its messages in flight and every link whole. Where the run begins
in the middle of a story, the search knows what each node stores there, and not what was committed before. Terms and
indices of the log are counted from there: *1* means that any node may go one term further than the farthest is.

- *changes*: so many times an administrator asks any node for other voters, any set of them. So both kinds of change
  are seen: one node at a time, and by way of a joint configuration.
- *transfers*: so many times an administrator asks any node to let another lead.
- *clients ask*: clients that have names ask in this order, at any time and any node, and their history must be
  linearizable. No read relies on a lease: in a search any timer may run out at any time, and a lease relies on clocks.
- *rules*: so many rules of the chapter fired in some step.

Every message is kept, and no state stands for another.

${blocks(...inFull).join('\n')}

${quietRules(rows, chapters).join('\n')}
`;
}

const head = [
  ...['from', 'nodes', 'terms', 'log', 'clients ask', 'restarts ≤', 'changes ≤'],
  ...['transfers ≤', 'steps ≤', 'states', 'rules'],
];

function cellsOf(exhausted: Exhausted, nodes: number): string[] {
  const { chapter, from = '', terms, log, asks, restarts, changes, transfers } = exhausted;
  const { steps, states, fired = [] } = exhausted;
  const [run = '', step] = from.split(':');
  const asked = asks?.map((ask) => `\`${ask}\``).join(', ') ?? '`x=1`, while logs have room';
  return [
    `[${run}](../traces/${chapter}/${run}.md), step ${step}`,
    ...[`${nodes}`, `${terms}`, `${log}`, asked],
    ...[restarts ?? 0, changes ?? 0, transfers ?? 0, steps ?? 'any'].map(String),
    ...[states.toLocaleString('en'), `${fired.length}`],
  ];
}

/** For each chapter, the rules that none of these searches has seen. */
function quietRules(rows: readonly Exhausted[], chapters: readonly Chapter[]): string[] {
  return chapters.flatMap(({ name, node }) => {
    const own = rows.filter(({ chapter }) => chapter === name);
    if (own.length === 0) return [];
    const fired = new Set(own.flatMap((row) => row.fired ?? []));
    const quiet = node.rules.filter((rule) => !fired.has(rule.name));
    const named = quiet.map((rule) => `\`${rule.name}\``).join(', ') || 'none';
    const seen = node.rules.length - quiet.length;
    return `- ${name}: ${seen} of ${node.rules.length} rules fire in these searches. Those that do not: ${named}.`;
  });
}

// `npm run explored`: exhausts a list of bounds for every chapter with votes, and writes down how many states
// there are. `npm run explored -- --missing` does only those that are not in the table yet.

import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chapters } from '../chapters/chapters.ts';
import type { Bounds, Filter } from '../lib/explore/problem.ts';
import { explore } from '../lib/explore/search.ts';
import { sayFilter } from '../lib/explore/words.ts';
import { nodeOf } from '../lib/scenario/scenario.ts';
import { root } from './root.ts';

/** Bounds that were exhausted, and what that took. */
export interface Exhausted {
  readonly chapter: string;
  readonly terms: number;
  readonly log: number;
  readonly filter: Filter;
  readonly symmetry: boolean;
  /** How often a node crashes and starts again; never when not given. */
  readonly restarts?: number;
  /** The most steps from the start, where that was bounded. */
  readonly steps?: number;
  /** How many clients ask, each for something else; without it, as many as logs have room for. */
  readonly requests?: number;
  /** The variant of the chapter's rules, where it is not the chapter's own list. */
  readonly variant?: string;
  /** Distinct states, and the steps from the start to the last of them. */
  readonly states: number;
  readonly depth: number;
}

export type Row = Omit<Exhausted, 'states' | 'depth'>;

const dataFile = join(root, 'docs/explored.json');
export const pageFile = join(root, 'docs/explored.md');
/** What a test can do again. */
export const small = 100_000;

type Terms = readonly [terms: number, log: number, filter: Filter];

const rowsOf = (chapter: string, rows: readonly Terms[], more: Partial<Row> = {}): Row[] =>
  rows.map(([terms, log, filter]) => ({ chapter, terms, log, filter, symmetry: true, ...more }));

/** All that is exhausted: three nodes, requests while logs have room. */
export const rows: readonly Row[] = [
  ...rowsOf('03-voting', [[2, 0, 'none']], { symmetry: false }),
  ...rowsOf('03-voting', [
    [1, 0, 'none'],
    [2, 0, 'none'],
    [2, 0, 'dead'],
    [3, 0, 'dead'],
    [4, 0, 'dead'],
    [4, 0, 'stale'],
    [5, 0, 'stale'],
    [6, 0, 'stale'],
    [7, 0, 'stale'],
  ]),
  ...rowsOf('04-replication', [
    [1, 1, 'none'],
    [2, 1, 'dead'],
    [2, 1, 'stale'],
    [3, 1, 'stale'],
    [3, 2, 'stale'],
    [3, 3, 'stale'],
    [4, 1, 'stale'],
    [4, 2, 'stale'],
    [5, 1, 'stale'],
  ]),
  ...rowsOf('04-replication', [[3, 3, 'none']], { steps: 8 }),
  ...rowsOf('04-replication', [[3, 3, 'none']], { steps: 12 }),
  ...rowsOf('05-conflict-backoff', [
    [1, 1, 'none'],
    [2, 1, 'dead'],
    [2, 1, 'stale'],
    [3, 1, 'stale'],
    [3, 2, 'stale'],
  ]),
  ...rowsOf('05-conflict-backoff', [[3, 3, 'none']], { steps: 8 }),
  ...rowsOf('05-conflict-backoff', [[3, 3, 'none']], { steps: 12 }),
  ...rowsOf('06-partitions', [
    [1, 1, 'none'],
    [2, 2, 'stale'],
    [3, 2, 'stale'],
  ]),
  ...rowsOf('06-partitions', [[3, 3, 'none']], { steps: 8 }),
  ...rowsOf('06-partitions', [[3, 3, 'none']], { steps: 12 }),
  ...rowsOf('06-partitions', [[3, 3, 'none']], { steps: 13 }),
  ...rowsOf('07-prevote', [[1, 1, 'stale']]),
  ...rowsOf('07-prevote', [[3, 3, 'none']], { steps: 8 }),
  ...rowsOf('07-prevote', [[3, 3, 'none']], { steps: 12 }),
  ...rowsOf('07-prevote', [[3, 3, 'none']], { steps: 14 }),
  ...rowsOf('08-persistence', [[1, 1, 'stale']]),
  ...rowsOf('08-persistence', [[1, 0, 'dead']], { restarts: 1 }),
  ...rowsOf('08-persistence', [[1, 0, 'dead']], { restarts: 2 }),
  ...rowsOf('08-persistence', [[3, 3, 'none']], { restarts: 1, steps: 8 }),
  ...rowsOf('08-persistence', [[3, 3, 'none']], { restarts: 2, steps: 8 }),
  ...rowsOf('08-persistence', [[3, 3, 'none']], { restarts: 1, steps: 12 }),
  ...rowsOf('08-persistence', [[3, 3, 'none']], { restarts: 2, steps: 12 }),
  ...rowsOf('09-clients', [[3, 3, 'none']], { steps: 8 }),
  ...rowsOf('09-clients', [[3, 3, 'none']], { steps: 12 }),
  ...rowsOf('09-clients', [[3, 3, 'none']], { restarts: 1, steps: 12 }),
  ...rowsOf('10-snapshots', [[3, 3, 'none']], { steps: 8 }),
  ...rowsOf('10-snapshots', [[3, 3, 'none']], { steps: 12 }),
  ...rowsOf('10-snapshots', [[3, 3, 'none']], { restarts: 1, steps: 12 }),
  ...rowsOf('11-membership', [[3, 3, 'none']], { steps: 8 }),
  ...rowsOf('11-membership', [[3, 3, 'none']], { steps: 12 }),
  ...rowsOf('11-membership', [[3, 3, 'none']], { restarts: 1, steps: 12 }),
  // Ballots are compared, so that names matter; and two clients must differ, or nothing could go wrong.
  ...rowsOf(
    '12-paxos',
    [
      [2, 0, 'dead'],
      [2, 0, 'none'],
      [3, 0, 'dead'],
      [3, 0, 'none'],
      [4, 0, 'dead'],
      [5, 0, 'dead'],
    ],
    { symmetry: false, requests: 2 },
  ),
  ...rowsOf(
    '12-paxos',
    [
      [2, 0, 'dead'],
      [3, 0, 'dead'],
      [4, 0, 'dead'],
    ],
    { symmetry: false, requests: 2, restarts: 1 },
  ),
  ...rowsOf('12-paxos', [[3, 0, 'dead']], { symmetry: false, requests: 2, restarts: 2 }),
  ...rowsOf(
    '12-paxos',
    [
      [2, 1, 'dead'],
      [2, 1, 'none'],
    ],
    { symmetry: false, requests: 2, variant: 'multi-paxos' },
  ),
  ...rowsOf('12-paxos', [[2, 1, 'dead']], {
    symmetry: false,
    requests: 2,
    restarts: 1,
    variant: 'multi-paxos',
  }),
];

export function readExhausted(): Exhausted[] {
  const { exhausted } = JSON.parse(readFileSync(dataFile, 'utf8')) as { exhausted: Exhausted[] };
  return exhausted;
}

/** Exhausts the bounds. Throws when there is a violation, or a filter forgot too much. */
export function exhaust(row: Row): Exhausted {
  const { chapter: name, terms, log, filter, symmetry, steps = Infinity } = row;
  const chapter = chapters.find((each) => each.name === name);
  if (!chapter) throw new Error(`there is no chapter ${name}`);
  const { requests = Infinity, restarts = 0, variant } = row;
  const bounds: Bounds = { terms, log, requests, restarts, depth: steps };
  const { properties } = chapter;
  const node = nodeOf(chapter, { ...(variant !== undefined && { variant }) });
  const verdict = explore({ node, nodes: ['A', 'B', 'C'], properties, bounds, filter, symmetry });
  const { outcome, states, depth, filterHolds = true } = verdict;
  if (outcome !== 'exhausted' || !filterHolds || verdict.symmetry !== symmetry) {
    throw new Error(`${name} with ${JSON.stringify(row)} is not exhausted: ${outcome}`);
  }
  return { ...row, states, depth };
}

/** The page with the table. */
export function exploredPage(exhausted: readonly Exhausted[]): string {
  const ballots = exhausted.filter(({ requests }) => requests !== undefined).map(ballotLine);
  const withTerms = exhausted.filter(({ requests }) => requests === undefined);
  const lines = withTerms.map(
    ({ chapter, terms, log, restarts, steps, filter, symmetry, states, depth }) =>
      `| ${chapter} | ${terms} | ${log} | ${restarts ?? 0} | ${steps ?? 'any'} | ${sayFilter(filter)} | ${symmetry ? 'one of six' : 'all'} ` +
      `| ${states.toLocaleString('en')} | ${depth} |`,
  );
  return `# What was searched to the end

Each line is a search of every interleaving of three nodes that start fresh, up to these bounds. Any message
may arrive, be lost or arrive again, at any time; any timer that runs may run out; a client may ask any
node, as long as the log has room. From chapter 8 on, where nodes have disks, a node may also crash and start again,
so many times in all: between two steps, or in the middle of one, before something it still had to write. The safety
properties of the chapter hold in every state.

Numbers of states are exact: states are compared word by word, and no two are taken for one.

- *every message kept*: the search forgets nothing.
- *without dead replies*: it forgets a reply once its receiver can never act on it. That this is so in every
  state was checked at the end of the search, so the proof is as good as without the filter.
- *without idle replies and stale requests*: it forgets a reply whenever it would do nothing at the moment, and a
  request of an older term than the receiver's, which would be refused. Such a reply may matter later, and so
  may the refusal, which carries the newer term. So these lines prove less.
- *one of six*: of states that differ only in who is called A, B and C, one is visited.

| chapter | terms ≤ | log ≤ | restarts ≤ | steps ≤ | messages | names | states | steps to the farthest |
| --- | --: | --: | --: | --: | --- | --- | --: | --: |
${lines.join('\n')}

Chapter 12 counts ballots instead of terms. Ballots are numbers that the nodes compare, and each belongs to one of them, so names matter and no state stands for another.
Two clients ask, each once and at any time, any node, for different values: with the same value nothing could go wrong. One value is chosen, and
nobody learns another, in every state.

| chapter | rules | ballots ≤ | slots ≤ | clients | restarts ≤ | messages | states | steps to the farthest |
| --- | --- | --: | --: | --: | --: | --- | --: | --: |
${ballots.join('\n')}

Of chapter 10 these searches see no snapshot, since nothing is compacted before four entries are applied; and
of chapter 11 no change of members, for which the search has no move. Seeded storms go there.
Chapter 5 holds up to three terms; with four, it loses an entry as in Figure 8.

Generated by \`npm run explored\`, which takes a while; a test repeats the lines below ${small.toLocaleString('en')}
states. \`npm run explore -- 04-replication --terms 2 --log 1\` searches one by hand.
`;
}

const ballotLine = ({
  chapter,
  variant = 'one value',
  terms,
  log,
  requests,
  restarts = 0,
  filter,
  states,
  depth,
}: Exhausted): string =>
  `| ${chapter} | ${variant} | ${terms} | ${log || ''} | ${requests ?? ''} | ${restarts} | ${sayFilter(filter)} ` +
  `| ${states.toLocaleString('en')} | ${depth} |`;

if (require.main === module) {
  const known = process.argv.includes('--missing') ? readExhausted() : [];
  const exhausted = rows.map((row) => {
    const found = known.find((each) => rowKey(each) === rowKey(row)) ?? exhaust(row);
    process.stderr.write(`${rowKey(found)}: ${found.states.toLocaleString('en')} states\n`);
    return found;
  });
  write(dataFile, `${JSON.stringify({ exhausted }, undefined, 2)}\n`);
  write(pageFile, exploredPage(exhausted));
}

/** What tells two rows apart. */
export function rowKey(row: Row): string {
  const { chapter, terms, log, filter, symmetry, restarts, steps, requests, variant } = row;
  const more = [
    symmetry ? '' : ', all names',
    restarts === undefined ? '' : `, ${restarts} restarts`,
    steps === undefined ? '' : `, ${steps} steps`,
    requests === undefined ? '' : `, ${requests} clients`,
    variant === undefined ? '' : `, ${variant}`,
  ];
  return `${chapter}, terms ${terms}, log ${log}, ${filter}${more.join('')}`;
}

function write(file: string, text: string): void {
  writeFileSync(`${file}.part`, text);
  renameSync(`${file}.part`, file);
}

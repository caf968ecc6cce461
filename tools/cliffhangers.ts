// What is still broken at the end of each chapter: the recorded run, next to the shortest that a search finds when it
// judges the chapter's rules by the properties of the next.

import { chapters } from '../chapters/chapters.ts';
import type { Act } from '../lib/cluster/step.ts';
import type { Bounds } from '../lib/explore/problem.ts';
import { explore } from '../lib/explore/search.ts';
import { scenarioOf } from '../lib/scenario/scenario.ts';
import { readTrace } from '../lib/trace/format.ts';
import { chapterNumber, pageFile, pathBetween } from '../lib/walkthrough/links.ts';
import { readRun } from '../lib/walkthrough/run.ts';
import { blocks, list, markdown, table } from '../lib/walkthrough/text.ts';
import { mythNamed } from '../myths/myths.ts';
import { paperProperties } from '../myths/runs.ts';
import { committedTrace } from './myths.ts';
import { traceFile } from './traces.ts';

export const cliffhangersFile = 'docs/cliffhangers.md';

/** The run with which a chapter ends. */
export interface Cliffhanger {
  readonly chapter: string;
  readonly scenario: string;
  /** Why no search is compared with it. */
  readonly incomparable?: string;
  /** Where the search of a fraction of a second finds it. */
  readonly bounds?: Pick<Bounds, 'terms' | 'log' | 'restarts'>;
  /** The myth whose counterexample the same search found, when it takes longer. */
  readonly myth?: string;
}

export const cliffhangers: readonly Cliffhanger[] = [
  {
    chapter: '01-roles',
    scenario: 'two-leaders',
    incomparable: 'The properties of chapter 2 are about terms, and chapter 1 has none.',
  },
  {
    chapter: '02-terms',
    scenario: 'two-leaders-in-one-term',
    bounds: { terms: 2, log: 0, restarts: 0 },
  },
  {
    chapter: '03-voting',
    scenario: 'nothing-is-stored',
    incomparable: 'The properties of chapter 4 are about logs, and chapter 3 has none.',
  },
  {
    chapter: '04-replication',
    scenario: 'never-catches-up',
    incomparable: 'Nothing wrong is done; something never happens.',
  },
  {
    chapter: '05-conflict-backoff',
    scenario: 'cut-off-leader',
    incomparable: 'Nothing wrong is done; something never happens.',
  },
  { chapter: '05-conflict-backoff', scenario: 'old-entry-lost', myth: 'majority-means-committed' },
  {
    chapter: '06-partitions',
    scenario: 'minority-returns',
    incomparable: 'Nothing wrong is done; a leader is deposed without need.',
  },
  {
    chapter: '07-prevote',
    scenario: 'forgotten-vote',
    bounds: { terms: 1, log: 1, restarts: 1 },
  },
  {
    chapter: '08-persistence',
    scenario: 'executed-twice',
    incomparable: 'Every node does the same; it is the client that is not served as it should be.',
  },
  {
    chapter: '09-clients',
    scenario: 'everything-again',
    incomparable: 'Nothing wrong is done; more and more is kept, and done again.',
  },
  {
    chapter: '10-snapshots',
    scenario: 'nobody-takes-over',
    incomparable: 'Nothing wrong is done; nothing can be done any more.',
  },
];

const chapterNamed = (name: string) => {
  const found = chapters.find((chapter) => chapter.name === name);
  if (!found) throw new Error(`there is no chapter ${name}`);
  return found;
};

/** How many steps the recorded run takes until it breaks its property. */
export function stepsByHand({ chapter: name, scenario }: Cliffhanger): number {
  const chapter = chapterNamed(name);
  const trace = readTrace(traceFile(chapter, scenarioOf(chapter, scenario)));
  const { violation } = readRun(chapter, trace);
  if (!violation) throw new Error(`${name}/${scenario} breaks nothing`);
  return violation.later.step;
}

/** What a search found. */
export interface Found {
  readonly property: string;
  readonly acts: readonly Act[];
  readonly proven: boolean;
}

/** The shortest run that a search finds, by the paper's properties; undefined where none is compared. */
export function searched({ chapter: name, bounds, myth }: Cliffhanger): Found | undefined {
  if (myth !== undefined) {
    const { header, steps } = committedTrace(mythNamed(myth));
    const acts = steps.map(({ act }) => act);
    return { property: header.outcome.violates ?? '', acts, proven: false };
  }
  if (!bounds) return undefined;
  const chapter = chapterNamed(name);
  const after = chapters.slice(chapters.indexOf(chapter) + 1);
  const next = after.find(({ beside }) => !beside) ?? chapter;
  const verdict = explore({
    node: chapter.node,
    nodes: ['A', 'B', 'C'],
    properties: next.properties.filter((property) => paperProperties.includes(property)),
    bounds: { ...bounds, requests: 0, depth: Infinity },
  });
  if (verdict.outcome !== 'violation') throw new Error(`${name}: ${verdict.outcome}`);
  const { property, acts } = verdict.counterexample;
  return { property, acts, proven: verdict.provenShortest };
}

/** The numbers of the chapters of which no run is compared, and to whose properties the next chapter adds none. */
function nothingAdded(): readonly number[] {
  return chapters.flatMap(({ name, properties }, index) => {
    const own = cliffhangers.filter(({ chapter }) => chapter === name);
    const isCompared = own.some(({ incomparable }) => incomparable === undefined);
    const more = (chapters[index + 1]?.properties ?? []).filter(
      (each) => !properties.includes(each),
    );
    return own.length === 0 || isCompared || more.length > 0 ? [] : [chapterNumber(name)];
  });
}

/** The page that compares them. */
export function cliffhangersPage(): string {
  const rows = cliffhangers.map((each) => {
    const { chapter, scenario, incomparable } = each;
    const { title } = scenarioOf(chapterNamed(chapter), scenario);
    const link = `[${markdown(title)}](${pathBetween(cliffhangersFile, pageFile({ chapter, scenario }))})`;
    const found = searched(each);
    return [
      String(chapterNumber(chapter)),
      link,
      ...(found
        ? [
            found.property,
            String(stepsByHand(each)),
            `${found.acts.length}${found.proven ? ', proven' : ''}`,
          ]
        : ['', '', '']),
      markdown(incomparable ?? ''),
    ];
  });
  const lines = blocks(
    ['<!-- Generated by `npm run walkthroughs`. Do not edit. -->'],
    ['# What is still broken, and how soon'],
    [
      'Each chapter ends with a run in which its rules, complete so far, go wrong. Where that breaks a safety property of ' +
        'the paper (Fig. 3), a search of every interleaving of three nodes was asked for the shortest run that does so. ' +
        'The run that is recorded takes no more steps than that until the property is broken. What comes after only shows ' +
        'what follows.',
    ],
    table(
      [
        ...['chapter', 'its last run', 'breaks', 'steps until then'],
        ...['shortest found', 'why not compared'],
      ],
      rows,
    ),
    [
      '*Proven*: the search kept every message, and nothing shorter exists within its bounds. Otherwise it forgot replies that ' +
        'would do nothing at the moment, so that a shorter run is not ruled out. ' +
        `Chapters ${list(nothingAdded().map(String))} are not compared: the next chapter adds no property, and their own hold ` +
        'within the bounds of [what was searched to the end](explored.md). Chapter 11 ends with no such run: of what Raft promises, ' +
        'nothing is broken any more. Chapter 7 is compared with its own ' +
        "properties, with one crash and restart allowed. The paper's own Figure 8 is a longer run of the same kind: " +
        '[with five nodes](../traces/05-conflict-backoff/figure-8.md).',
    ],
  );
  return `${lines.join('\n')}\n`;
}

// `npm run zoo`: shows every documented mistake and every correct variant to the judge, and prints what it made of each.

import { chapters } from '../chapters/chapters.ts';
import { judge } from '../lib/grade/judge.ts';
import type { Judgement } from '../lib/grade/subject.ts';
import { subjectOf } from '../lib/grade/subject.ts';
import { counts } from '../lib/grade/report.ts';
import type { RaftNode } from '../lib/node/contract.ts';
import type { Chapter } from '../lib/scenario/scenario.ts';
import { bugs } from '../test/bugs/bugs.ts';
import type { Bug } from '../test/bugs/bug.ts';
import { variants } from '../test/bugs/variants/variants.ts';
import { frozen } from '../test/support.ts';
import { tracesOf } from './grading.ts';

/** What the judge made of a node. */
export interface Shown {
  /** Scenarios that differ from their recording. */
  readonly strict: number;
  /** Scenarios in which its own behaviour is wrong. */
  readonly behavioural: number;
  /** Trials that it does not come through. */
  readonly trials: readonly string[];
  readonly failed: readonly Judgement[];
  readonly judgements: readonly Judgement[];
  /** The rule named in the first failure. */
  readonly rule: string | undefined;
  readonly milliseconds: number;
}

const chapterOf = (name: string): Chapter => {
  const found = chapters.find((chapter) => chapter.name === name);
  if (!found) throw new Error(`there is no chapter ${name}`);
  return found;
};

/** Shows a node to the judge; the trials are left out once something is wrong, unless it is to be thorough. */
export function show(
  { chapter: name, node }: { chapter: string; node: RaftNode },
  thorough = true,
): Shown {
  const chapter = chapterOf(name);
  const start = performance.now();
  const judgements = judge(chapter, tracesOf(chapter), subjectOf(frozen(node)), thorough);
  const milliseconds = performance.now() - start;
  const isTrial = ({ id }: Judgement) =>
    chapter.trials.some((trial) => id === `${name}/${trial.name}`);
  const failed = judgements.filter((each) => !counts(each));
  return {
    strict: judgements.filter((each) => !isTrial(each) && each.status !== 'passed').length,
    behavioural: failed.filter(
      (each) => !isTrial(each) && !/nothing is wrong with this run/.test(each.details),
    ).length,
    trials: failed.filter(isTrial).map(({ id }) => id.slice(name.length + 1)),
    failed,
    judgements,
    rule: judgements.find(({ finding }) => finding)?.finding?.rule,
    milliseconds,
  };
}

/** Whether a rule is one that a bug damaged, or stands next to it in the list of the chapter. */
export function closeness(
  { chapter, damages }: Bug,
  rule: string | undefined,
): 'damaged' | 'next' | 'elsewhere' {
  if (rule === undefined) return 'elsewhere';
  if (damages.includes(rule)) return 'damaged';
  const names = chapterOf(chapter).node.rules.map(({ name }) => name);
  const place = names.indexOf(rule);
  const near = damages.some((each) => Math.abs(names.indexOf(each) - place) === 1);
  return near ? 'next' : 'elsewhere';
}

function main(): void {
  const width = Math.max(...[...bugs, ...variants].map(({ name }) => name.length));
  const lines = bugs.map((bug) => {
    const shown = show(bug);
    return { bug, shown, close: closeness(bug, shown.rule) };
  });
  const head = [
    'chapter and mistake'.padEnd(width + 4),
    'verdict',
    'strict',
    'behaviour',
    'trials',
  ];
  process.stdout.write(
    `${[...head, 'rule named', 'is it damaged?', 'time', 'breaks'].join('  ')}\n\n`,
  );
  for (const { bug, shown, close } of lines) {
    const { strict, behavioural, trials, failed, rule, milliseconds } = shown;
    process.stdout.write(
      [
        bug.chapter.slice(0, 2),
        bug.name.padEnd(width),
        (failed.length > 0 ? 'caught' : strict > 0 ? 'differs' : 'MISSED').padEnd(7),
        `${strict}`.padStart(6),
        `${behavioural}`.padStart(9),
        (trials.join(' ') || '-').padEnd(24),
        `${rule ?? '-'}`.padEnd(24),
        close.padEnd(9),
        `${milliseconds.toFixed(0)} ms`.padStart(7),
        bug.breaks,
      ].join('  ') + '\n',
    );
  }
  process.stdout.write('\n');
  let full = 0;
  for (const variant of variants) {
    const { strict, failed, milliseconds } = show(variant);
    if (failed.length === 0) full += 1;
    const why = failed.map(
      ({ id, details }) => `\n      ${id}: ${details.split('behaviour: ').at(-1)}`,
    );
    process.stdout.write(
      [
        variant.chapter.slice(0, 2),
        variant.name.padEnd(width),
        failed.length === 0 ? 'full points' : `REJECTED${why.slice(0, 3).join('')}`,
        `${strict}`.padStart(3),
        `${milliseconds.toFixed(0)} ms`,
      ].join('  ') + '\n',
    );
  }
  const caught = lines.filter(({ shown }) => shown.failed.length > 0).length;
  const named = lines.filter(({ close }) => close !== 'elsewhere').length;
  process.stdout.write(
    `\n${caught} of ${bugs.length} bugs cost points; the damaged rule or its neighbour is named for ${named}; ` +
      `${full} of ${variants.length} variants get full points\n`,
  );
}

if (require.main === module) main();

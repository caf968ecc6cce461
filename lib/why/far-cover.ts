// Who covers for a part of nodes that serve clients: as their worlds are too many to search, it is looked for in the
// recorded runs and the trials of the chapter.

import type { RaftNode } from '../node/contract.ts';
import type { Chapter } from '../scenario/scenario.ts';
import type { Trace } from '../trace/trace.ts';
import type { Trial } from '../trial/trial.ts';
import { coverInRuns } from './cover.ts';
import { problemIn } from './living.ts';
import { fewRuns, isIn, nearOnes } from './partner.ts';
import type { Question } from './question.ts';
import { stageOf } from './safety.ts';
import { play } from './schedule.ts';
import type { Cover } from './verdict.ts';

/** What covers for a part; undefined when others can tell that it is missing. */
export function coverOfFar(
  chapter: Chapter,
  question: Question,
  runs: readonly Trace[],
): Cover | undefined {
  const follow = (node: RaftNode, those: readonly Trace[]) => {
    for (const trace of those) {
      const acts = trace.steps.map(({ act }) => act);
      play(node, stageOf(trace, []), acts);
    }
  };
  const telling = runs.filter((trace) => isIn(trace, question)).slice(0, fewRuns);
  const goThrough = (node: RaftNode, trials: readonly Trial[]) => {
    for (const trial of trials) problemIn({ ...chapter, properties: [] }, trial, node, 0);
  };
  return coverInRuns(chapter.node, question, {
    all(node) {
      follow(node, runs);
      goThrough(node, chapter.trials);
    },
    few: (node) => follow(node, telling),
    others: nearOnes(chapter.node, question),
  });
}

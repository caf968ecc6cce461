// Sends chapters through many storms, and tells the slowest.

import type { Test } from 'tape';
import { chapters } from '../../chapters/chapters.ts';
import type { Step } from '../../lib/cluster/step.ts';
import type { Chapter } from '../../lib/scenario/scenario.ts';
import { mustHold } from '../../lib/scenario/scenario.ts';
import type { Passage } from '../../lib/trial/storms.ts';
import { passStorm } from '../../lib/trial/storms.ts';
import { appliedWithin, leaderWithin } from '../../lib/trial/trial.ts';

const has = ({ node }: Chapter, rule: string) => node.rules.some(({ name }) => name === rule);

/** The chapters that the storms must not break: all that vote. Before that, two may lead at once. */
export const seaworthy: readonly Chapter[] = chapters.filter((each) => has(each, 'grant-vote'));

const passes = ({ trials }: Chapter, trial: string) => trials.some(({ name }) => name === trial);

/** The chapters whose members can change. */
const changesMembers = (chapter: Chapter) => passes(chapter, 'storms-with-changes');

/** The chapters that serve clients who ask again. */
export const servesClients = (chapter: Chapter) =>
  passes(chapter, 'storms-with-clients') || changesMembers(chapter);

/** The chapters whose nodes start again from their disks. */
const startsAgain = (chapter: Chapter) =>
  passes(chapter, 'storms-with-restarts') || servesClients(chapter);

/** Chapter 3 keeps no requests, and chapter 4 cannot mend a log: its leader promises in vain. */
const repairsLogs = (chapter: Chapter) => has(chapter, 'truncate-conflict');

/** Sends a chapter through one storm, with its own node or with a weaker one. */
export const pass = (
  chapter: Chapter,
  seed: number,
  node = chapter.node,
  watch?: (step: Step) => void,
): Passage => passStorm(node, mustHold(chapter), promisesOf(chapter), seed, watch);

const promisesOf = (chapter: Chapter) => {
  if (changesMembers(chapter)) return 'members';
  if (servesClients(chapter)) return 'clients';
  if (startsAgain(chapter)) return 'restarts';
  return repairsLogs(chapter) ? 'requests' : 'leader';
};

/** Asserts that a chapter comes through the storms of the seeds from 0, and tells the slowest. */
export function comesThrough(t: Test, chapter: Chapter, seeds: number): void {
  let [restarts, crashesWithin] = [0, 0];
  const watch = ({ act, lost }: Step) => {
    if (act.type === 'restart') restarts += 1;
    if (lost) crashesWithin += 1;
  };
  const passages = Array.from({ length: seeds }, (_, seed) =>
    pass(chapter, seed, chapter.node, watch),
  );
  passages.forEach(({ problem }, seed) => {
    if (problem !== undefined) t.fail(`seed ${seed}: ${problem}`);
  });
  const slowest = (of: (passage: Passage) => number) => Math.max(...passages.map(of));
  const ledAfter = slowest((passage) => passage.ledAfter);
  t.ok(ledAfter <= leaderWithin, `the slowest leader came after ${ledAfter} virtual ms`);
  if (repairsLogs(chapter)) {
    const appliedAfter = slowest((passage) => passage.appliedAfter);
    t.ok(appliedAfter <= appliedWithin, `the slowest request took ${appliedAfter} virtual ms`);
  }
  if (startsAgain(chapter)) {
    t.ok(restarts > seeds, `nodes started again ${restarts} times in ${seeds} storms`);
    t.ok(crashesWithin > seeds, `${crashesWithin} times a node crashed in the middle of a step`);
    return;
  }
  const crashes = passages.filter(({ lostNodes }) => lostNodes).length;
  t.ok(crashes > seeds / 2, `most storms cost a node for good (${crashes} of ${seeds})`);
}

// Judges an implementation of a chapter: every scenario and every trial. Where it differs from the recorded runs and all
// behaviour holds, it is a correct variant.

import { recordTrial } from '../scenario/record-trial.ts';
import type { Chapter } from '../scenario/scenario.ts';
import { mustHold } from '../scenario/scenario.ts';
import type { Trace } from '../trace/trace.ts';
import type { Trial } from '../trial/trial.ts';
import { describeMismatch } from '../replay/report.ts';
import { checked } from './checked.ts';
import type { Fared } from './judge-scenario.ts';
import { fareIn, findingOf, scenarioVerdict } from './judge-scenario.ts';
import type { Judgement, Subject } from './subject.ts';
import { messageOf, seedsPerTrial, tracesToPass } from './subject.ts';

/**
 * Judges all scenarios and trials of a chapter, in order. When it need not be thorough, it leaves the trials out
 * once it has found something wrong.
 */
export function judge(
  chapter: Chapter,
  traces: readonly Trace[],
  subject: Subject,
  thorough = true,
): Judgement[] {
  const own = tracesToPass(traces, chapter);
  const fared = own.map((trace) => fareIn(chapter, trace, own, subject));
  const trials: Judgement[] = [];
  let wrong = fared.some(({ problem }) => problem !== undefined);
  for (const trial of chapter.trials) {
    if (wrong && !thorough) break;
    const judgement = judgeTrial(chapter, trial, subject, fared);
    trials.push(judgement);
    wrong ||= judgement.status === 'failed';
  }
  // One run alone may end well by chance, so a difference is excused only where nothing at all goes wrong.
  const isSound =
    trials.every(({ status }) => status === 'passed') &&
    fared.every(({ strict, problem }) => !strict || problem === undefined);
  return [...fared.map((each) => scenarioVerdict(chapter, each, isSound)), ...trials];
}

function judgeTrial(
  chapter: Chapter,
  trial: Trial,
  subject: Subject,
  fared: readonly Fared[],
): Judgement {
  const start = performance.now();
  const id = `${chapter.name}/${trial.name}`;
  const name = `${chapter.title}: ${trial.title}`;
  const about = { id, name, chapter: chapter.name };
  for (let seed = 0; seed < seedsPerTrial; seed++) {
    const problem = problemIn(chapter, trial, subject, seed);
    if (problem === undefined) continue;
    const first = fared.find(({ strict }) => strict?.mismatch)?.strict?.mismatch;
    const finding = first && findingOf(first);
    return {
      ...about,
      status: 'failed',
      verdict: problem.split('\n')[0] ?? problem,
      details: [
        `${trial.says} (${trial.paper})`,
        `In the run of seed ${seed}: ${problem}`,
        ...(first ? ['Where it first differs from the recorded runs:'] : []),
        ...(first ? [describeMismatch(first)] : []),
      ].join('\n'),
      ...(finding && { finding }),
      ownRun() {
        const node = checked(subject.trial(trial, seed));
        const { trace } = recordTrial(chapter, trial, node, seed);
        return { trace, step: trace.header.steps };
      },
      milliseconds: performance.now() - start,
    };
  }
  const verdict = `came through ${seedsPerTrial} seeded runs`;
  const milliseconds = performance.now() - start;
  return { ...about, status: 'passed', verdict, details: '', milliseconds };
}

function problemIn(
  chapter: Chapter,
  trial: Trial,
  subject: Subject,
  seed: number,
): string | undefined {
  try {
    return trial.run(checked(subject.trial(trial, seed)), seed, mustHold(chapter));
  } catch (error) {
    return messageOf(error);
  }
}

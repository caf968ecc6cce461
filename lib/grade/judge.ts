// Judges an implementation of a chapter: every scenario and every trial. Where it differs from the recorded runs and all
// behaviour holds, it is a correct variant.

import type { RaftNode } from '../node/contract.ts';
import { recordTrial } from '../scenario/record-trial.ts';
import type { Chapter } from '../scenario/scenario.ts';
import { mustHold } from '../scenario/scenario.ts';
import type { Trace } from '../trace/trace.ts';
import type { Trial } from '../trial/trial.ts';
import { describeMismatch } from '../replay/report.ts';
import type { Mismatch } from '../replay/strict.ts';
import { checked } from './checked.ts';
import type { Fared } from './judge-scenario.ts';
import { Fare, findingOf, scenarioVerdict } from './judge-scenario.ts';
import type { Judgement, Run, Subject } from './subject.ts';
import { messageOf, seedsPerTrial, tracesToPass } from './subject.ts';

/** What went wrong in a trial, and in the run of which seed. */
interface Failure {
  readonly seed: number;
  readonly problem: string;
  readonly run: Run;
}

/** Judges one run after the other, in whatever order they come, and gives all verdicts at the end. */
export class Judge {
  private readonly chapter: Chapter;
  private readonly traces: () => readonly Trace[];
  private readonly fared = new Map<string, Fare>();
  private readonly failures = new Map<Trial, Failure>();
  private readonly milliseconds = new Map<Trial, number>();

  /** `traces` are all of the chapter. */
  constructor(chapter: Chapter, traces: () => readonly Trace[]) {
    this.chapter = chapter;
    this.traces = traces;
  }

  /** Replays a scenario strictly; says whether it differs, so that its own behaviour counts. */
  strict(trace: Trace, run: Run): boolean {
    const fare = new Fare(this.chapter, trace, () => tracesToPass(this.traces(), this.chapter));
    this.fared.set(trace.header.scenario, fare);
    return fare.strictly(run);
  }

  /** Judges its own behaviour in a scenario that differs. */
  behaviour(trace: Trace, run: Run): void {
    this.fared.get(trace.header.scenario)?.behave(run);
  }

  /** Judges the run of a trial from one seed; says whether it came through. */
  trial(trial: Trial, seed: number, run: Run): boolean {
    const start = performance.now();
    const problem = problemIn(this.chapter, trial, run(), seed);
    const { seed: least = Infinity } = this.failures.get(trial) ?? {};
    if (problem !== undefined && seed < least) this.failures.set(trial, { seed, problem, run });
    const spent = this.milliseconds.get(trial) ?? 0;
    this.milliseconds.set(trial, spent + performance.now() - start);
    return problem === undefined;
  }

  /** True as soon as something is wrong. */
  get wrong(): boolean {
    return this.failures.size > 0 || this.allFared().some(({ problem }) => problem !== undefined);
  }

  /** Where scenarios first differ from the recorded runs, by their names. */
  get mismatches(): ReadonlyMap<string, Mismatch> {
    return new Map(
      this.allFared().flatMap(({ trace, strict }): [string, Mismatch][] =>
        strict?.mismatch ? [[trace.header.scenario, strict.mismatch]] : [],
      ),
    );
  }

  /** The verdicts on all that was judged, in the order of the chapter. */
  verdicts(): Judgement[] {
    const fared = this.allFared();
    const ran = this.chapter.trials.filter((trial) => this.milliseconds.has(trial));
    const trials = ran.map((trial) => this.trialVerdict(trial, fared));
    // One run alone may end well by chance, so a difference is excused only where nothing at all goes wrong.
    const isSound =
      this.failures.size === 0 &&
      fared.every(({ strict, problem }) => !strict || problem === undefined);
    return [...fared.map((each) => scenarioVerdict(this.chapter, each, isSound)), ...trials];
  }

  private allFared(): Fared[] {
    return [...this.fared.values()].map((fare) => fare.fared());
  }

  private trialVerdict(trial: Trial, fared: readonly Fared[]): Judgement {
    const { chapter } = this;
    const about = {
      id: `${chapter.name}/${trial.name}`,
      name: `${chapter.title}: ${trial.title}`,
      chapter: chapter.name,
      milliseconds: this.milliseconds.get(trial) ?? 0,
    };
    const failure = this.failures.get(trial);
    if (!failure) {
      const verdict = `came through ${seedsPerTrial} seeded runs`;
      return { ...about, status: 'passed', verdict, details: '' };
    }
    const { seed, problem, run } = failure;
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
        const { trace } = recordTrial(chapter, trial, checked(run()), seed);
        return { trace, step: trace.header.steps };
      },
    };
  }
}

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
  const judging = new Judge(chapter, () => traces);
  for (const trace of tracesToPass(traces, chapter)) {
    if (judging.strict(trace, subject.strict(trace))) {
      judging.behaviour(trace, subject.scenario(trace));
    }
  }
  for (const trial of chapter.trials) {
    if (judging.wrong && !thorough) break;
    for (let seed = 0; seed < seedsPerTrial; seed++) {
      if (!judging.trial(trial, seed, subject.trial(trial, seed))) break;
    }
  }
  return judging.verdicts();
}

function problemIn(
  chapter: Chapter,
  trial: Trial,
  node: RaftNode,
  seed: number,
): string | undefined {
  try {
    return trial.run(checked(node), seed, mustHold(chapter));
  } catch (error) {
    return messageOf(error);
  }
}

// Puts a submission through every run of a chapter, in two processes side by side, and collects what it claims to have
// done. What is expected stays here; each event of a strict replay is asked only after the one before is answered.

import type { NodeEvent, NodeState } from '../../node/contract.ts';
import type { Chapter } from '../../scenario/scenario.ts';
import { sameContent } from '../../trace/canonical.ts';
import type { Trace } from '../../trace/trace.ts';
import { disksOf } from '../../trace/disks.ts';
import type { Trial } from '../../trial/trial.ts';
import type { Run } from '../subject.ts';
import { messageOf, seedsPerTrial, tracesToPass } from '../subject.ts';
import type { Claim } from './claims.ts';
import { claimedNode } from './claims.ts';
import type { Cell, Limits } from './process.ts';
import { SubmissionProcess } from './process.ts';
import type { Question } from './protocol.ts';

/** Is told of each run as soon as it ended, with a node that does what the submission claims to have done. */
export interface Listener {
  /** A strict replay. Says whether its own behaviour in that scenario is wanted too. */
  strict(trace: Trace, run: Run): boolean;
  behaviour(trace: Trace, run: Run): void;
  trial(trial: Trial, seed: number, run: Run): void;
}

/** What is to be known of a submission besides its runs. */
export interface Interview {
  /** Why it cannot be run at all; undefined when it can. */
  readonly broken: string | undefined;
  /** Why it was stopped, by the names of the scenarios in which it was. */
  readonly stopped: ReadonlyMap<string, string>;
  /** Why its answers cannot be those of a pure function; undefined when nothing speaks against it. */
  readonly impure: string | undefined;
  /** What it printed, the last of it. */
  readonly printed: string;
}

interface Told {
  /** It did not end by itself. */
  readonly stopped?: boolean;
  readonly claims: readonly Claim[];
  /** Why there are no more claims. */
  readonly ended: string;
}

const allTold = 'it was not asked that often';

/** After so many processes that had to be stopped, the rest of the chapter is not run. */
const patience = 3;

/**
 * Interviews a submission about one chapter. It never throws for what the submission does. While one run is
 * judged, the next one runs already.
 */
export async function interview(
  cell: Cell,
  chapter: Chapter,
  traces: () => readonly Trace[],
  limits: Limits,
  listener: Listener,
): Promise<Interview> {
  const [first, second] = [new Witness(cell, limits), new Witness(cell, limits)];
  // Two processes start while the traces are read.
  first.wake();
  second.wake();
  const strict = new Map<Trace, Told>();
  const askScenarios = async () => {
    const differing: Trace[] = [];
    await inOrder(
      tracesToPass(traces(), chapter),
      (trace) => first.tell(strictQuestions(trace)),
      (trace, told) => {
        strict.set(trace, told);
        if (listener.strict(trace, runOf(told))) differing.push(trace);
      },
    );
    await inOrder(
      differing,
      (trace) => first.tell([scenarioQuestion(trace)]),
      (trace, told) => listener.behaviour(trace, runOf(told)),
    );
  };
  const runs = chapter.trials.flatMap((trial) =>
    Array.from({ length: seedsPerTrial }, (_, seed) => ({ trial, seed })),
  );
  // Whoever has time takes the next.
  const queue = runs[Symbol.iterator]();
  const askTrials = (witness: Witness) =>
    inOrder(
      queue,
      ({ trial, seed }) => witness.tell([{ ask: 'trial', trial: trial.name, seed }]),
      ({ trial, seed }, told) => listener.trial(trial, seed, runOf(told)),
    );
  await Promise.all([askScenarios().then(() => askTrials(first)), askTrials(second)]);
  const impure = await second.doubts(strict);
  first.stop();
  second.stop();
  const { broken, printed } = first;
  return { broken, stopped: stoppedIn(strict), impure, printed };
}

const runOf =
  ({ claims, ended }: Told): Run =>
  () =>
    claimedNode(claims, ended);

/** Asks about one item after the other; each answer is heard when the next question is on its way. */
async function inOrder<Item>(
  items: Iterable<Item>,
  ask: (item: Item) => Promise<Told>,
  hear: (item: Item, told: Told) => void,
): Promise<void> {
  let last: (() => void) | undefined;
  for (const item of items) {
    const asked = ask(item);
    last?.();
    const told = await asked;
    last = () => hear(item, told);
  }
  last?.();
}

const stoppedIn = (told: ReadonlyMap<Trace, Told>): ReadonlyMap<string, string> =>
  new Map(
    [...told].flatMap(([{ header }, { ended, stopped }]) =>
      stopped ? [[header.scenario, ended] as const] : [],
    ),
  );

/** Asks a process, and starts another when one had to be stopped. */
class Witness {
  printed = '';
  /** Why it never loaded. */
  broken: string | undefined;
  private readonly cell: Cell;
  private readonly limits: Limits;
  private process: SubmissionProcess | undefined;
  private readonly loaded = new Set<SubmissionProcess>();
  private lost = 0;
  private lastWords = '';
  /** Wall milliseconds that it took to answer so far. */
  private spent = 0;

  constructor(cell: Cell, limits: Limits) {
    this.cell = cell;
    this.limits = limits;
  }

  /** The claims in answer to these questions, up to one that threw or was not answered. */
  async tell(questions: readonly Question[]): Promise<Told> {
    if (this.broken !== undefined) return { claims: [], ended: this.broken };
    if (this.lost >= patience) return { claims: [], ended: `not run any more: ${this.lastWords}` };
    const claims: Claim[] = [];
    const start = performance.now() - this.spent;
    try {
      const running = this.wake();
      if (!this.loaded.has(running)) {
        await running.ready();
        this.loaded.add(running);
      }
      for (const question of questions) {
        this.spent = performance.now() - start;
        if (this.spent > this.limits.all) {
          const ended = `all runs together took longer than ${this.limits.all} ms, so they were stopped`;
          return { claims, ended, stopped: true };
        }
        claims.push(...(await running.ask(question)));
        const last = claims.at(-1);
        if (last && 'threw' in last) break;
      }
      return { claims, ended: allTold };
    } catch (error) {
      this.lost += 1;
      this.lastWords = messageOf(error);
      if (this.loaded.size === 0) this.broken = this.lastWords;
      this.stop();
      return { claims, ended: this.lastWords, stopped: true };
    } finally {
      this.spent = performance.now() - start;
    }
  }

  /**
   * Asks a fresh process for steps of these runs again, last ones first: a pure function answers as
   * before. Gives the first step that does not, in words.
   */
  async doubts(runs: ReadonlyMap<Trace, Told>): Promise<string | undefined> {
    const steps = [...runs].flatMap(([trace, told]) => sample(stepsOf(trace, told)));
    for (const { trace, number, state, event, claim } of steps.reverse()) {
      const { claims } = await this.tell([{ ask: 'again', state, event }]);
      const again = claims.at(-1);
      if (again === undefined || sameContent(withoutRules(again), withoutRules(claim))) continue;
      const where = `${trace.header.scenario}, step ${number}`;
      return `${where}: in the same state, the same event had another result when it was asked again`;
    }
    return undefined;
  }

  stop(): void {
    this.printed += this.process?.output ?? '';
    this.process?.stop();
    this.process = undefined;
  }

  /** The process that answers, started when there is none. */
  wake(): SubmissionProcess {
    this.process ??= new SubmissionProcess(this.cell, this.limits);
    return this.process;
  }
}

/** The starts and events of a strict replay, in the order in which a replay asks for them. */
function strictQuestions(trace: Trace): Question[] {
  const { header, steps } = trace;
  const disks = disksOf(trace);
  const start = (node: string, restartedAt?: number): Question => {
    const isFirst = restartedAt === undefined;
    const given = header.given && isFirst ? header.initial[node] : undefined;
    const saved = isFirst ? undefined : disks[restartedAt]?.[node]?.synced;
    const peers = header.nodes.filter((other) => other !== node);
    return { ask: 'init', node, peers, ...(given && { given }), ...(saved && { saved }) };
  };
  return [
    ...header.nodes.map((node) => start(node)),
    ...steps.flatMap(({ step, act, node, event }): Question[] => {
      if (act.type === 'restart') return [start(act.node, step)];
      return node === undefined || !event ? [] : [{ ask: 'step', node, event }];
    }),
  ];
}

const scenarioQuestion = ({ header, steps }: Trace): Question => ({
  ask: 'scenario',
  nodes: header.nodes,
  start: header.given ? header.initial : {},
  acts: steps.map(({ act }) => act),
});

interface ToldStep {
  readonly trace: Trace;
  readonly number: number;
  readonly state: NodeState;
  readonly event: NodeEvent;
  readonly claim: Claim;
}

/** The steps of a strict replay as they were claimed, each with the state that it began in. */
function stepsOf(trace: Trace, { claims }: Told): ToldStep[] {
  const node = claimedNode(claims, allTold);
  const states = new Map<string, NodeState>();
  const told: ToldStep[] = [];
  let call = 0;
  const { header } = trace;
  const start = (id: string, fresh: boolean) => {
    const given = header.given && !fresh ? header.initial[id] : {};
    states.set(id, { ...node.init(id, []), ...given });
    call += 1;
  };
  try {
    for (const id of header.nodes) start(id, false);
    for (const { act, node: id, event, step: number } of trace.steps) {
      if (act.type === 'restart') start(act.node, true);
      else if (id !== undefined && event) {
        const [state, claim] = [states.get(id), claims[call]];
        if (!state || !claim) break;
        told.push({ trace, number, state, event, claim });
        states.set(id, node.step(state, event).state);
        call += 1;
      }
    }
  } catch {
    // The claims end here; what was told before stands.
  }
  return told;
}

/** A few of the steps, spread over the run. */
const sample = (steps: readonly ToldStep[]): ToldStep[] =>
  steps.filter((_, index) => index % 7 === 3);

/** Which rules fired is no part of what a step does. */
const withoutRules = (claim: Claim): Claim =>
  'changed' in claim ? { ...claim, fired: [] } : claim;

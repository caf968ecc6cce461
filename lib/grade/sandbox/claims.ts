// What the process of a submission says that its node did, call by call. A claim is only words: the grader steps its own
// world with it and judges what comes of that.

import type { Entry } from '../../log/log.ts';
import { Log } from '../../log/log.ts';
import type { Effect, NodeState, RaftNode, StepResult, Verdict } from '../../node/contract.ts';

/** One call of `init` or `step`, and what came of it. */
export type Claim =
  { readonly state: NodeState } | StepClaim | { readonly threw: string; readonly todo?: string };

/** What a step made of a log: where it begins now, when that has changed, and what is new at its end. */
export interface LogClaim {
  readonly lastIncludedIndex?: number;
  readonly lastIncludedTerm?: number;
  readonly keeps: number;
  readonly adds: readonly Entry[];
}

/** A step as the difference it made, so that a long log is not told again and again. */
export interface StepClaim {
  readonly changed: Readonly<Record<string, unknown>>;
  /** Fields that the state has no longer. */
  readonly gone: readonly string[];
  /** The log before stays up to this index, and these entries follow. */
  readonly log?: LogClaim;
  readonly effects: readonly Effect[];
  readonly fired?: readonly Verdict[];
}

/** What a submission did wrong that is no question of Raft: it threw, it hung, it never answered. */
export class SubmissionError extends Error {
  /** The gap of an exercise that is still to be written, when that was reached. */
  readonly gap: string | undefined;

  constructor(message: string, todo?: string) {
    super(message);
    this.gap = todo;
  }
}

/**
 * A node that answers its calls with these claims, in order. It throws SubmissionError where the
 * submission threw, and with `ended` when there are no more claims.
 */
export function claimedNode(claims: readonly Claim[], ended: string): RaftNode {
  let next = 0;
  const take = () => {
    const claim = claims[next];
    next += 1;
    if (!claim) throw new SubmissionError(ended);
    if ('threw' in claim) throw new SubmissionError(claim.threw, claim.todo);
    return claim;
  };
  return {
    init() {
      const claim = take();
      if (!('state' in claim)) throw new SubmissionError(ended);
      return withLog(claim.state);
    },
    step(before) {
      const claim = take();
      if (!('changed' in claim)) throw new SubmissionError(ended);
      return resultOf(before, claim);
    },
  };
}

function resultOf(before: NodeState, claim: StepClaim): StepResult<NodeState> {
  const { changed, gone, log, effects, fired } = claim;
  const state = { ...before, ...changed };
  for (const field of gone) Reflect.deleteProperty(state, field);
  if (log)
    state.log = begun(Log.of(before.log ?? []), log)
      .upTo(log.keeps)
      .append(log.adds);
  return { state: withLog(state), effects, ...(fired && { fired }) };
}

const begun = (log: Log, { lastIncludedIndex, lastIncludedTerm = 0 }: LogClaim): Log =>
  lastIncludedIndex === undefined ? log : log.compactedTo(lastIncludedIndex, lastIncludedTerm);

/** The same state with its log as a Log, which shares what it can with the log before. */
const withLog = (state: NodeState): NodeState =>
  state.log ? { ...state, log: Log.of(state.log) } : state;

// What the grader asks of the process of a submission, and what comes back. Nothing that is asked says what is expected.

import type { Act } from '../../trace/trace.gen.ts';
import type { NodeEvent, NodeId, NodeState, Saved, Verdict } from '../../node/contract.ts';
import type { Claim, StepClaim } from './claims.ts';

export type Question =
  /** Start a node of a strict replay, with these fields if they are given, or from its disk. */
  | {
      readonly ask: 'init';
      readonly node: NodeId;
      readonly peers: readonly NodeId[];
      readonly given?: Partial<NodeState>;
      readonly saved?: Saved;
    }
  /** Let that node handle an event. */
  | { readonly ask: 'step'; readonly node: NodeId; readonly event: NodeEvent }
  /** Handle an event in this state, whatever came before. */
  | { readonly ask: 'again'; readonly state: NodeState; readonly event: NodeEvent }
  /** Drive a cluster by the acts of a scenario. */
  | {
      readonly ask: 'scenario';
      readonly nodes: readonly NodeId[];
      readonly start: Readonly<Record<NodeId, Partial<NodeState>>>;
      readonly acts: readonly Act[];
    }
  /** Drive a cluster through one run of a trial. */
  | { readonly ask: 'trial'; readonly trial: string; readonly seed: number };

/** A claim as it is sent: `fired` is a place in the list of the answer. */
export type SentClaim =
  Exclude<Claim, StepClaim> | (Omit<StepClaim, 'fired'> & { readonly fired?: number });

export interface Answer {
  readonly number: number;
  readonly claims: readonly SentClaim[];
  /** What fired in the steps, each list once: there are few, and they are most of what would be sent. */
  readonly fired: readonly (readonly Verdict[])[];
  /** A built-in object that the submission changed for the whole program. */
  readonly tampered?: string;
}

/** The claims of an answer, each with its own list of what fired. */
export const claimsOf = ({ claims, fired }: Answer): Claim[] =>
  claims.map((claim) => {
    if (!('changed' in claim)) return claim;
    const { fired: place = -1, ...rest } = claim;
    const verdicts = fired[place];
    return Array.isArray(verdicts) ? { ...rest, fired: verdicts } : rest;
  });

/** The first word of the process: it has loaded the submission, or why not. */
export type Hello = { readonly ready: true } | { readonly failed: string };

/** The two ends of the wire inside the process of the submission. */
export interface Channel {
  send(message: Answer | Hello): void;
  onQuestion(listener: (number: number, question: Question) => void): void;
}

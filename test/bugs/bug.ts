// What the zoo holds: mistakes that a grader must notice, and deviations that it must accept.

import type { RaftNode } from '../../lib/node/contract.ts';

/** A documented mistake, as an edit of the rules of a chapter. */
export interface Bug {
  readonly name: string;
  /** The chapter whose rules were edited: `03-voting`. */
  readonly chapter: string;
  /** One sentence: what the code does wrong. */
  readonly wrong: string;
  /** Where it was made, or where the rule comes from: a link, or a place in the paper. */
  readonly origin: string;
  /** The name of a safety property, or one of `harms`. */
  readonly breaks: string;
  /** The names of the rules that were edited, left out, or had another put next to them; or `init`. */
  readonly damages: readonly string[];
  readonly node: RaftNode;
  /** Why nothing follows from it, when nothing does: then it is told, and costs no points. */
  readonly harmless?: string;
  /** Why the recorded runs, step by step, cannot show it, when they cannot. */
  readonly unrecorded?: string;
}

/** A deviation from the rules of a chapter that is as correct as they are. */
export interface Variant {
  readonly name: string;
  readonly chapter: string;
  /** One sentence: what it does differently, and may. */
  readonly allowed: string;
  readonly origin: string;
  readonly node: RaftNode;
}

/** What a bug can break that is not a safety property. */
export const harms = {
  liveness: 'Some fault that the protocol should ride out stops it, or stops it for too long.',
  cost: 'Everything is reached, with more messages, more time or more elections.',
  linearizability: 'A client is told what is not so.',
  purity: 'A step changes what is not its own, or throws.',
  'Figure 2': 'A rule of Figure 2 is broken; nothing follows from it alone.',
} as const;

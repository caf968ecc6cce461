// What a search is asked, and what it answers.

import type { Property, Violation } from '../check/property.ts';
import type { Start } from '../cluster/cluster.ts';
import type { Act } from '../cluster/step.ts';
import type { LocalEvent, NodeId, RaftNode } from '../node/contract.ts';

/** How far a search goes. A world beyond a bound is neither visited nor judged. */
export interface Bounds {
  /** The highest currentTerm of any node; in Paxos, its highest ballot. */
  readonly terms: number;
  /** What that number is called: `ballots`; `terms` when not given. */
  readonly called?: 'ballots';
  /** The most entries in the log of any node, those included that a leader adds by itself; or slots. */
  readonly log: number;
  /**
   * How many requests clients make; the first is `x=1`, the second `x=2`, … unless `asks` says
   * otherwise. Infinity: as many as the log has room for, and all are the first. That is the smaller
   * search, for nobody counts.
   */
  readonly requests: number;
  /**
   * How often a node crashes and starts again with what is on its disk, as one step; so is a crash in
   * the middle of a step, before something that it still had to write. A crash without a restart
   * needs no search: to the others it is the same as silence.
   */
  readonly restarts: number;
  /**
   * How often an administrator asks a node for other voters, any of the nodes, or for another leader
   * (chapter 11); never when not given.
   */
  readonly changes?: number;
  readonly transfers?: number;
  /** The highest value of other fields of a node's state that may grow without end, by name. */
  readonly fields?: Readonly<Record<string, number>>;
  /** The most steps from the start. */
  readonly depth: number;
}

/**
 * Which messages a search forgets. `none`: it keeps all. `dead`: it forgets a reply once its receiver
 * can never act on it. `stale`: it forgets a reply whenever it would do nothing now, and a request of a
 * term older than that of its receiver, which would be refused; so it misses runs in which such a
 * reply, or such a refusal, matters.
 */
export type Filter = 'none' | 'dead' | 'stale';

/** What a client asks a node for. */
export type Ask = Omit<Extract<LocalEvent, { type: 'ClientRequest' }>, 'type'>;

/** The request of that number, from 1; undefined when clients ask for no more. */
export const askOf = ({ asks }: Pick<Problem, 'asks'>, nth: number): Ask | undefined =>
  asks ? asks[nth - 1] : { command: `x=${nth}` };

/** True when somebody will hear the answers. */
export const namesClients = ({ asks = [] }: Pick<Problem, 'asks'>): boolean =>
  asks.some(({ client, sequence }) => client !== undefined && sequence !== undefined);

/** Where a search starts: after these acts, which the node itself carries out. */
export type Prefix = readonly Act[];

export interface Problem {
  readonly node: RaftNode;
  readonly nodes: readonly NodeId[];
  readonly properties: readonly Property[];
  readonly bounds: Bounds;
  /** `none` when not given. */
  readonly filter?: Filter;
  /** Whether to visit only one of the worlds that differ only in names; true when not given. */
  readonly symmetry?: boolean;
  readonly start?: Prefix;
  /** The fields in which nodes do not start fresh, before the first of these acts. */
  readonly given?: Start;
  /**
   * What clients ask for from the start of the search on, in this order; what is there twice is sent
   * again. `x=1`, `x=2`, … when not given. Where clients are named, their history is judged.
   */
  readonly asks?: readonly Ask[];
  /**
   * Whether a step that throws an error ends its branch of the search; else the search ends there, with
   * that error as what it found.
   */
  readonly passesOverErrors?: boolean;
  /** The search stops when it has found this many worlds. */
  readonly limit?: number;
}

/** How far a search has come. */
export interface Progress {
  /** Distinct worlds found, the start included. */
  readonly states: number;
  /** How many of them are still to be expanded. */
  readonly queue: number;
  /** The steps from the start to those being expanded. */
  readonly depth: number;
  /** What the tables of the search take. */
  readonly bytes: number;
}

/** How a search was done, whatever it found. */
export interface Account extends Progress {
  readonly bounds: Bounds;
  readonly filter: Filter;
  readonly symmetry: boolean;
  /** Why the search went on without symmetry although it was asked for. */
  readonly asymmetry?: string;
  /** True when a bound cut off a step somewhere: there are worlds beyond. */
  readonly bounded: boolean;
  /** The rules that fired in some step, where the node tells. */
  readonly fired?: readonly string[];
  /** Runs that looked like a violation and that the safety properties did not confirm. */
  readonly unconfirmed: number;
  /**
   * For the filter `dead`: whether every message that was forgotten would have changed nothing,
   * there and in every state after. Undefined for the other filters, or when it was not looked at.
   */
  readonly filterHolds?: boolean;
}

/** A run that breaks a property. */
export interface Counterexample {
  readonly property: string;
  /** As the property itself tells it; undefined when a step threw an error. */
  readonly violation: Violation | undefined;
  /** What the error said, when a step threw one. */
  readonly error?: string;
  /** The whole run, from fresh nodes or those that are given; `Cluster` can carry it out. */
  readonly acts: readonly Act[];
  /** Steps of the search from its start: a crash with its restart is one, a duplicate is none. */
  readonly depth: number;
}

export type Verdict =
  | (Account & {
      readonly outcome: 'violation';
      readonly counterexample: Counterexample;
      /** True when no run within the bounds breaks a property in fewer steps. */
      readonly provenShortest: boolean;
    })
  | (Account & { readonly outcome: 'exhausted' })
  | (Account & { readonly outcome: 'stopped' });

// What a myth is: a claim about Raft that is often written and is wrong, and what refutes it.

import type { Faults } from '../lib/cluster/schedule.ts';
import type { Filter } from '../lib/explore/problem.ts';
import type { NodeId } from '../lib/node/contract.ts';
import type { RuleNode } from '../lib/rules/node.ts';

/** The place in the paper of a rule that only a myth has. */
export const nowhere = 'not in the paper: a myth';

interface AnyMyth {
  /** The name of its files, and of its variant in a trace: `longest-log-leads`. */
  readonly name: string;
  /** The claim, in a sentence. */
  readonly claim: string;
  /** Why it sounds right. */
  readonly appeal: string;
  /** What is so instead, in two or three sentences. */
  readonly truth: string;
  /** The place that says so: `§5.4.1`, `Fig. 2`, `thesis §9.6`. */
  readonly paper: string;
}

/** The claim as an edit of the rules of a chapter. */
interface Variant {
  /** The chapter whose rules were edited: `04-replication`. */
  readonly chapter: string;
  readonly node: RuleNode;
  /** The rules to compare with, when they are not those of the chapter. */
  readonly instead?: RuleNode;
  /** What the edit does to make the claim a rule, where that is not plain. */
  readonly written?: string;
}

/** What the narrator says, by the number of the step. */
export type Notes = Readonly<Record<number, string>>;

/** A claim that breaks a safety property. The run is a shortest one, found by search. */
export interface RefutedBySearch extends AnyMyth, Variant {
  readonly nodes?: readonly NodeId[];
  /** The highest term and the longest log of the search; clients make two requests. */
  readonly bounds: { readonly terms: number; readonly log: number };
  /** What the search forgets, when keeping every message takes too long. */
  readonly filter?: Filter;
  readonly breaks: string;
  readonly notes: Notes;
}

/** A claim that breaks no safety property: what it costs, counted in seeded runs. */
export interface RefutedByFigures extends AnyMyth, Variant {
  readonly nodes: readonly NodeId[];
  /** The run that is shown, in virtual milliseconds. */
  readonly shown: { readonly milliseconds: number; readonly says: string };
  /** The runs that are counted: with each of so many seeds, for so many virtual milliseconds. */
  readonly seeds: number;
  readonly milliseconds: number;
  readonly faults: Faults;
  /** Nodes that are down from the start. */
  readonly down: readonly NodeId[];
  /** What it costs, in a few words. */
  readonly costs: string;
}

/** A claim about what happens in Raft as it is; recorded runs show that it is not so. */
export interface RefutedByRuns extends AnyMyth {
  /** `03-voting/split-vote`. */
  readonly runs: readonly string[];
  /** True when the table of what was searched to the end refutes it. */
  readonly searched?: true;
}

export type Myth = RefutedBySearch | RefutedByFigures | RefutedByRuns;
/** A myth that is a variant of the rules, with a run of its own. */
export type VariantMyth = RefutedBySearch | RefutedByFigures;

export const isSearched = (myth: Myth): myth is RefutedBySearch => 'bounds' in myth;
export const isVariant = (myth: Myth): myth is VariantMyth => 'node' in myth;

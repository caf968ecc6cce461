// What a question came to, as plain data: safety, liveness, cost, or redundant here; and how that was found out.

import type { Act } from '../cluster/step.ts';
import type { Filter } from '../explore/problem.ts';
import type { Part } from '../rules/node.ts';
import type { Question } from './question.ts';

/** One search through every interleaving, and what it came to. */
export interface Searched {
  /** How many nodes. */
  readonly nodes: number;
  readonly terms: number;
  readonly log: number;
  /** There when the terms are ballots: how many clients asked, each for something else. */
  readonly ballots?: { readonly requests: number };
  /** None when not given. */
  readonly restarts?: number;
  readonly filter: Filter;
  /** Distinct states. */
  readonly states: number;
  readonly outcome: 'violation' | 'exhausted' | 'stopped';
}

/** A property of the paper is broken. */
export interface SafetyFinding {
  readonly verdict: 'safety';
  readonly property: string;
  /** The acts of the committed run. */
  readonly steps: number;
  /**
   * By a search, with a schedule written by hand or that of a recorded run, in a trial, by walks at random from the
   * start, or by walks at random from where a recorded run has come.
   */
  readonly found: 'search' | 'schedule' | 'recorded run' | 'chance' | 'trial' | 'walk from a run';
  readonly where?: string;
  /** True when no run within the bounds of the last search breaks a property in fewer steps. */
  readonly provenShortest: boolean;
}

/** No property is broken, but a cluster does not do what it must in time. */
export interface LivenessFinding {
  readonly verdict: 'liveness';
  /** The trial or the weather, by name. */
  readonly trial: string;
  readonly says: string;
  /** The first seed with a problem, and the problem in words. */
  readonly seed: number;
  readonly problem: string;
  /** How many of the seeds have one without the rule; with it, none has. */
  readonly failed: number;
  readonly seeds: number;
}

/** One figure of the same seeded runs with the rule and without it. */
export interface Comparison {
  /** The weather, by name. */
  readonly weather: string;
  readonly figure: string;
  /** Averages over the seeds. */
  readonly with: number;
  readonly without: number;
  readonly seeds: number;
  /** In how many seeds it is better, and worse, without the rule. */
  readonly better: number;
  readonly worse: number;
}

/** A figure is clearly worse. */
export interface CostFinding {
  readonly verdict: 'cost';
  /** The clearest first. */
  readonly costs: readonly Comparison[];
}

/** Nothing is broken and nothing is clearly worse. */
export interface RedundantFinding {
  readonly verdict: 'redundant';
  /** The figures that differ at all. */
  readonly differences: readonly Comparison[];
  /** Why nobody can tell, when that was found out; or else who covers for it. */
  readonly cover?: Cover;
  readonly partner?: Partner;
}

/** With it and without it, nodes send and write the same in all these steps. */
export interface Cover {
  /** Where the steps were met: in the recorded runs and the trials of the chapter. In a search when not given. */
  readonly in?: 'runs';
  /** In so many different steps a condition was asked, and in so many of them it refused. */
  readonly asked?: number;
  readonly refused?: number;
  /** How many steps were compared, and in how many of those that a search met the state differs. */
  readonly steps: number;
  readonly differing: number;
  /** So many pairs of different states came of that; each was compared on every event. */
  readonly twins: number;
  /** The only fields that differ. */
  readonly fields: readonly string[];
  /** The others without which somebody could tell, or without which it would refuse when it never does. */
  readonly guards: readonly Part[];
}

/** Without this one as well, something breaks that does not break, or not so soon, without this one alone; or costs more. */
export interface Partner {
  readonly rule: string;
  readonly condition?: string;
  /** The property, or the title of a trial. */
  readonly breaks?: string;
  /** The recorded run under whose schedule the property breaks without both, and does not without the partner alone. */
  readonly run?: string;
  /** In how many steps, for a property; and how many states there are so far without the partner alone. */
  readonly steps?: number;
  readonly states?: number;
  /** What costs more without both than without the partner alone, when nothing breaks. */
  readonly costs?: readonly Comparison[];
}

export type Finding = SafetyFinding | LivenessFinding | CostFinding | RedundantFinding;

/** The schedule that shows the difference, from a recorded run. */
export interface ShownBy {
  readonly scenario: string;
  readonly acts: readonly Act[];
  /** What is missed, without the rule, of the outcome of that run; empty when only steps differ. */
  readonly missed: readonly string[];
}

export type Verdict = Question &
  Finding & {
    readonly searched: readonly Searched[];
    /** How many walks were taken at random with five nodes, when there were any. */
    readonly walks?: number;
    /** How many walks were taken at random from where recorded runs have come, when there were any. */
    readonly walksFromRuns?: number;
    /** For all but safety, where the committed trace is the counterexample. */
    readonly shownBy?: ShownBy;
  };

export type Kind = Verdict['verdict'];

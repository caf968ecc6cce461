// A scenario is a run worth recording; a chapter is its rules, its scenarios and its properties.

import type { Property } from '../check/property.ts';
import type { Start } from '../cluster/cluster.ts';
import type { Faults } from '../cluster/schedule.ts';
import type { Narration, Script } from '../cluster/script.ts';
import type { ClockRates } from '../cluster/timing.ts';
import type { Step } from '../cluster/step.ts';
import type { Hints } from './hints.ts';
import type { NodeId } from '../node/contract.ts';
import type { Part, RuleNode } from '../rules/node.ts';
import { lacking } from '../rules/node.ts';
import type { Trial } from '../trial/trial.ts';
import type { Outcome } from '../trace/trace.gen.ts';

interface AnyScenario {
  /** The name of its files: `clean-election`. */
  readonly name: string;
  readonly title: string;
  /** What the run shows, in a sentence or two, before it is seen. */
  readonly about: string;
  readonly nodes: readonly NodeId[];
  /** The variant of the chapter's rules that runs it; without one, the chapter's node. */
  readonly variant?: string;
  /** The fields in which nodes do not start fresh, for a run that begins in the middle. */
  readonly start?: Start;
  /** How fast clocks run that are not right. */
  readonly clockRates?: ClockRates;
  /** What holds at the end: a sentence, and the fields of the nodes that show it. */
  readonly outcome: Outcome;
}

/** A run written by hand, act by act. */
export interface ScriptedScenario extends AnyScenario {
  readonly script: (run: Script) => void;
}

/** A run drawn from a seed on the virtual clock. */
export interface SeededScenario extends AnyScenario {
  readonly seed: number;
  /** How long it runs, in virtual milliseconds. */
  readonly milliseconds: number;
  readonly faults?: Faults;
  /** What the narrator says, each at the first step that fits. */
  readonly narration?: readonly (Narration & { readonly at: (step: Step) => boolean })[];
}

export type Scenario = ScriptedScenario | SeededScenario;

export interface Chapter {
  /** The name of its folder: `03-voting`. */
  readonly name: string;
  readonly title: string;
  /** What this chapter adds to the one before, in one line. */
  readonly adds: string;
  /** What its protocol still gets wrong, in one line. */
  readonly stillBroken: string;
  /** True when it builds on no other chapter: a protocol of its own, to compare with. */
  readonly beside?: true;
  readonly node: RuleNode;
  /** Other lists of rules that some scenarios compare with, by name. */
  readonly variants?: Readonly<Record<string, RuleNode>>;
  /** False claims about its rules, as edits of them, by name; a chapter alone knows none. */
  readonly myths?: Readonly<Record<string, RuleNode>>;
  /** The safety properties that hold from this chapter on (Fig. 3). */
  readonly properties: readonly Property[];
  /** What each node owes the others at every step: breaking it is a mistake before it does harm. */
  readonly obligations: readonly Property[];
  readonly scenarios: readonly Scenario[];
  /** What its nodes must live through, besides the scenarios. */
  readonly trials: readonly Trial[];
  /** Help with the chapter's exercise, by rule. */
  readonly hints: Hints;
}

/** Everything that must hold at every step of a chapter: its safety properties first. */
export const mustHold = ({ properties, obligations }: Chapter): readonly Property[] => [
  ...properties,
  ...obligations,
];

/** Which node of a chapter runs something, where it is not the chapter's own. */
export interface WhichNode {
  readonly variant?: string;
  readonly myth?: string;
  /** The part of a rule that it lacks. */
  readonly without?: Part;
}

/**
 * The node that runs a scenario or recorded a trace: the chapter's own, one of its variants, a myth about
 * it, or one that lacks a rule or a condition. Throws when the chapter has no such node.
 */
export function nodeOf(chapter: Chapter, { variant, myth, without }: WhichNode): RuleNode {
  const [kind, name, known] =
    myth === undefined ? ['variant', variant, chapter.variants] : ['myth', myth, chapter.myths];
  const node = name === undefined ? chapter.node : known?.[name];
  if (!node) throw new Error(`Chapter ${chapter.name} has no ${kind} named ${name}`);
  return without ? lacking(node, without) : node;
}

/** The scenario of that name. Throws when the chapter has none. */
export function scenarioOf(chapter: Chapter, name: string): Scenario {
  const found = chapter.scenarios.find((scenario) => scenario.name === name);
  if (!found) throw new Error(`Chapter ${chapter.name} has no scenario named ${name}`);
  return found;
}

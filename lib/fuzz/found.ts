// Writes a run that was found down as a trace, in words that say whose fault it is.

import type { Property } from '../check/property.ts';
import { Cluster } from '../cluster/cluster.ts';
import { perform } from '../cluster/script.ts';
import { scriptedTiming } from '../cluster/timing.ts';
import type { RaftNode } from '../node/contract.ts';
import type { RuleNode } from '../rules/node.ts';
import { recordRun } from '../scenario/record.ts';
import type { Chapter } from '../scenario/scenario.ts';
import type { Trace } from '../trace/trace.ts';
import type { Found } from './fuzz.ts';
import { CautiousNode, noStepThrows } from './watched-run.ts';

/** A rule that is left out, or one condition of it. */
export interface LeftOut {
  readonly rule: string;
  readonly condition?: string;
}

/** The node without all of them. Throws when there is no such rule or condition. */
export const nodeWithout = (node: RuleNode, leftOut: readonly LeftOut[]): RuleNode =>
  leftOut.reduce((weaker, { rule, condition }) => weaker.without(rule, condition), node);

/** The trace of a run that was found, to be stepped through like any other. */
export function recordFound(
  chapter: Chapter,
  node: RaftNode,
  properties: readonly Property[],
  { seed, names, acts, violation }: Found,
  leftOut: readonly LeftOut[] = [],
): Trace {
  const { property, paper, earlier, later } = violation;
  const about = {
    format: 'raft-notebook-trace',
    version: 1,
    chapter: chapter.name,
    scenario: `found-${seed}`,
    title: `${property}${leftOut.length > 0 ? `, without ${sayLeftOut(leftOut)}` : ''}`,
    about: aboutOf(chapter, leftOut),
    seed,
    nodes: [...names],
    outcome: {
      says: `${property} (${paper}): at step ${earlier.step} ${earlier.says}; at step ${later.step} ${later.says}.`,
      nodes: {},
      ...(property !== noStepThrows && { violates: property }),
    },
  } as const;
  const cluster = new Cluster(new CautiousNode(node, names), names, scriptedTiming);
  const drive = (onStep: (step: ReturnType<typeof perform>) => void) =>
    acts.forEach((act) => onStep(perform(cluster, act)));
  return recordRun({ ...about, nodes: [...names] }, cluster, properties, drive).trace;
}

/** `grant-vote` or `grant-vote / has not voted …`, one after the other. */
export const sayLeftOut = (leftOut: readonly LeftOut[]): string =>
  leftOut
    .map(({ rule, condition }) => (condition === undefined ? rule : `${rule} / ${condition}`))
    .join(' and ');

/** What was left out, with the words of the rule itself. */
function aboutOf({ node, title }: Chapter, leftOut: readonly LeftOut[]): string {
  const found = 'A run that chance has found, cut down until no act can be left out.';
  if (leftOut.length === 0) return `${found} The rules are those of the chapter ${title}.`;
  const missing = leftOut.map(({ rule, condition }) => {
    const says = node.rules.find(({ name }) => name === rule)?.says ?? '';
    return condition === undefined
      ? `The rule ${rule} is left out: “${says}”`
      : `The rule ${rule} does not ask whether: ${condition}. In full: “${says}”`;
  });
  return `${found} ${missing.join(' ')}`;
}

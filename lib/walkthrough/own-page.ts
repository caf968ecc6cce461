// The walkthrough of a run of somebody else's nodes: what they did, and at each step where the rules of the chapter say
// otherwise.

import type { RuleNode } from '../rules/node.ts';
import { compareEffects } from '../replay/effects.ts';
import type { Chapter } from '../scenario/scenario.ts';
import { differences } from '../trace/canonical.ts';
import type { States, Trace, TraceStep } from '../trace/trace.ts';
import { downOf, statesOf } from '../trace/trace.ts';
import { sayAct, sayEffect, sayValue } from '../words/words.ts';
import { stepAnchor } from './links.ts';
import { effectWithId } from './rule-lines.ts';
import { fieldsOf } from './state-fields.ts';
import { startTable, stateTable } from './state-table.ts';
import { blocks, code, list, markdown } from './text.ts';

/** The page of a run of a submission; `diagram` is the name of its picture beside the page. */
export function ownPageOf(chapter: Chapter, trace: Trace, diagram: string): string {
  const { header, steps } = trace;
  const states = statesOf(trace);
  const down = downOf(trace);
  const fields = fieldsOf(trace, header.initial[header.nodes[0] ?? ''] ?? {});
  const told = steps.map((step, index) => ({
    step,
    before: states[index] ?? {},
    after: states[index + 1] ?? {},
    down: down[index + 1] ?? new Set<string>(),
    otherwise: otherwiseLines(chapter.node, states[index] ?? {}, states[index + 1] ?? {}, step),
  }));
  const parts = told.find(({ otherwise }) => otherwise.length > 0)?.step.step;
  const lines = blocks(
    [`# ${markdown(header.title)}: the submission's own run`],
    [markdown(header.about)],
    [
      parts === undefined
        ? 'At every step, these nodes did what the rules of the chapter say.'
        : `The rules of the chapter first say otherwise at [step ${parts}](#${stepAnchor(parts)}).`,
    ],
    [`![Space-time diagram of the run](${diagram})`],
    [`**How it should end:** ${markdown(header.outcome.says)}`],
    ['## The start'],
    startTable(fields, header.initial),
    ['## The steps'],
    ...told.map(({ step, before, after, down, otherwise }) =>
      blocks(
        [`### <a id="${stepAnchor(step.step)}"></a>Step ${step.step}: ${markdown(sayAct(step))}`],
        [`*${step.time} ms*`],
        didLines(step),
        otherwise,
        stateTable(fields, before, after, down),
      ),
    ),
  );
  return `${lines.join('\n')}\n`;
}

const didLines = ({ node, effects = [] }: TraceStep): readonly string[] =>
  node === undefined || effects.length === 0
    ? []
    : [`${markdown(node)} ${effects.map(effectWithId).join('; ')}.`];

/** What the rules would have done in the same state, where it is something else. */
function otherwiseLines(
  rules: RuleNode,
  before: States,
  after: States,
  { node, event, effects = [] }: TraceStep,
): readonly string[] {
  const state = node === undefined ? undefined : before[node];
  if (node === undefined || !state || !event) return [];
  let expected: ReturnType<RuleNode['step']>;
  try {
    expected = rules.step(state, event);
  } catch {
    return ['> **The rules** cannot be asked about this state.'];
  }
  const bare = effects.map((effect) =>
    effect.type === 'send' ? { type: effect.type, message: effect.message } : effect,
  );
  const [missing, extra] = compareEffects(expected.effects, bare);
  const fields = differences(expected.state, after[node] ?? {});
  if (missing.length + extra.length + fields.length === 0) return [];
  const fired = expected.fired.filter(({ refused }) => refused === undefined);
  const names = list(fired.map(({ rule }) => code(rule)));
  return [
    `> **The rules say otherwise**${names === '' ? '' : `; these fire here: ${names}`}.`,
    '>',
    ...missing.map((effect) => `> - missing: ${markdown(node)} ${markdown(sayEffect(effect))}`),
    ...extra.map((effect) => `> - too much: ${markdown(node)} ${markdown(sayEffect(effect))}`),
    ...fields.map(
      ({ field, expected, actual }) =>
        `> - ${code(field)} should be ${markdown(sayValue(expected))}, ` +
        `and is ${markdown(sayValue(actual))}`,
    ),
  ];
}

// A mismatch in words: what happened, what was expected, and which rule says so.

import { sayAct, sayEffect, sayValue, sayValues } from '../words/words.ts';
import type { NodeState } from '../node/contract.ts';
import { tooEarly } from './effects.ts';
import type { Diagnosis } from './diagnose.ts';
import type { Mismatch } from './strict.ts';

/** Everything a student needs to find the mistake, one fact a line; `explained` adds the rule that it is laid to. */
export function describeMismatch(mismatch: Mismatch, explained = true): string {
  const { trace, step, node, before, missing, extra, fields, threw, diagnosis } = mismatch;
  const early = tooEarly(missing, extra);
  const rest = { missing: missing.slice(early.length), extra: extra.slice(early.length) };
  const lines = [
    `${trace.chapter}/${trace.scenario}, ${step ? `step ${step.step}` : 'the start'}`,
    step ? `event: ${sayAct(step)}` : `event: ${node} starts`,
    ...(before && step ? [`${node} was: ${sayState(before)}`] : []),
    ...(threw === undefined ? [] : [`threw: ${threw}`]),
    ...early.map((effect) => `too early, before all is written: ${node} ${sayEffect(effect)}`),
    ...rest.missing.map((effect) => `expected, but missing: ${node} ${sayEffect(effect)}`),
    ...rest.extra.map((effect) => `not expected: ${node} ${sayEffect(effect)}`),
    ...fields.map(
      ({ field, expected, actual }) =>
        `field ${field}: expected ${sayValue(expected)}, found ${sayValue(actual)}`,
    ),
    ...(diagnosis && explained ? describeDiagnosis(diagnosis) : []),
    ...(step
      ? [
          `see: npx tsx chapters/${trace.chapter}/run.ts ` +
            `--scenario ${trace.scenario} --step ${step.step}`,
        ]
      : []),
  ];
  return lines.join('\n  ');
}

/** The fields of a state but for its name and peers. */
const sayState = (state: NodeState): string =>
  Object.entries(state)
    .filter(([field]) => field !== 'id' && field !== 'peers')
    .map(([field, value]) => `${field} ${sayValue(value)}`)
    .join(', ');

function describeDiagnosis({ explanation, condition, says, orElse }: Diagnosis): string[] {
  const { rule, conditions } = explanation;
  return [
    `rule: ${rule.name} (${rule.paper}): ${says}`,
    `the rule says: ${rule.says}`,
    ...conditions.map((each) => {
      const verdict = each.held === undefined ? 'cannot be asked' : each.held ? 'holds' : 'fails';
      const mark = each.name === condition ? ' (not asked)' : '';
      const values = sayValues(each);
      return `condition '${each.name}'${mark}: ${verdict}${values ? `; ${values}` : ''}`;
    }),
    ...orElse.map(
      (edit) =>
        `it would look the same without ${edit.rule}${edit.condition ? `: '${edit.condition}'` : ''}`,
    ),
  ];
}

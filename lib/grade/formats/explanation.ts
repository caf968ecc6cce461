// What a format without fields of its own says of a test: verdict, rule, place and details, in lines.

import type { Finding, TestResult } from '../report.ts';
import { oneLine, severalLines } from './clean.ts';

/** For a plain pass one line; at most about `limit` characters of details. */
export function explanation(test: TestResult, limit?: number): string {
  const { verdict, finding, details } = test;
  const facts = [oneLine(verdict), ...(finding ? ruleLines(finding) : []), ...placeLines(test)];
  const rest = severalLines(details, limit);
  return facts.join('\n') + (rest === '' ? '' : `\n\n${rest}`);
}

function ruleLines({ rule, paper, condition, scenario, step }: Finding): string[] {
  const asked = condition === undefined ? [] : [`Condition: ${oneLine(condition)}`];
  return [
    `Rule: ${oneLine(rule)} (${oneLine(paper)})`,
    ...asked,
    `Scenario: ${oneLine(scenario)}, ${step === 0 ? 'at the start' : `step ${step}`}`,
  ];
}

function placeLines({ file, line }: TestResult): string[] {
  if (file === undefined) return [];
  return [`Place: ${oneLine(file)}${line === undefined ? '' : `:${line}`}`];
}

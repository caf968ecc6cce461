// The figures of the seeded runs on the why pages, and when one is clearly worse.

import type { Comparison } from '../../why/verdict.ts';
import { allWeathers, clearly, fewest, mostly } from '../../why/living.ts';
import { clientFigureNames, figureNames } from '../../why/meter.ts';
import { blocks, markdown, table } from '../text.ts';

/** When a figure is clearly worse, from what the verdicts go by. */
export const clearlyWorse =
  `A figure is *clearly worse* when it is worse by at least ${100 * clearly} % on average, in at least ${fewest} of the runs, ` +
  `and in at least ${100 * mostly} % of the runs in which it differs.`;

/** Figures of both sides, on average over the seeds; and what happens in these runs. */
export function figureLines(
  comparisons: readonly Comparison[],
  { lacking, whole }: { readonly lacking: string; readonly whole: string },
): readonly string[] {
  const rows = comparisons.map((each) => [
    markdown(each.weather),
    figureOf(each.figure),
    number(each.with),
    number(each.without),
    `${each.worse} of ${each.seeds}`,
    `${each.better} of ${each.seeds}`,
  ]);
  const used = allWeathers.filter(({ name }) =>
    comparisons.some(({ weather }) => weather === name),
  );
  return blocks(
    table(['seeded runs', 'on average', whole, lacking, 'worse in', 'better in'], rows),
    ['Each of these runs takes three virtual seconds:'],
    used.map(({ name, says }) => `- *${markdown(name)}*: ${markdown(says)}`),
  );
}

const number = (value: number) => value.toLocaleString('en');

const figureOf = (figure: string): string =>
  Object.entries({ ...figureNames, ...clientFigureNames }).find(([name]) => name === figure)?.[1] ??
  figure;

// The pages of all myths, and their list, from the committed traces and the code.

import { chapters } from '../chapters/chapters.ts';
import { heartbeatInterval } from '../lib/cluster/timing.ts';
import { scenarioOf } from '../lib/scenario/scenario.ts';
import { diagramOf } from '../lib/walkthrough/diagram/diagram.ts';
import { diagramFile, mythsFile, pageFile } from '../lib/walkthrough/links.ts';
import type { MythLine } from '../lib/walkthrough/myth-index.ts';
import { mythsPage } from '../lib/walkthrough/myth-index.ts';
import type { Counted } from '../lib/walkthrough/myth-page.ts';
import { mythPageOf } from '../lib/walkthrough/myth-page.ts';
import type { Myth, RefutedByFigures, VariantMyth } from '../myths/myth.ts';
import { isSearched, isVariant } from '../myths/myth.ts';
import { chapterOf, myths, variantMyths } from '../myths/myths.ts';
import type { Figures } from '../myths/runs.ts';
import { measure } from '../myths/runs.ts';
import { committedTrace } from './myths.ts';
import { within } from './pages.ts';
import { exportedRules, ruleFiles } from './source.ts';

/** The rules that a myth is compared with. */
export const realNode = (myth: VariantMyth) => myth.instead ?? chapterOf(myth).node;

/** Every page and diagram of a myth, and the list of all: path from the root, and text. */
export async function mythFiles(): Promise<ReadonlyMap<string, string>> {
  const files = new Map<string, string>();
  const sourceOf = await exportedRules([
    ...chapters.flatMap(({ name }) => ruleFiles(name)),
    ...within('myths').filter((file) => file !== 'myths/run.ts'),
  ]);
  for (const myth of variantMyths) {
    const trace = committedTrace(myth);
    const counted = isSearched(myth) ? {} : { counted: countedOf(myth) };
    const text = { ...myth, ...counted, real: realNode(myth) };
    files.set(pageFile(trace.header), mythPageOf(chapterOf(myth), text, trace, sourceOf));
    files.set(diagramFile(trace.header), diagramOf(trace));
  }
  const others = myths.filter((myth) => !isVariant(myth));
  files.set(mythsFile, mythsPage(variantMyths.map(lineOf), others.map(lineOf)));
  return files;
}

function lineOf(myth: Myth): MythLine {
  const { claim, truth, paper } = myth;
  const said = { claim, truth, paper };
  if (isVariant(myth)) {
    const { header, steps } = committedTrace(myth);
    return isSearched(myth)
      ? { ...said, verdict: `breaks ${myth.breaks}`, runs: [header], steps: steps.length }
      : { ...said, verdict: `costs ${myth.costs}`, runs: [header] };
  }
  const runs = myth.runs.map((run) => {
    const [name = '', scenario = ''] = run.split('/');
    const chapter = chapters.find((each) => each.name === name);
    if (!chapter) throw new Error(`there is no chapter ${name}`);
    return { title: scenarioOf(chapter, scenario).title, chapter: name, scenario };
  });
  return { ...said, verdict: 'refuted', runs, ...(myth.searched && { searched: true }) };
}

/** What is counted, with the claim and with the real rules. */
function countedOf(myth: RefutedByFigures): Counted {
  const [claimed, real] = [myth.node, realNode(myth)].map((node) => measure(myth, node));
  const row = (what: string, figure: keyof Figures) =>
    [what, rangeOf(claimed, figure), rangeOf(real, figure)] as const;
  const down = myth.down.length === 0 ? '' : `, with ${myth.down.join(' and ')} down`;
  const intervals = myth.milliseconds / heartbeatInterval;
  return {
    how:
      `Counted in ${myth.seeds} seeded runs of ${myth.nodes.length} nodes${down}, each of ` +
      `${myth.milliseconds.toLocaleString('en')} virtual milliseconds (${intervals} heartbeat intervals), lowest to highest:`,
    rows: [
      row('the last term', 'terms'),
      ...(myth.faults.request ? [row('requests applied', 'applied')] : []),
      row('messages sent', 'messages'),
    ],
  };
}

function rangeOf(figures: readonly Figures[] = [], name: keyof Figures): string {
  const all = figures.map((each) => each[name]);
  const [low, high] = [Math.min(...all), Math.max(...all)].map((each) => each.toLocaleString('en'));
  return low === high ? `${low}` : `${low} to ${high}`;
}

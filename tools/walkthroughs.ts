// `npm run walkthroughs`: writes every page, diagram and the rulebook anew, and fills the lessons.

import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chapters } from '../chapters/chapters.ts';
import type { Chapter } from '../lib/scenario/scenario.ts';
import { readTrace } from '../lib/trace/format.ts';
import type { Trace } from '../lib/trace/trace.ts';
import { changesPage } from '../lib/walkthrough/changes-page.ts';
import { diagramOf } from '../lib/walkthrough/diagram/diagram.ts';
import { contradictionPicture } from '../lib/walkthrough/contradiction.ts';
import {
  changesFile,
  contradictionFile,
  diagramFile,
  pageFile,
  rulebookFile,
  tracesFile,
  whyFile,
  whyPageFile,
} from '../lib/walkthrough/links.ts';
import { pageOf } from '../lib/walkthrough/page.ts';
import { rulebookOf } from '../lib/walkthrough/rulebook.ts';
import { cliffhangersFile, cliffhangersPage } from './cliffhangers.ts';
import { tracesIndexOf } from '../lib/walkthrough/traces-index.ts';
import { whyListOf } from '../lib/walkthrough/why/list.ts';
import { whyPageOf } from '../lib/walkthrough/why/page.ts';
import { lessonsOf } from './lessons.ts';
import { mythFiles } from './myth-pages.ts';
import { within } from './pages.ts';
import { comparisonFile, comparisonPage } from './raft-and-paxos.ts';
import { root } from './root.ts';
import { protocolSource, ruleSources } from './source.ts';
import { traceFile } from './traces.ts';
import { readVerdicts, whyTraceOf } from './verdicts.ts';
import { reasonFor } from './why-reasons.ts';

/** Everything that is generated from the code and the traces: path from the root, and what makes its text. */
export async function generators(
  chapters: readonly Chapter[],
  traces: readonly Trace[],
): Promise<ReadonlyMap<string, () => string>> {
  const files = new Map<string, () => string>();
  for (const trace of traces) {
    const chapter = chapters.find(({ name }) => name === trace.header.chapter);
    if (!chapter) throw new Error(`there is no chapter ${trace.header.chapter}`);
    files.set(pageFile(trace.header), () => pageOf(chapters, chapter, trace));
    files.set(diagramFile(trace.header), () => diagramOf(trace));
    const contradiction = contradictionPicture(trace);
    if (contradiction !== undefined) {
      files.set(contradictionFile(trace.header), () => contradiction);
    }
  }
  const sourceOf = await ruleSources(chapters);
  const verdicts = readVerdicts().filter((each) =>
    chapters.some(({ name }) => name === each.chapter),
  );
  for (const verdict of verdicts) {
    const chapter = chapters.find(({ name }) => name === verdict.chapter);
    if (!chapter) continue;
    const trace = whyTraceOf(verdict);
    files.set(whyPageFile(verdict), () =>
      whyPageOf(chapters, chapter, verdict, trace, reasonFor(verdict)),
    );
    if (trace) files.set(diagramFile(trace.header), () => diagramOf(trace));
  }
  const book = { chapters, traces, sourceOf, protocolOf: protocolSource, verdicts };
  files.set(rulebookFile, () => rulebookOf(book));
  files.set(whyFile, () => whyListOf(chapters, verdicts));
  files.set(tracesFile, () => tracesIndexOf(book));
  for (const chapter of chapters) {
    const page = changesPage(book, chapter);
    if (page !== undefined) files.set(changesFile(chapter.name), () => page);
  }
  for (const [file, text] of lessonsOf(chapters, traces)) files.set(file, () => text);
  for (const [file, text] of await mythFiles()) files.set(file, () => text);
  files.set(cliffhangersFile, cliffhangersPage);
  files.set(comparisonFile, comparisonPage);
  return files;
}

/** Pages and diagrams on disk that no scenario has any more. */
export function staleFiles(files: ReadonlyMap<string, unknown>): string[] {
  return within('traces').filter((file) => /\.(md|svg)$/.test(file) && !files.has(file));
}

/** What a file holds now; undefined when there is none. */
export function textOf(file: string): string | undefined {
  const path = join(root, file);
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}

async function main(): Promise<void> {
  const traces = chapters.flatMap((chapter) =>
    chapter.scenarios.map((scenario) => readTrace(join(root, traceFile(chapter, scenario)))),
  );
  const files = await generators(chapters, traces);
  for (const [file, make] of files) {
    const text = make();
    if (textOf(file) !== text) writeFileSync(join(root, file), text);
  }
  for (const file of staleFiles(files)) rmSync(join(root, file));
}

if (require.main === module) void main();

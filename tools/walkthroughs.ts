// `npm run walkthroughs`: writes every page, diagram and the rulebook anew, and fills the lessons.

import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chapters } from '../chapters/chapters.ts';
import { readTrace } from '../lib/trace/format.ts';
import { diagramOf } from '../lib/walkthrough/diagram/diagram.ts';
import { diagramFile, pageFile, rulebookFile } from '../lib/walkthrough/links.ts';
import { pageOf } from '../lib/walkthrough/page.ts';
import { rulebookOf } from '../lib/walkthrough/rulebook.ts';
import { lessonsOf } from './lessons.ts';
import { within } from './pages.ts';
import { root } from './root.ts';
import { ruleSources } from './source.ts';
import { traceFile } from './traces.ts';

/** Everything that is generated from the traces and the code: path from the root, and text. */
export async function generatedFiles(): Promise<Map<string, string>> {
  const runs = chapters.flatMap((chapter) =>
    chapter.scenarios.map((scenario) => ({
      chapter,
      trace: readTrace(join(root, traceFile(chapter, scenario))),
    })),
  );
  const traces = runs.map(({ trace }) => trace);
  const files = new Map<string, string>();
  for (const { chapter, trace } of runs) {
    files.set(pageFile(trace.header), pageOf(chapter, trace));
    files.set(diagramFile(trace.header), diagramOf(trace));
  }
  const sourceOf = await ruleSources(chapters);
  files.set(rulebookFile, rulebookOf({ chapters, traces, sourceOf }));
  for (const [file, text] of lessonsOf(chapters, traces)) files.set(file, text);
  return files;
}

/** Pages and diagrams on disk that no scenario has any more. */
export function staleFiles(files: ReadonlyMap<string, string>): string[] {
  return within('traces').filter((file) => /\.(md|svg)$/.test(file) && !files.has(file));
}

/** What a file holds now; undefined when there is none. */
export function textOf(file: string): string | undefined {
  const path = join(root, file);
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}

async function main(): Promise<void> {
  const files = await generatedFiles();
  for (const [file, text] of files) {
    if (textOf(file) !== text) writeFileSync(join(root, file), text);
  }
  for (const file of staleFiles(files)) rmSync(join(root, file));
}

if (require.main === module) void main();

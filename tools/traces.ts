// `npm run traces`: records every scenario of every chapter anew.

import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { chapters } from '../chapters/chapters.ts';
import { record } from '../lib/scenario/record.ts';
import type { Chapter, Scenario } from '../lib/scenario/scenario.ts';
import { writeTrace } from '../lib/trace/format.ts';
import { traceFile as fileOfTrace } from '../lib/walkthrough/links.ts';

export const traceFile = (chapter: Chapter, scenario: Scenario) =>
  fileOfTrace({ chapter: chapter.name, scenario: scenario.name });

if (require.main === module) {
  for (const chapter of chapters) {
    for (const scenario of chapter.scenarios) {
      const file = traceFile(chapter, scenario);
      mkdirSync(dirname(file), { recursive: true });
      writeTrace(record(chapter, scenario).trace, file);
    }
  }
}

// `npm run myths`: searches the counterexample of every myth anew, and records the runs that show a cost. With names,
// only those: `npm run myths -- longest-log-leads`.

import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { VariantMyth } from '../myths/myth.ts';
import { isSearched } from '../myths/myth.ts';
import { mythNamed, variantMyths } from '../myths/myths.ts';
import { searchedTrace, shownTrace } from '../myths/runs.ts';
import { readTrace, writeTrace } from '../lib/trace/format.ts';
import type { Trace } from '../lib/trace/trace.ts';
import { traceFile } from '../lib/walkthrough/links.ts';
import { root } from './root.ts';

/** The trace of a myth, made anew. */
export const mythTrace = (myth: VariantMyth): Trace =>
  isSearched(myth) ? searchedTrace(myth) : shownTrace(myth);

/** Where it is committed, from the root. */
export const mythTraceFile = ({ name, chapter }: VariantMyth): string =>
  traceFile({ chapter, scenario: name, myth: name });

/** The committed trace. */
export const committedTrace = (myth: VariantMyth): Trace =>
  readTrace(join(root, mythTraceFile(myth)));

if (require.main === module) {
  const names = process.argv.slice(2);
  for (const myth of names.length > 0 ? names.map(mythNamed) : variantMyths) {
    const file = join(root, mythTraceFile(myth));
    mkdirSync(dirname(file), { recursive: true });
    const trace = mythTrace(myth);
    writeTrace(trace, file);
    process.stderr.write(`${myth.name}: ${trace.steps.length} steps\n`);
  }
}

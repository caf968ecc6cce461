// Counts the tests in TAP files and prints `N passed, N failed`. A truncated or empty run counts as a
// failure, and so does anything else that the TAP promised and did not keep.

import { readFileSync } from 'node:fs';
import type { FinalResults } from 'tap-parser';
import { Parser } from 'tap-parser';

/** How many tests of a TAP text passed and failed. */
export function countTests(tap: string): { passed: number; failed: number } {
  let counted = { passed: 0, failed: 1 };
  const parser = new Parser();
  parser.on('complete', ({ ok, pass, fail, count }: FinalResults) => {
    const broken = (!ok && fail === 0) || count === 0 ? 1 : 0;
    counted = { passed: pass, failed: fail + broken };
  });
  parser.end(tap);
  return counted;
}

if (require.main === module) {
  const files = process.argv.slice(2);
  if (files.length === 0) {
    console.error('expected TAP files, as in: npx tsx tools/count-tests.ts run.tap');
    process.exit(2);
  }
  const counts = files.map((file) => countTests(readFileSync(file, 'utf8')));
  const sum = (key: 'passed' | 'failed') => counts.reduce((total, each) => total + each[key], 0);
  console.log(`${sum('passed')} passed, ${sum('failed')} failed`);
  process.exitCode = sum('failed') === 0 ? 0 : 1;
}

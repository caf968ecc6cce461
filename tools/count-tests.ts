// Counts the tests in a TAP file and prints `N passed, N failed`. A truncated or empty run counts as
// a failure, and so does anything else that the TAP promised and did not keep.

import { readFileSync } from 'node:fs';
import type { FinalResults } from 'tap-parser';
import { Parser } from 'tap-parser';

const [file] = process.argv.slice(2);
if (file === undefined) {
  console.error('expected a TAP file, as in: npx tsx tools/count-tests.ts run.tap');
  process.exit(2);
}
const parser = new Parser();
parser.on('complete', ({ ok, pass, fail, count }: FinalResults) => {
  const broken = !ok && fail === 0 ? 1 : 0;
  const failed = count === 0 ? 1 : fail + broken;
  console.log(`${pass} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
});
parser.end(readFileSync(file, 'utf8'));

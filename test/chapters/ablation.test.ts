// Every rule and every condition earns its place: without it, a committed trace does not replay,
// and the mismatch names the rule that was taken away.

import test from 'tape';
import { chapters } from '../../chapters/chapters.ts';
import { replayStrict } from '../../lib/replay/strict.ts';
import { ablations } from '../../lib/rules/node.ts';
import { ownRuns } from '../support.ts';

for (const chapter of chapters) {
  test(`strict replay of ${chapter.name} notices when any rule or condition is missing`, (t) => {
    const traces = ownRuns(chapter);
    for (const { name, rule, condition, node } of ablations(chapter.node)) {
      const mismatches = traces.flatMap((trace) => replayStrict(trace, node, chapter.node) ?? []);
      t.ok(mismatches.length > 0, `${name} is missed`);
      const named = mismatches.some(({ diagnosis }) => {
        if (!diagnosis) return false;
        const first = { rule: diagnosis.explanation.rule.name, condition: diagnosis.condition };
        return [first, ...diagnosis.orElse].some(
          (edit) => edit.rule === rule && edit.condition === condition,
        );
      });
      t.ok(named, `the missing ${name} is named`);
    }
    t.end();
  });
}

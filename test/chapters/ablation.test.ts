// Every rule and every condition earns its place: without it, a committed trace does not replay,
// and the mismatch names the rule that was taken away.

import test from 'tape';
import { chapters } from '../../chapters/chapters.ts';
import { replayStrict } from '../../lib/replay/strict.ts';
import { ablations } from '../../lib/rules/node.ts';
import { recorded } from '../support.ts';

for (const chapter of chapters) {
  test(`strict replay of ${chapter.name} notices when any rule or condition is missing`, (t) => {
    const traces = recorded.filter((each) => each.chapter === chapter).map(({ trace }) => trace);
    for (const { name, rule, condition, node } of ablations(chapter.node)) {
      const mismatches = traces.flatMap((trace) => replayStrict(trace, node, chapter.node) ?? []);
      t.ok(mismatches.length > 0, `${name} is missed`);
      const diagnoses = mismatches.map(({ diagnosis }) => diagnosis);
      t.ok(
        diagnoses.some((diagnosis) => diagnosis?.explanation.rule.name === rule),
        `the missing ${name} is named as the rule`,
      );
      if (condition !== undefined) {
        t.ok(
          diagnoses.some((diagnosis) => diagnosis?.condition === condition),
          `the missing ${name} is named as the condition`,
        );
      }
    }
    t.end();
  });
}

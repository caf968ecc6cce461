// Every rule and every condition earns its place: without it, a committed trace does not replay,
// and the mismatch names the rule that was taken away.

import test from 'tape';
import { chapters } from '../../chapters/chapters.ts';
import { replayStrict } from '../../lib/replay/strict.ts';
import { ablations } from '../../lib/rules/node.ts';
import type { Trace } from '../../lib/trace/trace.ts';
import { ownRuns } from '../support.ts';

/** The traces in which the rule fired, or the condition refused, before the others: one of them will tell. */
function likelyFirst(traces: readonly Trace[], rule: string, condition?: string): Trace[] {
  const isLikely = ({ steps }: Trace) =>
    steps.some(({ fired = [] }) =>
      fired.some((each) => each.rule === rule && each.refused === condition),
    );
  return [...traces.filter(isLikely), ...traces.filter((trace) => !isLikely(trace))];
}

for (const chapter of chapters) {
  test(`strict replay of ${chapter.name} notices when any rule or condition is missing`, (t) => {
    for (const { name, rule, condition, node } of ablations(chapter.node)) {
      let [isMissed, isNamed] = [false, false];
      for (const trace of likelyFirst(ownRuns(chapter), rule, condition)) {
        const mismatch = replayStrict(trace, node, chapter.node);
        if (!mismatch) continue;
        isMissed = true;
        const { diagnosis } = mismatch;
        if (!diagnosis) continue;
        const first = { rule: diagnosis.explanation.rule.name, condition: diagnosis.condition };
        isNamed = [first, ...diagnosis.orElse].some(
          (edit) => edit.rule === rule && edit.condition === condition,
        );
        // One run is enough.
        if (isNamed) break;
      }
      t.ok(isMissed, `${name} is missed`);
      t.ok(isNamed, `the missing ${name} is named`);
    }
    t.end();
  });
}

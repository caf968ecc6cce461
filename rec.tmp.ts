import { chapter } from './chapters/09-clients/chapter.ts';
import { scenarios as before } from './chapters/08-persistence/scenarios.ts';
import { record } from './lib/scenario/record.ts';
import { unreachedBy } from './lib/replay/behavioural.ts';
import { describeViolation } from './lib/check/property.ts';
for (const s of [...chapter.scenarios, ...(process.argv[2]==='before'? before.filter(s=>s.variant===undefined && s.outcome.violates===undefined):[])]) {
  try {
    const { trace, violation } = record(chapter, s);
    const u = unreachedBy(trace);
    console.log(s.name, trace.steps.length, violation ? describeViolation(violation) : '', u.length ? JSON.stringify(u) : 'ok', s.outcome.violates ?? '');
  } catch (e) { console.log(s.name, 'ERR', e instanceof Error ? e.message : e); }
}

// Every chapter's recorded runs: fresh, true to their outcome, safe, and exercising every rule.

import { readdirSync, readFileSync } from 'node:fs';
import test from 'tape';
import { chapters } from '../../chapters/chapters.ts';
import { allProperties, propertyNamed } from '../../lib/check/named.ts';
import { describeViolation } from '../../lib/check/property.ts';
import { replayBehaviour, unreachedBy } from '../../lib/replay/behavioural.ts';
import { describeMismatch } from '../../lib/replay/report.ts';
import { replayStrict } from '../../lib/replay/strict.ts';
import { record } from '../../lib/scenario/record.ts';
import type { Chapter } from '../../lib/scenario/scenario.ts';
import { mustHold } from '../../lib/scenario/scenario.ts';
import { nodeOf } from '../../lib/scenario/scenario.ts';
import { formatTrace } from '../../lib/trace/format.ts';
import type { TraceStep } from '../../lib/trace/trace.ts';
import { traceFile } from '../../tools/traces.ts';
import { readVerdicts, whyTraceFile, whyTraceOf } from '../../tools/verdicts.ts';
import { frozen, nameOf, ownRuns, recorded } from '../support.ts';

test('recording every scenario again gives the committed trace, byte for byte', (t) => {
  for (const each of recorded) {
    const file = traceFile(each.chapter, each.scenario);
    const now = formatTrace(record(each.chapter, each.scenario).trace, file);
    t.ok(now === readFileSync(file, 'utf8'), `${file} is fresh; otherwise: npm run traces`);
  }
  t.end();
});

test('every trace file belongs to a scenario, but for those of myths and why pages', (t) => {
  const files = readdirSync('traces', { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.trace.jsonl') && !file.startsWith('myths'))
    .map((file) => `traces/${file}`);
  t.deepEqual(
    files.sort(),
    [
      ...recorded.map(({ chapter, scenario }) => traceFile(chapter, scenario)),
      ...readVerdicts().filter(whyTraceOf).map(whyTraceFile),
    ].sort(),
  );
  t.end();
});

test('every run reaches the outcome it promises', (t) => {
  for (const each of recorded) t.deepEqual(unreachedBy(each.trace), [], nameOf(each));
  t.end();
});

test('every run keeps the safety properties of its chapter, unless it shows what is broken', (t) => {
  for (const each of recorded) {
    const { violation } = record(each.chapter, each.scenario);
    if (each.scenario.outcome.violates !== undefined) continue;
    t.notOk(violation, violation ? describeViolation(violation) : nameOf(each));
  }
  t.end();
});

test('a run that shows what is still broken breaks the property it names', (t) => {
  const broken = recorded.filter(({ trace }) => trace.header.outcome.violates !== undefined);
  t.ok(broken.length > 0);
  for (const each of broken) {
    const name = each.trace.header.outcome.violates;
    if (name === undefined) continue;
    t.equal(
      allProperties.filter((property) => property.name === name).length,
      1,
      `${name} is a known property`,
    );
    const broken = { ...each.chapter, properties: [propertyNamed(name)] };
    const { violation } = record(broken, each.scenario);
    t.equal(violation?.property, name, nameOf(each));
  }
  t.end();
});

test('the rules pass strict replay of every trace of their chapter', (t) => {
  for (const each of recorded) {
    const mismatch = replayStrict(
      each.trace,
      frozen(nodeOf(each.chapter, each.scenario)),
      nodeOf(each.chapter, each.scenario),
    );
    t.notOk(mismatch, mismatch ? describeMismatch(mismatch) : nameOf(each));
  }
  t.end();
});

test('the rules pass behavioural replay of every trace of their chapter, skipping nothing', (t) => {
  for (const { chapter, scenario, trace } of recorded) {
    const run = replayBehaviour(trace, frozen(nodeOf(chapter, scenario)), mustHold(chapter));
    const { violates } = scenario.outcome;
    t.deepEqual(
      [violates === undefined && run.violation, run.unreached, run.skipped],
      [violates === undefined && undefined, [], []],
      nameOf({ chapter, scenario, trace }),
    );
  }
  t.end();
});

const stepsOf = (chapter: Chapter): TraceStep[] =>
  ownRuns(chapter).flatMap((trace) => [...trace.steps]);

test('every rule fires in some trace of its chapter, and every condition refuses in one', (t) => {
  for (const chapter of chapters) {
    const verdicts = stepsOf(chapter).flatMap(({ fired = [] }) => fired);
    for (const rule of chapter.node.rules) {
      const own = verdicts.filter((verdict) => verdict.rule === rule.name);
      t.ok(
        own.some(({ refused }) => refused === undefined),
        `${chapter.name}: ${rule.name} fires`,
      );
      for (const { name } of rule.conditions) {
        t.ok(
          own.some(({ refused }) => refused === name),
          `${chapter.name}: ${rule.name} is refused because not '${name}'`,
        );
      }
    }
  }
  t.end();
});

test('all messages of one type carry the same fields within a chapter', (t) => {
  for (const chapter of chapters) {
    const shapes = new Map<string, Set<string>>();
    for (const { effects = [] } of stepsOf(chapter)) {
      for (const effect of effects) {
        if (effect.type !== 'send') continue;
        const known = shapes.get(effect.message.type) ?? new Set();
        shapes.set(effect.message.type, known.add(Object.keys(effect.message).join()));
      }
    }
    for (const [type, known] of shapes) {
      t.equal(known.size, 1, `${chapter.name}: ${type} has ${[...known].join(' or ')}`);
    }
  }
  t.end();
});

test('every chapter has at least three scenarios, with unique names', (t) => {
  for (const { name, scenarios } of chapters) {
    t.ok(scenarios.length >= 3, name);
    t.equal(new Set(scenarios.map((scenario) => scenario.name)).size, scenarios.length);
  }
  t.end();
});

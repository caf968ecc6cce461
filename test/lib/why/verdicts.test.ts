// Every rule and every condition has a verdict, and each verdict is verified again from what is committed.

import test from 'tape';
import type { Act } from '../../../lib/cluster/step.ts';
import type { RuleNode } from '../../../lib/rules/node.ts';
import { lacking, settingOf } from '../../../lib/rules/node.ts';
import type { Chapter } from '../../../lib/scenario/scenario.ts';
import { canonical } from '../../../lib/trace/canonical.ts';
import type { Trace } from '../../../lib/trace/trace.ts';
import { problemIn } from '../../../lib/why/living.ts';
import type { Question } from '../../../lib/why/question.ts';
import { nameOf } from '../../../lib/why/question.ts';
import { stageOf } from '../../../lib/why/safety.ts';
import { play } from '../../../lib/why/schedule.ts';
import type { Verdict } from '../../../lib/why/verdict.ts';
import { isTold } from '../../../lib/why/cover.ts';
import { allWeathers, isClearlyWorse } from '../../../lib/why/living.ts';
import { live } from '../../../lib/why/weather.ts';
import { allQuestions, readVerdicts, whyTraceOf } from '../../../tools/verdicts.ts';
import { chapterNamed } from '../../support.ts';

const verdicts = readVerdicts();
/** As many as there is time for here; `npm run test:long` goes farther. */
const worlds = 1_000;

const say = (verdict: Question) => `${verdict.chapter} ${nameOf(verdict)}`;

/** The verdicts of one kind. */
const of = <K extends Verdict['verdict']>(kind: K) =>
  verdicts.filter((each): each is Extract<Verdict, { verdict: K }> => each.verdict === kind);

interface Case {
  readonly chapter: Chapter;
  readonly node: RuleNode;
  readonly trace: Trace;
  readonly acts: readonly Act[];
  readonly breaks: (node: RuleNode, acts: readonly Act[]) => string | undefined;
}

function caseOf(verdict: Verdict): Case | undefined {
  const trace = whyTraceOf(verdict);
  if (!trace) return undefined;
  const whole = chapterNamed(verdict.chapter);
  const chapter = { ...whole, node: settingOf(whole.node, verdict) };
  const stage = stageOf(trace, chapter.properties);
  return {
    chapter,
    node: lacking(whole.node, verdict),
    trace,
    acts: trace.steps.map(({ act }) => act),
    breaks: (node, acts) => play(node, stage, acts).violation?.property,
  };
}

test('every rule and every condition has a verdict in the chapter that wrote it last', (t) => {
  t.deepEqual(verdicts.map(say), allQuestions().map(say));
  t.end();
});

test('every counterexample breaks its property without the rule, at its last step, and none with it', (t) => {
  for (const verdict of of('safety')) {
    const found = caseOf(verdict);
    if (!found) {
      t.fail(`${say(verdict)} has no trace`);
      continue;
    }
    const { node, chapter, acts, breaks } = found;
    t.deepEqual(
      [
        breaks(node, acts),
        breaks(node, acts.slice(0, -1)),
        breaks(chapter.node, acts),
        acts.length,
      ],
      [verdict.property, undefined, undefined, verdict.steps],
      say(verdict),
    );
  }
  t.end();
});

test('no step of a counterexample can be spared', (t) => {
  for (const verdict of of('safety')) {
    const found = caseOf(verdict);
    const spared = found?.acts.filter((_, index) =>
      found.breaks(
        found.node,
        found.acts.filter((__, other) => other !== index),
      ),
    );
    t.deepEqual(spared, [], say(verdict));
  }
  t.end();
});

test('every run that is shown for liveness, cost or nothing differs from the run with the rule', (t) => {
  for (const verdict of verdicts.filter(({ shownBy }) => shownBy)) {
    const found = caseOf(verdict);
    const acts = verdict.shownBy?.acts ?? [];
    if (!found) {
      t.fail(`${say(verdict)} has no trace`);
      continue;
    }
    const stage = stageOf(found.trace, []);
    const story = (node: RuleNode) =>
      canonical(play(node, stage, acts).steps.map((step) => step && [step.after, step.effects]));
    t.notEqual(story(found.node), story(found.chapter.node), say(verdict));
  }
  t.end();
});

test('every run that is too slow or stuck is so without the rule, and not with it', (t) => {
  // Many questions are about the same run of the whole chapter.
  const known = new Map<string, string | undefined>();
  for (const verdict of of('liveness')) {
    const chapter = chapterNamed(verdict.chapter);
    const node = lacking(chapter.node, verdict);
    const { seed } = verdict;
    const trial = chapter.trials.find(({ name }) => name === verdict.trial);
    const weather = allWeathers.find(({ name }) => name === verdict.trial);
    const problem = (each: RuleNode) => {
      if (trial) return problemIn(chapter, trial, each, seed);
      return weather && live(each, weather, seed).problem;
    };
    const whole = `${chapter.name} ${verdict.trial} ${seed}`;
    if (!known.has(whole)) known.set(whole, problem(chapter.node));
    t.deepEqual([problem(node), known.get(whole)], [verdict.problem, undefined], say(verdict));
  }
  t.end();
});

test('where nobody can tell that something is missing, a small search cannot either', (t) => {
  for (const verdict of of('redundant')) {
    const { node } = chapterNamed(verdict.chapter);
    if (verdict.cover) t.notOk(isTold(node, verdict, worlds), say(verdict));
  }
  t.end();
});

test('of what is redundant where a search reaches far it is said what covers for it', (t) => {
  for (const verdict of of('redundant')) {
    const isFar = verdict.walksFromRuns !== undefined;
    if (!verdict.asBefore && !isFar) t.ok(verdict.cover ?? verdict.partner, say(verdict));
  }
  t.end();
});

test('every cost is clear', (t) => {
  for (const verdict of of('cost')) {
    t.ok(verdict.costs.length > 0 && verdict.costs.every(isClearlyWorse), say(verdict));
  }
  t.end();
});

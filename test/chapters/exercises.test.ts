// An exercise is its chapter's list of rules with gaps: nothing is missing, nothing is given away.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import test from 'tape';
import { chapters } from '../../chapters/chapters.ts';
import { nodeIn } from '../../lib/node/exports.ts';
import { Todo } from '../../lib/exercise/todo.ts';
import { replayStrict } from '../../lib/replay/strict.ts';
import { StepActions } from '../../lib/rules/actions.ts';
import type { Protocol, Rule, RuleInfo } from '../../lib/rules/rule.ts';
import type { Chapter } from '../../lib/scenario/scenario.ts';
import type { Trace } from '../../lib/trace/trace.ts';
import { exerciseFile } from '../../tools/choose-chapter.ts';
import { exerciseOf, solutionOf } from '../../tools/exercises.ts';
import { root } from '../../tools/root.ts';
import { ownRuns } from '../support.ts';

const textOf = (chapter: Chapter) => readFileSync(join(root, exerciseFile(chapter)), 'utf8');

async function exportsOf(chapter: Chapter): Promise<[string, unknown][]> {
  const url = pathToFileURL(join(root, exerciseFile(chapter))).href;
  const module: unknown = await import(url);
  return Object.entries(module ?? {});
}

/** The gaps that the text of an exercise names, each once. */
const gapsNamed = (text: string) =>
  [...new Set([...text.matchAll(/todo\('([^']*)'\)/g)].map(([, gap]) => gap))].sort();

/** The name of the gap that is reached; undefined when there is none. */
function gapReached(run: () => unknown): string | undefined {
  try {
    run();
  } catch (error) {
    if (error instanceof Todo) return error.gap;
    throw error;
  }
  return undefined;
}

const isRule = (value: unknown): value is Rule<Protocol> =>
  typeof value === 'object' && value !== null && 'conditions' in value;

test('every exercise is as its chapter makes it', async (t) => {
  for (const chapter of chapters) {
    const isFresh = (await exerciseOf(chapter)) === textOf(chapter);
    t.ok(isFresh, `${exerciseFile(chapter)} is fresh; otherwise: npm run exercises`);
  }
  t.end();
});

test('every rule that a chapter writes is a gap of its exercise, with three hints', async (t) => {
  for (const chapter of chapters) {
    const { rules } = await solutionOf(chapter);
    const names = [...rules.values()].map(({ name }) => name).sort();
    t.ok(names.length > 0, `${chapter.name} has gaps`);
    t.deepEqual(gapsNamed(textOf(chapter)), names, `${chapter.name}: the gaps`);
    t.deepEqual(Object.keys(chapter.hints).sort(), names, `${chapter.name}: gaps with hints`);
    for (const [rule, hint] of Object.entries(chapter.hints)) {
      const different = new Set(hint.map((each) => each.trim()).filter((each) => each !== ''));
      t.equal(different.size, 3, `${chapter.name} ${rule}: three different hints`);
    }
  }
  t.end();
});

test('whatever is left to write says so when it is reached', async (t) => {
  for (const chapter of chapters) {
    const exports = await exportsOf(chapter);
    for (const [name, value] of exports) {
      if (isRule(value)) {
        const { refines, conditions } = value;
        const given = new Set<object>(refines?.conditions);
        const message = {
          type: value.on,
          from: 'B',
          to: 'A',
          term: 1,
          prevLogIndex: 0,
          entries: [],
        };
        const me = chapter.node.init('A', ['B', 'C']);
        const act = new StepActions(me, message);
        const added = conditions.filter((condition) => !given.has(condition));
        const reached = added.map(({ holds }) => gapReached(() => holds(me, message)));
        if (!refines || added.length === 0) {
          reached.push(gapReached(() => value.then({ ...me }, message, act)));
        }
        const { otherwise } = value;
        if (!refines && otherwise) {
          reached.push(gapReached(() => otherwise({ ...me }, message, act)));
        }
        t.ok(reached.length > 0, `${chapter.name} ${value.name} has gaps`);
        t.deepEqual(new Set(reached), new Set([value.name]), 'each says what it belongs to');
      } else if (typeof value === 'function') {
        const call = value as (...given: unknown[]) => unknown;
        const gap = gapReached(() => call({}, {})) ?? 'none';
        t.ok(gap in chapter.hints, `${chapter.name} ${name} belongs to ${gap}`);
      }
    }
  }
  t.end();
});

test('an exercise that is not begun fails every recorded run that comes to a gap', async (t) => {
  for (const chapter of chapters) {
    const node = nodeIn(Object.fromEntries(await exportsOf(chapter)));
    const gaps = [...(await solutionOf(chapter)).rules.values()];
    const stopped = ownRuns(chapter).map((trace) => {
      const mismatch = replayStrict(trace, node, chapter.node);
      const stops = mismatch?.threw?.includes('still to be written') ?? false;
      t.equal(stops, comesToAGap(trace, gaps), `${chapter.name}/${trace.header.scenario}`);
      return stops;
    });
    t.ok(stopped.filter((each) => each).length > stopped.length / 2, `${chapter.name}: most runs`);
  }
  t.end();
});

/** Whether a run asks a condition, or takes an action, that is a gap; not every earlier run does. */
const comesToAGap = ({ steps }: Trace, gaps: readonly RuleInfo[]) =>
  steps.some(({ fired = [] }) =>
    fired.some(({ rule, refused }) => {
      const gap = gaps.find(({ name }) => name === rule);
      // A condition that takes the place of an earlier one of the same name is a gap.
      const given = gap?.refines?.conditions.filter((each) => gap.conditions.includes(each)) ?? [];
      return gap && !given.some((each) => each.name === refused);
    }),
  );

test('an exercise keeps what its rules are called, say and listen to, and their order', async (t) => {
  const about = (rule: RuleInfo) => {
    const { name, paper, says, on, last, conditions } = rule;
    return { name, paper, says, on, last, conditions: conditions.map((each) => each.name) };
  };
  for (const chapter of chapters) {
    const node = nodeIn(Object.fromEntries(await exportsOf(chapter)));
    t.deepEqual(
      'rules' in node && (node.rules as RuleInfo[]).map(about),
      chapter.node.rules.map(about),
      chapter.name,
    );
  }
  t.end();
});

test('an exercise does not give away its own chapter', (t) => {
  for (const chapter of chapters) {
    const files = [...textOf(chapter).matchAll(/'(\.\/[^']*)'/g)].map(([, file]) => file);
    t.ok(
      files.every((file) => file === './state.ts'),
      `${chapter.name} speaks of no own file but its state`,
    );
    t.notOk(textOf(chapter).includes(`/${chapter.name}/`), 'nor by another path');
  }
  t.end();
});

// What pages, diagrams and the stepper tell about disks, and about crashes in the middle of a step.

import test from 'tape';
import { chapters } from '../../../chapters/chapters.ts';
import { network } from '../../../lib/stepper/blocks.ts';
import { sceneOf } from '../../../lib/stepper/scene.ts';
import { plainText } from '../../../lib/stepper/text.ts';
import { whyLines } from '../../../lib/stepper/why.ts';
import type { Trace } from '../../../lib/trace/trace.ts';
import { diagramOf } from '../../../lib/walkthrough/diagram/diagram.ts';
import { pageOf } from '../../../lib/walkthrough/page.ts';
import { chapterNamed, recorded } from '../../support.ts';

const persistence = chapterNamed('08-persistence');

function traceOf(name: string, chapter = persistence): Trace {
  const found = recorded.find((each) => each.chapter === chapter && each.scenario.name === name);
  if (!found) throw new Error(`there is no run ${chapter.name}/${name}`);
  return found.trace;
}

/** The section of the step at which a node crashes on the way, or restarts, or else of a number. */
function section(name: string, which: 'crash' | 'restart' | number): string {
  const trace = traceOf(name);
  const step = trace.steps.find(
    (each) =>
      each.step === which ||
      (which === 'crash' ? 'crashAfter' in each.act : each.act.type === which),
  );
  const page = pageOf(chapters, persistence, trace);
  return page.split(/(?=^### )/m).find((part) => part.includes(`"step-${step?.step}"`)) ?? '';
}

test('the page of a crash in the middle tells what is on disk and what is not done any more', (t) => {
  const crash = section('between-two-writes', 'crash');
  t.match(crash, /### .*; C crashes on the way/);
  t.match(crash, /So it writes to disk: log cut after 0\./);
  t.match(
    crash,
    /\*\*Here C crashes\.\*\* .*writes to disk: log from 1 .*sends AppendEntriesReply/,
  );
  t.match(crash, /- On the disk of \*\*C\*\*: `currentTerm` 2, `votedFor` none and `log` \\\[\\\]/);
  t.notOk(
    section('between-two-writes', 'restart').includes('On the disk'),
    'then memory and disk agree',
  );
  t.end();
});

test('a page tells where a disk holds something else than the memory', (t) => {
  const voted = section('vote-not-written', 7);
  t.match(voted, /- On the disk of \*\*B\*\*, other than in its memory: `votedFor` none/);
  t.notOk(section('vote-kept', 7).includes('On the disk'));
  t.end();
});

test('a variant that has the same rules in another order says so', (t) => {
  const page = pageOf(chapters, persistence, traceOf('reply-too-early'));
  t.match(page, /variant \*\*reply-before-write\*\*: the rules of the chapter in another order\./);
  t.end();
});

test('a diagram marks writes where there are any, and a crash in the middle', (t) => {
  const crash = diagramOf(traceOf('between-two-writes'));
  t.ok(crash.includes('>writes to disk<'), 'the key has it');
  t.match(crash, / · crashes</);
  const signs = (svg: string) => svg.split('class="disk"').length - 1;
  const writes = traceOf('between-two-writes').steps.filter(({ effects = [] }) =>
    effects.some(({ type }) => type === 'persist'),
  );
  t.equal(signs(crash), writes.length + 1, 'one for each step that writes, and one in the key');
  t.equal(signs(diagramOf(traceOf('forgotten-vote', chapterNamed('07-prevote')))), 0);
  t.end();
});

test('asked why, the stepper tells how far a node came that crashed on the way', (t) => {
  const scene = sceneOf(persistence, traceOf('between-two-writes'));
  const record = scene.trace.steps.find(({ act }) => 'crashAfter' in act);
  if (!record) throw new Error('there is no crash on the way');
  const lines = whyLines(scene, { kind: 'step', step: record.step, record }, 200).map(plainText);
  t.match(lines.at(-1) ?? '', /^But C crashes on the way\. .* writes to disk: log cut after 0\.$/);
  t.end();
});

test('the stepper tells what is on the disk of a node that is down', (t) => {
  const scene = sceneOf(persistence, traceOf('vote-remembered'));
  const told = (type: string) => {
    const record = scene.trace.steps.find(({ act }) => act.type === type);
    if (!record) throw new Error(`there is no ${type}`);
    const blocks = network(scene, { kind: 'step', step: record.step, record }, 'full');
    return blocks
      .filter(({ label }) => label === 'On disk')
      .flatMap(({ lines }) => lines.map(plainText));
  };
  t.deepEqual(told('crash'), ['B: currentTerm 1, votedFor A, log []']);
  t.deepEqual(told('restart'), []);
  t.end();
});

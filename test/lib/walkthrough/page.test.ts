// The page of a small run: what a reader must find on it.

import test from 'tape';
import type { Script } from '../../../lib/cluster/script.ts';
import type { EffectRecord, TraceStep } from '../../../lib/trace/trace.ts';
import { pageOf } from '../../../lib/walkthrough/page.ts';
import { quietSpans } from '../../../lib/walkthrough/quiet.ts';
import { markdown, table } from '../../../lib/walkthrough/text.ts';
import { parser, textOf } from '../../../tools/markdown.ts';
import { sampleChapter, sampleRun } from './sample.ts';

function write(script: (run: Script) => void, more = {}): string {
  const { chapter, trace } = sampleRun(script, more);
  return pageOf([chapter], chapter, trace);
}

/** The part of a page from the heading of a step to the next one. */
function section(page: string, step: number): string {
  const [, after] = page.split(`### <a id="step-${step}"></a>`);
  return after?.split('### ')[0] ?? '';
}

test('a cell that a step changed shows the old and the new value; others are plain', (t) => {
  const first = section(
    write((run) => run.timeout('B')),
    1,
  );
  t.ok(first.includes('| **B** | follower → **candidate** | 0 → **1** |'));
  t.ok(first.includes('| **A** | follower | 0 |'));
  t.end();
});

test('the picture of one step tells of one step', (t) => {
  t.ok(write((run) => run.timeout('B')).includes(' 1 step. '));
  t.end();
});

test('a rule that fired is linked to the rulebook, with the values of every condition', (t) => {
  const page = write((run) => {
    run.timeout('A');
    run.deliver('Ask', 'A', 'B');
  });
  const second = section(page, 2);
  t.ok(second.includes('**Fired:** [`agree`](../rulebook.md#98-sample-agree) (§2).'));
  t.ok(second.includes('  - held: is no candidate itself — role is follower'));
  t.ok(second.includes('  - held: has not heard from it — heard is \\[\\], Ask.from is A'));
  t.ok(second.includes('So it sends AskReply (term 1, agreed true) to A (m3).'), 'and its effects');
  t.end();
});

test('each rule is told with the effects that are its own', (t) => {
  const page = write((run) => {
    run.timeout('B');
    run.deliver('Ask', 'B', 'A');
    run.timeout('A');
  });
  const [, stand = '', lead = ''] = section(page, 3).split('**Fired:** ');
  t.ok(stand.includes('So it sends Ask (term 1) to B (m4); sends Ask (term 1) to C (m5)'));
  t.ok(lead.startsWith('[`lead`]') && lead.includes('So it restarts its heartbeat timer.'));
  t.end();
});

test('a refusal shows the condition that failed and its values, and asks no further', (t) => {
  const page = write((run) => {
    run.timeout('A');
    run.timeout('B');
    run.deliver('Ask', 'A', 'B');
  });
  const third = section(page, 3);
  const [open = '', folded = ''] = third.split('<details>');
  t.ok(open.includes('**Did not fire:** [`agree`]'));
  t.ok(open.includes('  - **failed: is no candidate itself** — role is candidate'));
  t.notOk(third.includes('has not heard from it'), 'the second condition was not asked');
  t.ok(open.includes('So instead it sends AskReply (term 1, agreed false) to A (m5).'));
  t.notOk(open.includes('`lead`'), 'a rule that listens to any event is folded away');
  t.ok(folded.includes('**Did not fire:** [`lead`]'));
  t.ok(folded.includes('  - **failed: another agrees** — heard is \\[\\]'));
  t.end();
});

test('the steps begin with how to read them, as far as the run shows such things', (t) => {
  const quiet = write((run) => run.crash('C'));
  t.ok(quiet.includes('## The steps\n\nTimes are virtual milliseconds.\n'));
  const page = write((run) => {
    run.timeout('A');
    run.timeout('B');
    run.deliver('Ask', 'A', 'B');
  });
  t.ok(
    page.includes(
      'A rule fires when all its conditions hold. *failed* marks the first one that did not. ' +
        'm1 is the name of a message. Times are virtual milliseconds.',
    ),
  );
  t.end();
});

test('the picture is described with the number of its steps', (t) => {
  t.ok(write((run) => run.timeout('A')).includes('nodes A, B and C, 1 step. '));
  const two = write((run) => {
    run.timeout('A');
    run.timeout('B');
  });
  t.ok(two.includes('nodes A, B and C, 2 steps. '));
  t.end();
});

test('an event that no rule is about is told as such', (t) => {
  const page = write((run) => run.request('C', 'set x 1'));
  t.ok(section(page, 1).includes('No rule of this chapter is about `ClientRequest`'));
  t.end();
});

test('a question comes before what happened, with its answer folded away', (t) => {
  const page = write((run) => {
    run.note('A waits.');
    run.ask('What does A do?', 'It asks.');
    run.timeout('A');
  });
  const first = section(page, 1);
  const order = ['> A waits.', '<summary>Before you read on: What does A do?</summary>'];
  const places = [...order, 'It asks.', '</details>', '**Fired:**', '| node |'].map((part) =>
    first.indexOf(part),
  );
  t.ok(places.every((place) => place >= 0));
  t.deepEqual(
    places,
    [...places].sort((one, other) => one - other),
  );
  t.end();
});

/** A leads, and two heartbeats reach B and C. */
function heartbeats(run: Script): void {
  run.timeout('A');
  run.deliver('Ask', 'A', 'B');
  run.deliver('AskReply', 'B', 'A');
  run.timeout('A', 'heartbeat');
  run.deliver('AppendEntries', 'A', 'B');
  run.drop('AppendEntries', 'A', 'C');
}

test('three heartbeats in a row that change nothing become one line, with every anchor', (t) => {
  const page = write(heartbeats);
  const [, quiet = ''] = page.split('<summary>Steps 4–6: heartbeats, nothing changes</summary>');
  for (const step of [4, 5, 6]) t.ok(quiet.includes(`<a id="step-${step}"></a>Step ${step}:`));
  t.notOk(page.includes('### <a id="step-5"></a>'));
  t.ok(quiet.includes('A sends AppendEntries (term 1) to B (m4), sends'), 'what was sent stays');
  t.end();
});

test('a heartbeat of which something is told keeps a section of its own', (t) => {
  const page = write((run) => {
    heartbeats(run);
    run.note('Look here.');
    run.timeout('A', 'heartbeat');
    run.deliver('AppendEntries', 'A', 'B');
    run.deliver('AppendEntries', 'A', 'C');
  });
  t.ok(page.includes('<summary>Steps 4–6: heartbeats'));
  t.ok(section(page, 7).includes('> Look here.'));
  t.ok(section(page, 8) !== '', 'two heartbeats are not worth folding');
  t.end();
});

test('a message that brings entries is no heartbeat, even when it is lost or changes nothing', (t) => {
  const { trace } = sampleRun(heartbeats);
  t.deepEqual(quietSpans(trace), [{ first: 4, last: 6 }]);
  const full = trace.steps.map((step): TraceStep => {
    const effects = step.effects?.map((effect): EffectRecord =>
      effect.type === 'send' && effect.message.to === 'C'
        ? { ...effect, message: { ...effect.message, entries: [{ term: 1, command: 'x=1' }] } }
        : effect,
    );
    return { ...step, ...(effects && { effects }) };
  });
  t.deepEqual(quietSpans({ ...trace, steps: full }), [], 'sent at step 4, lost at step 6');
  t.end();
});

test('steps that only lead up to what the run shows are folded away, heartbeats among them too', (t) => {
  const page = write((run) => {
    run.prologue(() => {
      heartbeats(run);
      run.timeout('A', 'heartbeat');
    });
    run.deliver('AppendEntries', 'A', 'B');
    run.request('A', 'x=1');
  });
  const [, prologue = ''] = page.split(
    '<summary>Steps 1–7 lead up to what this run shows</summary>',
  );
  const end = prologue.indexOf('<a id="step-8"></a>');
  t.ok(end > 0);
  t.ok(
    prologue.slice(0, end).includes('<summary>Steps 4–7: heartbeats, nothing changes</summary>'),
  );
  const folds = (tag: string) => prologue.slice(0, end).split(tag).length;
  t.equal(folds('</details>'), folds('<details>') + 1, 'it ends before step 8');
  t.ok(page.includes('### <a id="step-8"></a>Step 8'), 'whose heartbeat is not folded');
  t.end();
});

test('a node that is down is marked from the step of its crash on', (t) => {
  const page = write((run) => {
    run.timeout('A');
    run.crash('B');
    run.timeout('C');
  });
  t.notOk(section(page, 1).includes('(down)'));
  t.ok(section(page, 2).includes('| **B** (down) |'));
  t.ok(section(page, 3).includes('| **B** (down) |'));
  t.end();
});

test('a run that breaks a property says which, where, and by which two facts', (t) => {
  const outcome = { says: 'Both lead.', nodes: {}, violates: 'Election Safety' };
  const page = write(
    (run) => {
      run.timeout('A');
      run.deliver('Ask', 'A', 'C');
      run.deliver('AskReply', 'C', 'A');
      run.timeout('B');
      run.deliver('Ask', 'B', 'C');
      run.deliver('AskReply', 'C', 'B');
    },
    { outcome },
  );
  t.ok(
    page.includes('> **This run breaks the property *Election Safety*** (§5.2, Fig. 3) at step 6.'),
  );
  t.ok(page.includes('> - [Step 3](#step-3): A leads term 1.\n> - [Step 6](#step-6): B leads'));
  t.throws(() => write((run) => run.timeout('A'), { outcome }), /should violate Election Safety/);
  t.end();
});

test('text with special characters reads on the page as it was written', (t) => {
  const text = '# <b>|_*x*_|</b> [A](b) `c` $d$ ~~e~~ &amp; \\';
  const tokens = parser().parse(markdown(text), {});
  t.equal(textOf(tokens[1]?.children ?? []), text);
  t.equal(tokens[0]?.type, 'paragraph_open', 'it is no heading');
  for (const start of ['1. x', '- x', '+ x', '> x', '=== x']) {
    t.equal(parser().parse(markdown(start), {})[0]?.type, 'paragraph_open', start);
  }
  const cells = parser()
    .parse(table(['head'], [[markdown('a | b')]]).join('\n'), {})
    .filter(({ type, content }) => type === 'inline' && content !== 'head');
  t.deepEqual(
    cells.map(({ children }) => textOf(children ?? [])),
    ['a | b'],
    'in a table too',
  );
  const page = write((run) => run.request('A', 'a | b'), { title: 'A <b> & *c*', about: text });
  t.ok(page.includes('# A \\<b\\> \\& \\*c\\*'));
  t.ok(page.includes('The client asks A: a \\| b'));
  t.end();
});

test('a page links to the runs before and after it, and to the lesson', (t) => {
  const { chapter, trace } = sampleRun((run) => run.timeout('A'));
  const [scenario] = chapter.scenarios;
  if (!scenario) return t.end('the sample has a scenario');
  const before = { ...scenario, name: 'before', title: 'The one before' };
  const after = { ...scenario, name: 'after', title: 'The one after' };
  const around = sampleChapter(before, scenario, after);
  const page = pageOf([around], around, trace);
  t.ok(page.includes('[← The one before](before.md)'));
  t.ok(page.includes('[Chapter 98: Sample](../../chapters/98-sample/README.md)'));
  t.ok(page.includes('[The one after →](after.md)'));
  t.ok(page.includes('npx tsx chapters/98-sample/run.ts --scenario sample-run'));
  t.end();
});

test('a trace that other rules recorded is refused', (t) => {
  const { chapter, trace } = sampleRun((run) => run.timeout('A'));
  const other = { ...chapter, node: chapter.node.without('lead') };
  t.throws(
    () => pageOf([other], other, trace),
    /98-sample\/sample-run, step 1 was recorded with other rules/,
  );
  t.end();
});

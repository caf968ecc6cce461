// Trace files: what is written is read again, and whatever is no trace gets one clear error.

import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'tape';
import { TraceError } from '../../../lib/trace/error.ts';
import { formatTrace, parseTrace, readTrace, writeTrace } from '../../../lib/trace/format.ts';
import { inFlightOf } from '../../../lib/trace/in-flight.ts';
import type { Trace } from '../../../lib/trace/trace.ts';
import { downOf, statesOf } from '../../../lib/trace/trace.ts';
import { traceTypes, traceValidators, typesFile, validatorsFile } from '../../../tools/types.ts';

const file = 'traces/03-voting/old-leader.trace.jsonl';
const text = readFileSync(file, 'utf8');
const lines = text.trimEnd().split('\n');

/** The error that reading gives, after one line was changed. Lines count from 1. */
function errorAfter(line: number, change: (line: string) => string): string {
  const changed = lines.map((each, index) => (index + 1 === line ? change(each) : each));
  return errorOf(changed.join('\n') + '\n');
}

function errorOf(changed: string): string {
  try {
    parseTrace(changed, 'run.jsonl');
  } catch (error) {
    if (error instanceof TraceError) return error.message;
    throw error;
  }
  return 'no error';
}

const lineOf = (part: string) => lines.findIndex((line) => line.includes(part)) + 1;

test('a trace that is written is read again as it was, byte for byte', (t) => {
  t.equal(formatTrace(readTrace(file), file), text);
  t.end();
});

test('bad JSON is an error with its line', (t) => {
  t.match(
    errorAfter(4, (line) => line.slice(1)),
    /^run\.jsonl:4: expected one line of JSON, found/,
  );
  t.match(
    errorAfter(5, () => ''),
    /^run\.jsonl:5: expected one line of JSON, found an empty line/,
  );
  t.end();
});

test('a truncated trace is an error, wherever it was cut', (t) => {
  t.match(
    errorOf(text.slice(0, -20)),
    new RegExp(`^run.jsonl:${lines.length}: expected one line of JSON`),
  );
  t.match(
    errorOf(lines.slice(0, -3).join('\n') + '\n'),
    /expected \d+ steps as the header says, found \d+/,
    'also when it was cut between two lines',
  );
  t.match(errorOf(''), /^run\.jsonl:1: expected a header, found an empty file/);
  t.end();
});

test('a trace of a newer version says so, and one of an unknown version is refused', (t) => {
  const version = (to: string) => errorAfter(1, (line) => line.replace('"version":1', to));
  t.equal(
    version('"version":2'),
    'run.jsonl:1: expected version 1 or older, found version 2: a newer Raft notebook wrote this trace',
  );
  t.match(version('"version":"one"'), /^run\.jsonl:1: version: expected 1/);
  t.match(version('"versions":1'), /expected a field named "version"/);
  t.end();
});

test('an unknown node is an error that names the known ones', (t) => {
  t.match(
    errorAfter(2, (line) => line.replaceAll('"node":"A"', '"node":"Q"')),
    /^run\.jsonl:2: expected one of the nodes A, B, C in step 1, found Q/,
  );
  t.end();
});

test('a step out of order, or a clock that goes back, is an error', (t) => {
  t.match(
    errorAfter(4, (line) => line.replace('"step":3', '"step":4')),
    /^run\.jsonl:4: expected step 3, found step 4/,
  );
  t.match(
    errorAfter(6, (line) => line.replace(/"time":\d+/, '"time":1')),
    /^run\.jsonl:6: expected time \d+ or later, found 1/,
  );
  t.end();
});

test('a message delivered that was never sent is an error', (t) => {
  t.match(
    errorAfter(3, (line) => line.replace('"message":1', '"message":99')),
    /^run\.jsonl:3: expected a message in flight to deliver, found message 99/,
  );
  t.match(
    errorAfter(3, (line) => line.replace('"term":1', '"term":7')),
    /^run\.jsonl:3: expected the event to be message 1 as it was sent/,
    'and so is one that changed on its way',
  );
  t.end();
});

test('a message lost at a cut link cannot be delivered', (t) => {
  const lost = lineOf('"lost":true');
  const id = Number(/"id":(\d+),[^}]*}[^}]*"lost":true/.exec(lines[lost - 1] ?? '')?.[1]);
  t.ok(id > 0);
  const later = lines.findIndex((line, index) => index >= lost && line.includes('"deliver"')) + 1;
  t.match(
    errorAfter(later, (line) => line.replace(/"message":\d+/, `"message":${id}`)),
    new RegExp(`expected a message in flight to deliver, found message ${id}`),
  );
  t.end();
});

test('fields that the schema does not know, and values it does not allow, are errors', (t) => {
  t.match(
    errorAfter(2, (line) => line.replace('{', '{"stepp":1,')),
    /no field named "stepp"/,
  );
  t.match(
    errorAfter(2, (line) => line.replace('"type":"timeout"', '"type":"sleep"')),
    /act: expected a known type, found "sleep"/,
  );
  t.match(
    errorAfter(2, (line) => line.replace('"timer":"election"', '"timer":"egg"')),
    /expected one of \["election","heartbeat","contact"\]/,
  );
  t.end();
});

test('a node does nothing after its crash, and leaves no gap in the log on its disk', (t) => {
  const run = readFileSync('traces/08-persistence/reply-after-write.trace.jsonl', 'utf8');
  const errorWhere = (change: (text: string) => string) => {
    try {
      parseTrace(change(run), 'run');
      return 'none';
    } catch (error) {
      return error instanceof TraceError ? error.message : 'another error';
    }
  };
  t.equal(
    errorWhere((text) => text),
    'none',
  );
  t.match(
    errorWhere((text) => text.replace('"crashAfter":3', '"crashAfter":2')),
    /expected 2 effects before the crash, found 3/,
  );
  t.match(
    errorWhere((text) => text.replace('"log":{"from":1', '"log":{"from":7')),
    /expected entries to be written at an index from 1 to 1/,
  );
  t.end();
});

test('a missing file is an error without a stack trace', (t) => {
  t.throws(() => readTrace('traces/nowhere.jsonl'), /^TraceError: traces\/nowhere.jsonl: expected/);
  t.end();
});

test('a trace that would not be read again is not written at all', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'raft-notebook-'));
  const { header, steps } = readTrace(file);
  const target = join(folder, 'run.jsonl');
  writeFileSync(target, 'before');
  t.throws(() => writeTrace({ header, steps: steps.slice(1) }, target), TraceError);
  t.deepEqual(readdirSync(folder), ['run.jsonl']);
  t.equal(readFileSync(target, 'utf8'), 'before');
  writeTrace({ header, steps }, target);
  t.equal(readFileSync(target, 'utf8'), text);
  t.deepEqual(readdirSync(folder), ['run.jsonl']);
  rmSync(folder, { recursive: true });
  t.end();
});

test('the states, the crashed nodes and the messages in flight follow from the steps', (t) => {
  const trace: Trace = readTrace('traces/02-terms/late-heartbeat.trace.jsonl');
  const [states, down, flying] = [statesOf(trace), downOf(trace), inFlightOf(trace)];
  t.deepEqual([states.length, down.length, flying.length], Array(3).fill(trace.steps.length + 1));
  const crash = trace.steps.findIndex(({ act }) => act.type === 'crash');
  t.deepEqual([down[crash]?.has('A'), down[crash + 1]?.has('A')], [false, true]);
  t.equal(states[0]?.A, trace.header.initial.A);
  t.equal(states.at(-1)?.C?.currentTerm, 2);
  t.equal(states[1]?.B, states[0]?.B, 'a state that did not change is the same object');
  t.equal(flying[1]?.length, 2, 'two heartbeats are on their way after the first step');
  t.end();
});

test('the generated types are those of the schema', async (t) => {
  t.equal(readFileSync(typesFile, 'utf8'), await traceTypes(), 'otherwise: npm run types');
  t.ok(
    readFileSync(validatorsFile, 'utf8') === traceValidators(),
    'the validators are those of the schema; otherwise: npm run types',
  );
});

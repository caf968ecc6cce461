// Gradescope's, GitHub Classroom's and Exercism's JSON: each fits the schema of its documentation.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv2020 from 'ajv/dist/2020.js';
import test from 'tape';
import { classroomOutput, writeClassroom } from '../../../../lib/grade/formats/classroom.ts';
import { writeExercism } from '../../../../lib/grade/formats/exercism.ts';
import { writeGradescope } from '../../../../lib/grade/formats/gradescope.ts';
import { scoreOf } from '../../../../lib/grade/report.ts';
import {
  allMissing,
  allPassed,
  brokenSubmission,
  empty,
  hostile,
  honest,
  long,
} from './reports.ts';
import { misread } from './same-verdict.ts';

/** Reads JSON and throws unless it fits the schema. */
function readerOf<T>(schema: string): (text: string) => T {
  const file = join(__dirname, 'schemas', `${schema}.schema.json`);
  const read: unknown = JSON.parse(readFileSync(file, 'utf8'));
  if (typeof read !== 'object' || read === null) throw new Error(`${file} is not a schema`);
  const ajv = new Ajv2020({
    allErrors: true,
    strict: true,
    strictTypes: false,
    strictRequired: false,
  });
  const validate = ajv.compile<T>(read);
  return (text) => {
    const value: unknown = JSON.parse(text);
    if (!validate(value)) throw new Error(ajv.errorsText(validate.errors));
    return value;
  };
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0);

interface Gradescope {
  score: number;
  execution_time: number;
  output?: string;
  output_format: string;
  tests: {
    score: number;
    max_score: number;
    status: string;
    name: string;
    name_format: string;
    number: string;
    output: string;
    output_format: string;
  }[];
}
const readGradescope = readerOf<Gradescope>('gradescope');

test("a reader of Gradescope's results sees every verdict and every point of every report", (t) => {
  const wrong = misread((report) => {
    const { score, tests, output_format } = readGradescope(writeGradescope(report));
    const passed = tests.filter(({ status }) => status === 'passed').length;
    const points = sum(tests.map((each) => each.score));
    if (Math.abs(points - score) > 1e-9) throw new Error(`${score} is not ${points}`);
    const formats = tests.flatMap((each) => [each.name_format, each.output_format]);
    if ([output_format, ...formats].some((format) => format !== 'text')) {
      throw new Error('Gradescope would render what a submission says');
    }
    return {
      passed,
      failed: tests.length - passed,
      points,
      maxPoints: sum(tests.map((each) => each.max_score)),
    };
  });
  t.deepEqual(wrong, []);
  t.end();
});

test("Gradescope's tests are numbered by chapter, and a failure says what is known", (t) => {
  const { tests, execution_time } = readGradescope(writeGradescope(honest));
  t.deepEqual(
    tests.map(({ number }) => number),
    ['3.1', '3.2', '3.3', '4.1'],
  );
  t.equal(execution_time, 0.036, 'in seconds');
  t.ok(tests[2]?.output.startsWith('it votes for two candidates in one term\nRule: grant-vote'));
  t.equal(tests[1]?.output, 'a correct variant\n\nIt asks C before B.');
  t.equal(readGradescope(writeGradescope(empty)).score, 0);
  t.ok(readGradescope(writeGradescope(brokenSubmission)).output?.includes('TS1005'));
  t.end();
});

interface Classroom {
  status: string;
  max_score: number;
  tests: { status: string; score: number; message: string; name: string }[];
}
const readClassroom = readerOf<Classroom>('classroom');

test("a reader of GitHub Classroom's result sees every verdict and every point of every report", (t) => {
  const wrong = misread((report) => {
    const { status, max_score, tests } = readClassroom(writeClassroom(report));
    const passed = tests.filter((each) => each.status === 'pass').length;
    if ((status === 'pass') !== (passed === report.tests.length && passed > 0 && !report.error)) {
      throw new Error(status);
    }
    const points = sum(tests.map(({ score }) => score));
    return { passed, failed: tests.length - passed, points, maxPoints: max_score };
  });
  t.deepEqual(wrong, []);
  t.end();
});

test("the step's output for GitHub Classroom is one line that decodes to the result", (t) => {
  for (const report of [honest, empty, brokenSubmission, long, hostile(1)]) {
    const line = classroomOutput(report);
    const [, encoded = ''] = /^result=([A-Za-z0-9+/]+=*)\n$/.exec(line) ?? [];
    t.equal(atob(encoded), writeClassroom(report), 'also for a reader that knows only bytes');
    t.ok(encoded.length < 128 * 1024, 'it fits an environment variable');
  }
  t.end();
});

test("GitHub Classroom's reporter prints nothing that the runner would take for a command", (t) => {
  for (let seed = 0; seed < 300; seed++) {
    const { tests } = readClassroom(writeClassroom(hostile(seed)));
    const printed = tests.flatMap(({ name, message }) => `${name}\n${message}`.split('\n'));
    const commands = printed.filter((each) => /^\s*::|##\[/.test(each));
    if (commands.length > 0) t.fail(`seed ${seed}: ${JSON.stringify(commands)}`);
  }
  t.equal(readClassroom(writeClassroom(allPassed)).status, 'pass');
  t.equal(readClassroom(writeClassroom(brokenSubmission)).status, 'error');
  t.equal(readClassroom(writeClassroom(empty)).status, 'error');
  t.equal(readClassroom(writeClassroom(honest)).status, 'fail');
  t.end();
});

interface Exercism {
  status: string;
  message?: string;
  tests: { name: string; status: string; message?: string; task_id: number }[];
}
const readExercism = readerOf<Exercism>('exercism');

test("a reader of Exercism's results sees every verdict of every report", (t) => {
  const wrong = misread((report) => {
    const { status, message, tests } = readExercism(writeExercism(report));
    const passed = tests.filter((each) => each.status === 'pass').length;
    const good = passed === report.tests.length;
    const problem = report.error !== undefined || report.tests.length === 0;
    const wanted = problem ? 'error' : good ? 'pass' : 'fail';
    if (status !== wanted) throw new Error(`${status} instead of ${wanted}`);
    const longest = Math.max(0, ...[message, ...tests.map((each) => each.message)].map(bytes));
    if (longest > 65_535) throw new Error(`a message of ${longest} bytes`);
    // The format knows no points.
    return { passed, failed: tests.length - passed, ...scoreOf(report.tests) };
  });
  t.deepEqual(wrong, []);
  t.end();
});

const bytes = (text = ''): number => Buffer.byteLength(text);

test("Exercism's tests belong to the task of their chapter, and a failure says what is known", (t) => {
  const { tests, message } = readExercism(writeExercism(honest));
  t.deepEqual(
    tests.map(({ status, task_id }) => [status, task_id]),
    [
      ['pass', 3],
      ['pass', 3],
      ['fail', 3],
      ['error', 4],
    ],
  );
  t.equal(message, undefined);
  t.equal(tests[0]?.message, undefined);
  t.ok(tests[2]?.message?.includes('Place: chapters/03-voting/exercise.ts:40'));
  t.equal(readExercism(writeExercism(allMissing)).status, 'fail');
  t.ok(readExercism(writeExercism(brokenSubmission)).message?.includes('TS1005'));
  t.end();
});

// JUnit's XML, as a strict XML reader reads it, and in the order of Jenkins' schema.

import { SaxesParser } from 'saxes';
import test from 'tape';
import { writeJUnit } from '../../../../lib/grade/formats/junit.ts';
import { brokenSubmission, honest } from './reports.ts';
import { misread } from './same-verdict.ts';

interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Element[];
  text: string;
}

/** Throws at anything that is not well formed. */
function readXml(document: string): Element {
  const outside: Element = { name: '', attributes: {}, children: [], text: '' };
  const open = [outside];
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => {
    const element = { name, attributes, children: [], text: '' };
    open.at(-1)?.children.push(element);
    open.push(element);
  });
  parser.on('closetag', () => open.pop());
  parser.on('text', (text) => {
    const here = open.at(-1);
    if (here) here.text += text;
  });
  for (const unwanted of ['cdata', 'comment', 'processinginstruction', 'doctype'] as const) {
    parser.on(unwanted, (text: unknown) => {
      throw new Error(`${unwanted}: ${String(text)}`);
    });
  }
  parser.write(document).close();
  const [root] = outside.children;
  if (!root) throw new Error('there is no element');
  return root;
}

interface Shape {
  readonly required: readonly string[];
  readonly optional: readonly string[];
  readonly children: readonly string[];
}

const message: Shape = { required: [], optional: ['type', 'message'], children: [] };
const text: Shape = { required: [], optional: [], children: [] };

/** The part of junit-10.xsd (Jenkins' xunit-plugin) that these results use. */
const shapes: Readonly<Record<string, Shape>> = {
  testsuites: {
    required: [],
    optional: ['name', 'time', 'tests', 'failures', 'errors'],
    children: ['testsuite'],
  },
  testsuite: {
    required: ['name', 'tests', 'failures', 'errors'],
    optional: ['time', 'skipped', 'timestamp', 'hostname', 'id', 'package', 'file'],
    children: ['properties', 'testcase', 'system-out', 'system-err'],
  },
  properties: { required: [], optional: [], children: ['property'] },
  property: { required: ['name', 'value'], optional: [], children: [] },
  testcase: {
    required: ['name'],
    optional: ['time', 'classname', 'group'],
    children: ['skipped', 'error', 'failure', 'system-out', 'system-err'],
  },
  failure: message,
  error: message,
  'system-out': text,
  'system-err': text,
};

/** Throws when an element, an attribute or the order of the children is not what the schema says. */
function checkShape({ name, attributes, children, text: inner }: Element): void {
  const shape = shapes[name];
  if (!shape) throw new Error(`unknown element ${name}`);
  const keys = Object.keys(attributes);
  const lacking = shape.required.filter((key) => !keys.includes(key));
  const unknown = keys.filter((key) => ![...shape.required, ...shape.optional].includes(key));
  if (lacking.length + unknown.length > 0) throw new Error(`${name}: ${[lacking, unknown].join()}`);
  if (attributes['time'] && !/^\d+\.\d{3}$/.test(attributes['time'])) throw new Error('time');
  const places = children.map((child) => shape.children.indexOf(child.name));
  if (places.includes(-1)) throw new Error(`${name} holds what it may not`);
  if (places.some((place, index) => place < (places[index - 1] ?? 0))) throw new Error('order');
  if (shape.children.length > 0 && inner.trim() !== '') throw new Error(`${name} holds text`);
  children.forEach(checkShape);
}

const named = ({ children }: Element, name: string): Element[] =>
  children.filter((child) => child.name === name);

test('a reader of the JUnit XML sees every verdict and every point of every report', (t) => {
  const wrong = misread((report) => {
    const root = readXml(writeJUnit(report));
    checkShape(root);
    const suites = named(root, 'testsuite');
    const cases = suites.flatMap((suite) => named(suite, 'testcase'));
    const bad = (kind: string) => cases.filter((each) => named(each, kind).length > 0).length;
    const declared = ['tests', 'failures', 'errors'].map((key) => Number(root.attributes[key]));
    const counted = [cases.length, bad('failure'), bad('error')];
    if (declared.join() !== counted.join())
      throw new Error(`${counted.join()} of ${declared.join()}`);
    const properties = suites
      .flatMap((suite) => named(suite, 'properties'))
      .flatMap(({ children }) => children);
    const sum = (name: string) =>
      properties
        .filter(({ attributes }) => attributes['name'] === name)
        .reduce((total, { attributes }) => total + Number(attributes['value']), 0);
    const failed = bad('failure') + bad('error');
    return {
      passed: cases.length - failed,
      failed,
      points: sum('points'),
      maxPoints: sum('maxPoints'),
    };
  });
  t.deepEqual(wrong, []);
  t.end();
});

test('JUnit XML has a suite for each chapter, and a failure says what is known', (t) => {
  const root = readXml(writeJUnit(honest));
  t.deepEqual(
    root.children.map(({ attributes }) => attributes['name']),
    ['03-voting', '04-replication'],
  );
  const [voting, replication] = root.children;
  t.equal(voting?.attributes['time'], '0.036', 'in seconds');
  const failure = voting?.children.at(-1)?.children[0];
  t.deepEqual(
    { ...failure?.attributes },
    {
      type: 'grant-vote',
      message: 'it votes for two candidates in one term',
    },
  );
  t.ok(failure?.text.includes('Rule: grant-vote (§5.2, Fig. 2 RequestVote 2)'));
  t.ok(failure?.text.includes('votedFor  is       "C"'), 'the details are there, as they are');
  const missing = replication?.children.at(-1)?.children[0];
  t.equal(missing?.name, 'error');
  t.equal(missing?.attributes['message'], 'never ran');
  t.end();
});

test('JUnit XML holds the error of a submission that could not run', (t) => {
  const [suite] = readXml(writeJUnit(brokenSubmission)).children;
  t.equal(suite?.children.at(-1)?.name, 'system-err');
  t.ok(suite?.children.at(-1)?.text.includes('error TS1005: expected "}"'));
  t.end();
});

// JUnit's XML, in the order and with the attributes of Jenkins' schema (xunit-plugin, junit-10.xsd).

import type { Report, TestResult } from '../report.ts';
import { byChapter, scoreOf } from '../report.ts';
import { oneLine, severalLines } from './clean.ts';
import { explanation } from './explanation.ts';

/** The report as JUnit XML: a failed test is a failure, and one that never ran is an error. */
export function writeJUnit(report: Report): string {
  const suites = [...byChapter(report)].map(([chapter, tests]) => suite(chapter, tests, report));
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    ...element(
      'testsuites',
      { name: oneLine(report.submission), ...tally(report.tests) },
      suites.flat(),
    ),
    '',
  ].join('\n');
}

function suite(chapter: string, tests: readonly TestResult[], { error }: Report): string[] {
  const properties = Object.entries(scoreOf(tests)).flatMap(([name, value]) =>
    element('property', { name, value: String(value) }),
  );
  return element('testsuite', { name: oneLine(chapter), ...tally(tests) }, [
    ...element('properties', {}, properties),
    ...tests.flatMap(testCase),
    ...(error === undefined ? [] : [textElement('system-err', {}, severalLines(error))]),
  ]);
}

const tally = (tests: readonly TestResult[]) => ({
  tests: String(tests.length),
  failures: String(tests.filter(({ status }) => status === 'failed').length),
  errors: String(tests.filter(({ status }) => status === 'missing').length),
  time: seconds(tests.reduce((total, { milliseconds }) => total + milliseconds, 0)),
});

const seconds = (milliseconds: number): string => (milliseconds / 1000).toFixed(3);

function testCase(test: TestResult): string[] {
  const attributes = {
    name: oneLine(test.name),
    time: seconds(test.milliseconds),
    classname: oneLine(test.chapter),
  };
  return element('testcase', attributes, outcome(test));
}

function outcome(test: TestResult): string[] {
  const about = { type: test.finding ? oneLine(test.finding.rule) : test.status };
  const message = oneLine(test.verdict);
  switch (test.status) {
    case 'passed':
      return [];
    case 'variant':
      return [textElement('system-out', {}, explanation(test))];
    case 'failed':
      return [textElement('failure', { ...about, message }, explanation(test))];
    case 'missing':
      return [textElement('error', { ...about, message }, explanation(test))];
  }
}

type Attributes = Readonly<Record<string, string>>;

function element(name: string, attributes: Attributes, children: readonly string[] = []): string[] {
  const open = `<${name}${written(attributes)}`;
  if (children.length === 0) return [`${open}/>`];
  return [`${open}>`, ...children, `</${name}>`];
}

const textElement = (name: string, attributes: Attributes, text: string): string =>
  `<${name}${written(attributes)}>${escaped(text)}</${name}>`;

const written = (attributes: Attributes): string =>
  Object.entries(attributes)
    .map(([key, value]) => ` ${key}="${escaped(value)}"`)
    .join('');

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

const escaped = (text: string): string =>
  text.replace(/[&<>"]/g, (character) => entities[character] ?? character);

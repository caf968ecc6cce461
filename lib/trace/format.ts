// Reads and writes trace files. Every line is validated with the schema, and the run as a whole is
// checked: a trace that is read is a run that could have happened.

import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ErrorObject, ValidateFunction } from 'ajv/dist/2020.js';
import Ajv2020 from 'ajv/dist/2020.js';
import { checkRun } from './check-run.ts';
import { TraceError } from './error.ts';
import type { Trace, TraceHeader, TraceStep } from './trace.ts';

export const traceVersion = 1;

const schemaFile = join(__dirname, '../../traces/trace.schema.json');

interface Validators {
  readonly header: ValidateFunction<TraceHeader>;
  readonly step: ValidateFunction<TraceStep>;
}

let compiled: Validators | undefined;

/** Compiled on first use, so that a command that reads no trace does not wait for it. */
function validators(): Validators {
  if (!compiled) {
    const ajv = new Ajv2020({ discriminator: true, allErrors: true, allowUnionTypes: true });
    // What `npm run types` reads, and no validator.
    ajv.addVocabulary(['tsType']);
    const schema: unknown = JSON.parse(readFileSync(schemaFile, 'utf8'));
    if (typeof schema !== 'object' || schema === null)
      throw new Error(`${schemaFile} is no schema`);
    ajv.addSchema(schema);
    compiled = {
      header: ajv.compile<TraceHeader>({ $ref: 'trace.schema.json#/$defs/TraceHeader' }),
      step: ajv.compile<TraceStep>({ $ref: 'trace.schema.json#/$defs/TraceStep' }),
    };
  }
  return compiled;
}

/** Reads a trace file. Throws TraceError, with the line, when it is no trace. */
export function readTrace(file: string): Trace {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    throw new TraceError(file, undefined, 'expected a trace file, found none that can be read');
  }
  return parseTrace(text, file);
}

/** Parses the text of a trace; `file` is named in errors. Throws TraceError. */
export function parseTrace(text: string, file: string): Trace {
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  const values = lines.map((line, index) => parseLine(line, file, index + 1));
  const [first, ...rest] = values;
  const header = readHeader(first, file);
  const steps = rest.map((value, index) => readLine(value, validators().step, file, index + 2));
  const trace = { header, steps };
  checkRun(trace, file);
  return trace;
}

/** The text of a trace: the header, then one step a line. Throws TraceError when it is no trace. */
export function formatTrace(trace: Trace, file: string): string {
  const text = [trace.header, ...trace.steps].map((line) => JSON.stringify(line) + '\n').join('');
  parseTrace(text, file);
  return text;
}

/** Writes a trace file, whole or not at all. Throws TraceError when it is no trace. */
export function writeTrace(trace: Trace, file: string): void {
  const text = formatTrace(trace, file);
  writeFileSync(`${file}.part`, text);
  renameSync(`${file}.part`, file);
}

function parseLine(line: string, file: string, number: number): unknown {
  try {
    return JSON.parse(line);
  } catch {
    throw new TraceError(file, number, `expected one line of JSON, found ${excerpt(line)}`);
  }
}

function readHeader(value: unknown, file: string): TraceHeader {
  if (value === undefined) throw new TraceError(file, 1, 'expected a header, found an empty file');
  const version = versionOf(value);
  if (typeof version === 'number' && version > traceVersion) {
    const say = `expected version ${traceVersion} or older, found version ${version}`;
    throw new TraceError(file, 1, `${say}: a newer Raft notebook wrote this trace`);
  }
  return readLine(value, validators().header, file, 1);
}

function versionOf(value: unknown): unknown {
  return typeof value === 'object' && value !== null && 'version' in value
    ? value.version
    : undefined;
}

function readLine<T>(value: unknown, validate: ValidateFunction<T>, file: string, line: number): T {
  if (validate(value)) return value;
  throw new TraceError(file, line, (validate.errors ?? []).map(describeError).join('; '));
}

function describeError(error: ErrorObject): string {
  const place = error.instancePath.slice(1).replaceAll('/', '.') || 'the line';
  const params: Record<string, unknown> = error.params;
  switch (error.keyword) {
    case 'additionalProperties':
      return `${place}: expected no field named ${JSON.stringify(params.additionalProperty)}`;
    case 'const':
      return `${place}: expected ${JSON.stringify(params.allowedValue)}`;
    case 'enum':
      return `${place}: expected one of ${JSON.stringify(params.allowedValues)}`;
    case 'required':
      return `${place}: expected a field named ${JSON.stringify(params.missingProperty)}`;
    case 'discriminator':
      return `${place}: expected a known type, found ${JSON.stringify(params.tagValue)}`;
    default:
      return `${place}: expected a value that ${error.message ?? 'fits the schema'}`;
  }
}

function excerpt(line: string): string {
  if (line === '') return 'an empty line';
  return line.length > 40 ? `${line.slice(0, 40)}… (${line.length} characters)` : line;
}

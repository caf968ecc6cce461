// `npm run types`: generates from the JSON Schema of a trace its TypeScript types, and the code that validates it.

import { readFileSync, writeFileSync } from 'node:fs';
import Ajv2020 from 'ajv/dist/2020.js';
import standaloneCode from 'ajv/dist/standalone/index.js';
import { compileFromFile } from 'json-schema-to-typescript';

export const schemaFile = 'traces/trace.schema.json';
export const typesFile = 'lib/trace/trace.gen.ts';
export const validatorsFile = 'lib/trace/validate.gen.cjs';

const banner = '// Generated from traces/trace.schema.json by `npm run types`. Do not edit.';

/** The text of the generated types. */
export function traceTypes(): Promise<string> {
  return compileFromFile(schemaFile, {
    additionalProperties: false,
    ignoreMinAndMaxItems: true,
    bannerComment: banner,
    style: { singleQuote: true, printWidth: 100 },
  });
}

/**
 * The text of the generated validators. Compiling the schema takes a tenth of a second; a command that reads a
 * trace need not wait for that.
 */
export function traceValidators(): string {
  const schema: unknown = JSON.parse(readFileSync(schemaFile, 'utf8'));
  if (typeof schema !== 'object' || schema === null) throw new Error(`${schemaFile} is no schema`);
  const ajv = new Ajv2020({
    discriminator: true,
    allErrors: true,
    allowUnionTypes: true,
    code: { source: true, lines: true },
  });
  // What the generator of types reads, and no validator.
  ajv.addVocabulary(['tsType']);
  ajv.addSchema(schema);
  const definition = (name: string) => ({
    $id: name,
    $ref: `trace.schema.json#/$defs/${name}`,
  });
  ajv.addSchema([definition('TraceHeader'), definition('TraceStep')]);
  const code = standaloneCode(ajv, {
    validateHeader: 'TraceHeader',
    validateStep: 'TraceStep',
  });
  return `${banner}\n${code}`;
}

if (require.main === module) {
  void traceTypes().then((text) => writeFileSync(typesFile, text));
  writeFileSync(validatorsFile, traceValidators());
}

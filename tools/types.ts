// `npm run types`: generates the TypeScript types of a trace from its JSON Schema.

import { writeFileSync } from 'node:fs';
import { compileFromFile } from 'json-schema-to-typescript';

export const schemaFile = 'traces/trace.schema.json';
export const typesFile = 'lib/trace/trace.gen.ts';

/** The text of the generated types. */
export function traceTypes(): Promise<string> {
  return compileFromFile(schemaFile, {
    additionalProperties: false,
    ignoreMinAndMaxItems: true,
    bannerComment: '// Generated from traces/trace.schema.json by `npm run types`. Do not edit.',
    style: { singleQuote: true, printWidth: 100 },
  });
}

if (require.main === module) {
  void traceTypes().then((text) => writeFileSync(typesFile, text));
}

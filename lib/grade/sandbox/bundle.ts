// Turns a submission and the parts of the notebook that it uses into one script. Whatever a submission imports is decided
// here: its own files, the notebook's lib/, and what its chapter gives it; nothing else.

import { existsSync, lstatSync, readFileSync, realpathSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import type { BuildFailure, Plugin } from 'esbuild';
import { build } from 'esbuild';

/** Where a submission is, and what it may use. */
export interface Submitted {
  /** The exercise file. */
  readonly file: string;
  /** Where it would stand in the notebook: `chapters/03-voting/exercise.ts`, from the root. */
  readonly place: string;
  /** The root of the notebook. */
  readonly root: string;
  /** The notebook's files that it may import, from the root; a folder ends with a slash. */
  readonly allowed: readonly string[];
}

/** What a submission may not import, or an error of its syntax; the message is for its author. */
export class BundleError extends Error {
  readonly file: string | undefined;
  readonly line: number | undefined;

  constructor(message: string, file?: string, line?: number) {
    super(message);
    this.file = file;
    this.line = line;
  }
}

const harness = join(__dirname, 'harness.ts');

/** The script, for the bootstrap to run. Throws BundleError. */
export async function bundle(submitted: Submitted): Promise<string> {
  if (lstatSync(submitted.file).isSymbolicLink()) throw new BundleError('it is a link, not a file');
  const entry =
    `import { serve } from ${JSON.stringify(harness)};\n` +
    `export const start = (channel) => serve(channel, () => require('submission:'));\n`;
  try {
    const { outputFiles } = await build({
      stdin: { contents: entry, resolveDir: __dirname, loader: 'js' },
      bundle: true,
      write: false,
      format: 'iife',
      globalName: 'bundle',
      platform: 'neutral',
      target: 'node20',
      mainFields: ['main'],
      logLevel: 'silent',
      tsconfigRaw: {},
      plugins: [borders(submitted)],
    });
    return outputFiles[0]?.text ?? '';
  } catch (error) {
    throw asBundleError(error);
  }
}

/**
 * Finds the file that an import of a submission means: its own, or the notebook's. Undefined when
 * there is none; throws BundleError when there is one that it may not import.
 */
export function resolveImport(
  { file, place, root, allowed }: Submitted,
  path: string,
  importer: string,
): string | undefined {
  if (!path.startsWith('.')) {
    throw new BundleError(
      `expected imports of the notebook's own files only, found '${path}': a node needs nothing from outside`,
    );
  }
  const home = dirname(resolve(file));
  const own = resolve(dirname(importer), path);
  // The same import, as if the submission stood in its place in the notebook.
  const depth = relative(home, dirname(importer));
  const inNotebook = relative(root, resolve(root, dirname(place), depth, path)).replaceAll(
    sep,
    '/',
  );
  if (isAmong(allowed, inNotebook) && existsSync(join(root, inNotebook)))
    return join(root, inNotebook);
  const isNotebooks = inNotebook !== place && existsSync(join(root, inNotebook));
  if (own.startsWith(home + sep) && existsSync(own)) {
    if (!realpathSync(own).startsWith(realpathSync(home) + sep)) {
      throw new BundleError(`${path} is a link that leads out of the submission`);
    }
    if (!isNotebooks) return own;
    if (own !== join(root, inNotebook)) {
      throw new BundleError(
        `${basename(own)} stands in for a file of the notebook: call it something else`,
      );
    }
  }
  if (isNotebooks) {
    throw new BundleError(
      `${inNotebook} may not be imported: in the notebook, an exercise is one file, and you write its rules`,
    );
  }
  return undefined;
}

function borders(submitted: Submitted): Plugin {
  return {
    name: 'borders',
    setup(builder) {
      builder.onResolve({ filter: /^submission:$/ }, () => ({
        path: resolve(submitted.file),
        namespace: 'submission',
      }));
      builder.onResolve({ filter: /.*/, namespace: 'submission' }, ({ path, importer }) => {
        const found = resolveImport(submitted, path, importer);
        if (found === undefined) {
          throw new BundleError(`there is no file '${path}' to import`);
        }
        return { path: found, namespace: isOwn(submitted, found) ? 'submission' : 'file' };
      });
      builder.onLoad({ filter: /.*/, namespace: 'submission' }, ({ path }) => ({
        contents: readFileSync(path, 'utf8'),
        loader: path.endsWith('.js') || path.endsWith('.cjs') ? 'js' : 'ts',
        resolveDir: dirname(path),
      }));
    },
  };
}

/** Whether a file that an import means is the submission's own, and not one that the notebook gives it. */
export function isOwn({ file, root, allowed }: Submitted, path: string): boolean {
  const inNotebook = relative(root, path).replaceAll(sep, '/');
  return path.startsWith(dirname(resolve(file)) + sep) && !isAmong(allowed, inNotebook);
}

const isAmong = (allowed: readonly string[], path: string): boolean =>
  allowed.some((each) => (each.endsWith('/') ? path.startsWith(each) : path === each));

function asBundleError(error: unknown): unknown {
  const [first] = isBuildFailure(error) ? error.errors : [];
  if (!first) return error;
  const { text, location } = first;
  const detail: unknown = first.detail;
  const message = detail instanceof BundleError ? detail.message : text;
  return new BundleError(message, location?.file.replace(/^submission:/, ''), location?.line);
}

const isBuildFailure = (error: unknown): error is BuildFailure =>
  error instanceof Error && 'errors' in error && Array.isArray(error.errors);

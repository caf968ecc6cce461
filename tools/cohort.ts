// `npm run bench:grade`: hands in two hundred submissions, made from the zoo of bugs and correct variants and from the
// chapters themselves, and grades them in one batch; time and memory are in its last line.

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Plugin } from 'esbuild';
import { build } from 'esbuild';
import { chapters } from '../chapters/chapters.ts';
import { bugs } from '../test/bugs/bugs.ts';
import { variants } from '../test/bugs/variants/variants.ts';
import { exerciseFile } from './choose-chapter.ts';
import { gradeCommand } from './grade.ts';
import { root } from './root.ts';

interface Made {
  readonly name: string;
  readonly chapter: string;
  /** `js` or `ts`. */
  readonly language: string;
  readonly text: string;
}

/** What a submission may import stays an import, as it reads in an exercise. */
const libStaysOutside: Plugin = {
  name: 'lib-stays-outside',
  setup(builder) {
    builder.onResolve({ filter: /\/lib\// }, ({ path }) => ({
      path: `../../lib/${path.split('/lib/').at(-1)}`,
      external: true,
    }));
  },
};

/** Bundles a node of the zoo into one file that imports lib/ only. */
async function bundled(list: 'bugs' | 'variants', file: string, name: string): Promise<string> {
  const found = `${list}.find((each) => each.name === ${JSON.stringify(name)})`;
  const contents = `import { ${list} } from './test/bugs/${file}';\nexport const { node } = ${found};\n`;
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: root, loader: 'ts' },
    bundle: true,
    write: false,
    format: 'cjs',
    platform: 'neutral',
    target: 'node20',
    tsconfigRaw: {},
    logLevel: 'error',
    plugins: [libStaysOutside],
  });
  return outputFiles[0]?.text ?? '';
}

async function zoo(): Promise<Made[]> {
  const made: Made[] = [];
  for (const { name, chapter } of bugs) {
    made.push({ name, chapter, language: 'js', text: await bundled('bugs', 'bugs.ts', name) });
  }
  for (const { name, chapter } of variants) {
    const text = await bundled('variants', 'variants/variants.ts', name);
    made.push({ name, chapter, language: 'js', text });
  }
  return made;
}

/** Untouched exercises, to have types to check. */
const stubs = (count: number): Made[] =>
  chapters.length === 0
    ? []
    : Array.from({ length: count }, (_, index) => {
        const chapter = chapters[index % chapters.length] ?? { name: '' };
        const text = `${readFileSync(join(root, exerciseFile(chapter)), 'utf8')}\n// ${index}\n`;
        return { name: `stub-${index}`, chapter: chapter.name, language: 'ts', text };
      });

/** Writes a cohort of this size into a folder, a folder for each submission. */
export async function writeCohort(folder: string, size: number): Promise<void> {
  const animals = await zoo();
  const made = [...animals, ...stubs(Math.max(0, size - animals.length))].slice(0, size);
  for (const { name, chapter, language, text } of made) {
    const home = join(folder, name, chapter);
    mkdirSync(home, { recursive: true });
    writeFileSync(join(home, `exercise.${language}`), text);
  }
}

async function main([size = '200']: readonly string[]): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'raft-cohort-'));
  try {
    await writeCohort(join(folder, 'handed-in'), Number(size));
    const out = join(folder, 'graded');
    const { text } = await gradeCommand([join(folder, 'handed-in'), '--all', '--out', out]);
    process.stdout.write(text);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

if (require.main === module) void main(process.argv.slice(2));

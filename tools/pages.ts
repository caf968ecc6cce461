// Which files of the project are pages for readers.

import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './root.ts';

/** The README, the lessons, the rulebook, every walkthrough, how to contribute, and how to grade. */
export function pageFiles(): string[] {
  const top = ['README.md', 'CONTRIBUTING.md'].filter((file) => existsSync(join(root, file)));
  const lessons = within('chapters').filter((file) => file.endsWith('/README.md'));
  const written = [...within('docs'), ...within('traces')].filter((file) => file.endsWith('.md'));
  return [...top, ...lessons, ...written];
}

/** Every file in a folder of the project, by its path from the root. */
export const within = (folder: string): string[] =>
  filesUnder(join(root, folder)).map((file) => `${folder}/${file}`);

/** Every file under a folder, by its path from there, in order. */
export const filesUnder = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/'))
    .sort();

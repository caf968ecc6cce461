// Finds the source text of an export, and of the rules, so that pages show the code as it stands.

import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join, posix } from 'node:path';
import { pathToFileURL } from 'node:url';
import ts from 'typescript';
import type { RuleInfo } from '../lib/rules/rule.ts';
import type { Source } from '../lib/walkthrough/rulebook.ts';
import { root } from './root.ts';

/** The text of an exported declaration with its comment. Throws when there is none of that name. */
export function exportedSource(text: string, name: string, file: string): string {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found = source.statements.find((statement) => declares(statement, name));
  if (!found) throw new Error(`${file} has no export named ${name}`);
  return text.slice(found.getStart(source, true), found.end);
}

function declares(statement: ts.Statement, name: string): boolean {
  if (!isExported(statement)) return false;
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations.some(({ name: each }) => each.getText() === name);
  }
  return (
    (ts.isFunctionDeclaration(statement) ||
      ts.isInterfaceDeclaration(statement) ||
      ts.isTypeAliasDeclaration(statement) ||
      ts.isClassDeclaration(statement)) &&
    statement.name?.text === name
  );
}

/** True for a statement that the file exports. */
export function isExported(statement: ts.Statement): boolean {
  const modifiers = ts.canHaveModifiers(statement) ? ts.getModifiers(statement) : undefined;
  return modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) ?? false;
}

/** The text of a file of the project, by its path from the root. */
export const textOf = (file: string): string => readFileSync(join(root, file), 'utf8');

/** The file with a chapter's list of rules, from the root of the project: `voting.ts` for `03-voting`. */
export const topicFile = (chapter: string) =>
  `chapters/${chapter}/${chapter.replace(/^\d+-/, '')}.ts`;

/**
 * A file with an ordered list of rules, after the files that hold some of these rules for it: those of which it
 * says `export * from './transfer.ts'`.
 */
export function partsOf(file: string): readonly string[] {
  const { statements } = ts.createSourceFile(file, textOf(file), ts.ScriptTarget.Latest);
  const parts = statements.flatMap((statement) =>
    ts.isExportDeclaration(statement) &&
    !statement.exportClause &&
    statement.moduleSpecifier &&
    ts.isStringLiteral(statement.moduleSpecifier)
      ? [posix.join(dirname(file), statement.moduleSpecifier.text)]
      : [],
  );
  return [...parts, file];
}

/** The files with the rules of a chapter and of its variants: those of the topic file first. */
export function ruleFiles(chapter: string): readonly string[] {
  const topic = topicFile(chapter);
  const folder = dirname(topic);
  const others = [`multi-${basename(topic)}`, 'mistakes.ts'].map((file) => `${folder}/${file}`);
  return [topic, ...others.filter((file) => existsSync(join(root, file)))].flatMap(partsOf);
}

/** Gives the source of any rule of these chapters. Throws when a rule is not exported. */
export async function ruleSources(
  chapters: readonly { readonly name: string }[],
): Promise<(rule: RuleInfo) => Source> {
  return exportedRules(chapters.flatMap(({ name }) => ruleFiles(name)));
}

/** Gives the source of any rule that one of these files exports. Throws when none does. */
export async function exportedRules(files: readonly string[]): Promise<(rule: RuleInfo) => Source> {
  const exports = new Map<unknown, { file: string; name: string }>();
  for (const file of files) {
    const module: unknown = await import(pathToFileURL(join(root, file)).href);
    for (const [name, value] of Object.entries(module ?? {})) {
      if (!exports.has(value)) exports.set(value, { file, name });
    }
  }
  return (rule) => {
    const found = exports.get(rule);
    if (!found) throw new Error(`the rule ${rule.name} is not exported`);
    const { file, name } = found;
    return { file, text: exportedSource(textOf(file), name, file) };
  };
}

/** The names of the interfaces and types that a file exports. */
export function exportedTypes(file: string): string[] {
  const { statements } = ts.createSourceFile(file, textOf(file), ts.ScriptTarget.Latest, true);
  return statements.flatMap((each) =>
    isExported(each) && (ts.isInterfaceDeclaration(each) || ts.isTypeAliasDeclaration(each))
      ? [each.name.text]
      : [],
  );
}

/** The file with what a chapter's nodes hold and say, when it is not in the topic file. */
export const stateFile = (chapter: string) => `chapters/${chapter}/state.ts`;

/**
 * The interface with a chapter's `state` and `messages`, after the interfaces of the same file that
 * it is made of. Undefined when the chapter exports none.
 */
export function protocolSource({ name }: { readonly name: string }): Source | undefined {
  for (const file of [stateFile(name), topicFile(name)]) {
    if (!existsSync(join(root, file))) continue;
    const text = textOf(file);
    const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
    const exported = source.statements.filter(isExported).filter(ts.isInterfaceDeclaration);
    const protocol = exported.find(({ members }) =>
      ['state', 'messages'].every((field) =>
        members.some((each) => each.name?.getText() === field),
      ),
    );
    if (!protocol) continue;
    const used = namesIn(protocol, exported);
    const texts = exported
      .filter((each) => used.has(each))
      .map((each) => text.slice(each.getStart(source, true), each.end));
    return { file, text: texts.join('\n\n') };
  }
  return undefined;
}

/** A declaration and those among `known` that it names, directly or not. */
function namesIn(
  from: ts.InterfaceDeclaration,
  known: readonly ts.InterfaceDeclaration[],
): ReadonlySet<ts.InterfaceDeclaration> {
  const found = new Set([from]);
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node)) {
      const named = known.find(({ name }) => name.text === node.text);
      if (named && !found.has(named)) {
        found.add(named);
        visit(named);
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(from);
  return found;
}

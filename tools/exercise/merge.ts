// Puts the files with a chapter's rules into one text, as if they had been written in one file.

import { posix } from 'node:path';
import ts from 'typescript';
import { grouped } from '../../lib/stepper/group.ts';
import type { Source } from '../../lib/walkthrough/rulebook.ts';
import type { Edit } from './edits.ts';
import { edited, parse } from './edits.ts';

/**
 * The files one after the other, each under its opening comment, with their imports above. A file may import another
 * of them as `import * as transfer from './transfer.ts'`; what all of them begin with stands once.
 */
export function merged(files: readonly Source[]): string {
  const [first, ...others] = files;
  if (first && others.length === 0) return first.text;
  const own = new Set(files.map(({ file }) => `./${posix.basename(file)}`));
  const imports: ts.ImportDeclaration[] = [];
  const body = new Set<string>();
  for (const { file, text } of files) {
    const source = parse(withoutPrefixes(parse(text, file), own), file);
    body.add(openingComment(source));
    for (const statement of source.statements) {
      if (ts.isImportDeclaration(statement)) imports.push(statement);
      else if (!ts.isExportDeclaration(statement)) body.add(statement.getFullText().trim());
    }
  }
  const foreign = imports.filter((each) => !own.has(moduleOf(each)));
  return [importLines(foreign).join('\n'), ...body].join('\n\n');
}

function openingComment({ text }: ts.SourceFile): string {
  const [comment] = /^(\/\/.*\n)*/.exec(text) ?? [''];
  return comment.trim();
}

const moduleOf = ({ moduleSpecifier }: ts.ImportDeclaration): string =>
  ts.isStringLiteral(moduleSpecifier) ? moduleSpecifier.text : '';

const isNamespace = ({ importClause }: ts.ImportDeclaration): boolean =>
  importClause?.namedBindings?.kind === ts.SyntaxKind.NamespaceImport;

/** The text in which `transfer.abortTransfer` is `abortTransfer`, for each of these modules. */
function withoutPrefixes(source: ts.SourceFile, modules: ReadonlySet<string>): string {
  const prefixes = source.statements
    .filter(ts.isImportDeclaration)
    .filter((each) => isNamespace(each) && modules.has(moduleOf(each)))
    .map(({ importClause }) => importClause?.namedBindings?.getText().replace('* as ', ''));
  const edits: Edit[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyAccessExpression(node) && prefixes.includes(node.expression.getText())) {
      edits.push({ start: node.getStart(), end: node.name.getStart(), text: '' });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return edited(source.text, edits);
}

/** One import for each module, or two where types are imported as well; in the order of their paths. */
function importLines(imports: readonly ts.ImportDeclaration[]): string[] {
  const groups = grouped(imports, (each) => beginningOf(each) + moduleOf(each));
  const sorted = [...groups.values()].sort(([one], [other]) =>
    moduleOf(one) < moduleOf(other) ? -1 : moduleOf(one) > moduleOf(other) ? 1 : 0,
  );
  return sorted.map((same) => {
    const [each] = same;
    if (isNamespace(each)) return each.getText();
    const names = new Set(same.flatMap((other) => namesIn(other)));
    return `${beginningOf(each)} { ${[...names].sort().join(', ')} } from '${moduleOf(each)}';`;
  });
}

const beginningOf = ({ importClause }: ts.ImportDeclaration): string =>
  importClause?.isTypeOnly ? 'import type' : 'import';

function namesIn({ importClause }: ts.ImportDeclaration): string[] {
  const bindings = importClause?.namedBindings;
  return bindings && ts.isNamedImports(bindings)
    ? bindings.elements.map((element) => element.getText())
    : [];
}

// Takes out of a file the imports and the private declarations that nothing in it uses any more.

import ts from 'typescript';
import { isExported } from '../source.ts';
import type { Edit } from './edits.ts';
import { edited, namesUsed, parse, without } from './edits.ts';

/** A name that was imported and is not any more. */
export interface Dropped {
  readonly name: string;
  /** The module as the file writes it: `../../lib/log/log.ts`. */
  readonly from: string;
  readonly keyword: 'import' | 'import type';
}

/** The text without what is unused in it, and the imports that were taken out. */
export function withoutUnused(text: string, file: string): { text: string; dropped: Dropped[] } {
  const dropped: Dropped[] = [];
  for (let before = text; ; before = text) {
    const source = parse(before, file);
    const usedBy = source.statements.map((each) =>
      ts.isImportDeclaration(each) ? new Set<string>() : namesUsed(each),
    );
    const isUsed = (name: string, by?: ts.Statement) =>
      usedBy.some((names, index) => source.statements[index] !== by && names.has(name));
    text = edited(
      before,
      source.statements.flatMap((statement): Edit[] =>
        ts.isImportDeclaration(statement)
          ? importEdits(statement, isUsed, dropped)
          : isPrivate(statement) && namesOf(statement).every((name) => !isUsed(name, statement))
            ? [without(statement)]
            : [],
      ),
    );
    if (text === before) return { text, dropped };
  }
}

const isPrivate = (statement: ts.Statement) =>
  !isExported(statement) && namesOf(statement).length > 0;

function namesOf(statement: ts.Statement): string[] {
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations.map(({ name }) => name.getText());
  }
  const named =
    ts.isFunctionDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement) ||
    ts.isInterfaceDeclaration(statement);
  return named && statement.name ? [statement.name.text] : [];
}

function importEdits(
  statement: ts.ImportDeclaration,
  isUsed: (name: string) => boolean,
  dropped: Dropped[],
): Edit[] {
  const bindings = statement.importClause?.namedBindings;
  if (!bindings || !ts.isStringLiteral(statement.moduleSpecifier)) return [];
  const from = statement.moduleSpecifier.text;
  if (ts.isNamespaceImport(bindings)) {
    return isUsed(bindings.name.text) ? [] : [without(statement)];
  }
  const unused = bindings.elements.filter(({ name }) => !isUsed(name.text));
  const keyword = statement.importClause.isTypeOnly ? 'import type' : 'import';
  dropped.push(...unused.map(({ name }) => ({ name: name.text, from, keyword }) as const));
  if (unused.length === bindings.elements.length) return [without(statement)];
  if (unused.length === 0) return [];
  const left = bindings.elements.filter((each) => !unused.includes(each));
  const text = `{ ${left.map((each) => each.getText()).join(', ')} }`;
  return [{ start: bindings.getStart(), end: bindings.end, text }];
}

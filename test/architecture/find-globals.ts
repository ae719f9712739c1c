import ts from 'typescript';
import type { GlobalName } from './import-law.ts';

const GLOBAL_OBJECTS = ['globalThis', 'window', 'self', 'global'];
/** Every way of a page or a server to reach another one without an import counts as `fetch`. */
const WIRE = ['fetch', 'XMLHttpRequest', 'WebSocket', 'EventSource'];

/** Which of the watched globals a file uses. findGlobals('a.ts', 'await fetch(url)') // => ['fetch'] */
export function findGlobals(path: string, text: string): GlobalName[] {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true, kindOf(path));
  const found = new Set<GlobalName>();
  const visit = (node: ts.Node): void => {
    if (readsEnvironment(node)) found.add('process.env');
    if (ts.isIdentifier(node) && isReference(node)) {
      if (WIRE.includes(node.text) && !isInType(node)) found.add('fetch');
      if (node.text === 'Office') found.add('Office');
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return [...found];
}

const kindOf = (path: string): ts.ScriptKind => {
  if (path.endsWith('x')) return ts.ScriptKind.TSX;
  return path.endsWith('js') ? ts.ScriptKind.JS : ts.ScriptKind.TS;
};

/** `process.env`, `process['env']`, `const { env } = process`, `import { env } from 'node:process'`. */
function readsEnvironment(node: ts.Node): boolean {
  if (ts.isPropertyAccessExpression(node)) return node.name.text === 'env' && isProcess(node.expression);
  if (ts.isElementAccessExpression(node)) {
    return (
      isProcess(node.expression) &&
      ts.isStringLiteralLike(node.argumentExpression) &&
      node.argumentExpression.text === 'env'
    );
  }
  if (ts.isVariableDeclaration(node) && ts.isObjectBindingPattern(node.name)) {
    return (
      node.initializer !== undefined &&
      isProcess(node.initializer) &&
      node.name.elements.some((element) => originalName(element) === 'env')
    );
  }
  if (
    ts.isImportDeclaration(node) &&
    ts.isStringLiteral(node.moduleSpecifier) &&
    /^(node:)?process$/.test(node.moduleSpecifier.text)
  ) {
    const named = node.importClause?.namedBindings;
    return (
      named !== undefined &&
      ts.isNamedImports(named) &&
      named.elements.some((element) => originalName(element) === 'env')
    );
  }
  return false;
}

const isProcess = (node: ts.Expression): boolean => /^((globalThis|global)\.)?process$/.test(node.getText());

const originalName = (element: ts.BindingElement | ts.ImportSpecifier): string =>
  (element.propertyName ?? element.name).getText();

/** Whether the name stands for the global and does not merely name a property, a parameter or a declaration. */
function isReference(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent) && parent.name === node)
    return GLOBAL_OBJECTS.includes(parent.expression.getText());
  if (ts.isQualifiedName(parent)) return parent.left === node;
  if (ts.isShorthandPropertyAssignment(parent)) return true;
  if (ts.isJsxAttribute(parent) || ts.isImportSpecifier(parent) || ts.isExportSpecifier(parent)) return false;
  return !('name' in parent && parent.name === node) && !('propertyName' in parent && parent.propertyName === node);
}

function isInType(node: ts.Node): boolean {
  return (
    ts.findAncestor(node, (one) => (ts.isTypeNode(one) ? true : ts.isStatement(one) ? 'quit' : false)) !== undefined
  );
}

import { readFileSync } from 'node:fs';
import { basename, join, relative, sep } from 'node:path';
import ts from 'typescript-5.4';
import { pkg } from '../paths.mjs';
import { readComment } from './comments.mjs';

const printer = ts.createPrinter({ removeComments: true });

/**
 * What the package promises: for each entry that has types `{ names, file, exported, local }`. `names` are those by which it is
 * imported; the declarations are in the order of their files: those with a name for importers, and those that they lean on.
 */
export function readEntries() {
  const { name, exports } = JSON.parse(readFileSync(join(pkg, 'package.json'), 'utf8'));
  const files = new Map();
  for (const [subpath, { types }] of Object.entries(exports)) {
    if (types) files.set(types, [...(files.get(types) ?? []), `${name}${subpath.slice(1)}`]);
  }
  const paths = [...files.keys()].map((file) => join(pkg, file));
  const options = { module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext, lib: ['lib.es2023.d.ts', 'lib.dom.d.ts'], types: [], strict: true };
  const program = ts.createProgram(paths, options);
  return [...files].map(([file, names], index) => readEntry(program, paths[index], file, names));
}

function readEntry(program, path, file, names) {
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(path);
  const exported = new Map();
  for (const symbol of checker.getExportsOfModule(checker.getSymbolAtLocation(source))) {
    exported.set(symbol.name, symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol);
  }
  const local = reachable(checker, [...exported.values()]);
  const read = (isExported) => (symbol) => ({ ...declarationOf(symbol), isExported });
  return {
    names,
    file,
    declarations: [...[...exported.values()].map(read(true)), ...local.map(read(false))].sort(byPlace),
  };
}

/** The symbols of this package that declarations lean on without being exported. */
function reachable(checker, roots) {
  const known = new Set(roots);
  const queue = [...roots];
  const visit = (node) => {
    if (ts.isIdentifier(node)) {
      const symbol = checker.getSymbolAtLocation(node);
      const meant = symbol && symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
      if (meant && !known.has(meant) && meant.declarations?.every(isOurs)) {
        known.add(meant);
        queue.push(meant);
      }
    }
    ts.forEachChild(node, visit);
  };
  for (let symbol = queue.shift(); symbol; symbol = queue.shift()) for (const node of symbol.declarations) visit(node);
  return [...known].slice(roots.length);
}

function isOurs(node) {
  const path = relative(pkg, node.getSourceFile().fileName);
  const isTop = ts.isSourceFile(node.parent) || (ts.isVariableDeclaration(node) && ts.isSourceFile(node.parent.parent.parent));
  return isTop && !path.startsWith('..') && !path.startsWith('node_modules');
}

const byPlace = (one, other) => one.file.localeCompare(other.file) || one.start - other.start;

/** `kind`: function, const, class, interface or type; a name may stand for two, as a class's does. */
function declarationOf(symbol) {
  const [first] = symbol.declarations;
  const source = first.getSourceFile();
  const nodes = symbol.declarations.map((node) => (ts.isVariableDeclaration(node) ? node.parent.parent : node));
  return {
    name: symbol.name,
    kind: kindOf(nodes[0]),
    noun: basename(source.fileName, '.d.ts'),
    file: relative(pkg, source.fileName).split(sep).join('/'),
    start: nodes[0].pos,
    comments: nodes.map((node) => commentOf(node)).filter(Boolean),
    signatures: nodes.map((node) => printed(node).replace(/^export /, '').replace(/^declare /, '')),
    members: nodes.flatMap((node) => membersOf(node)),
  };
}

/** Whether it is there when the program runs. */
export const isValue = ({ signatures }) => signatures.some((signature) => /^(?:function|const|class) /.test(signature));

function kindOf(node) {
  if (ts.isFunctionDeclaration(node)) return 'function';
  if (ts.isVariableStatement(node)) return 'const';
  if (ts.isClassDeclaration(node)) return 'class';
  return ts.isInterfaceDeclaration(node) ? 'interface' : 'type';
}

function printed(node) {
  return printer.printNode(ts.EmitHint.Unspecified, node, node.getSourceFile()).replaceAll('    ', '  ');
}

/** The documentation comment right before a node. */
function commentOf(node) {
  const text = node.getSourceFile().text;
  const ranges = ts.getLeadingCommentRanges(text, node.pos) ?? [];
  const last = ranges.map(({ pos, end }) => text.slice(pos, end)).filter((comment) => comment.startsWith('/**')).at(-1);
  return last && readComment(last);
}

/** The members of an interface or of the object types in an alias, and the values of a union that says what each means. */
function membersOf(node) {
  if (ts.isInterfaceDeclaration(node) || ts.isClassDeclaration(node)) return node.members.map((member) => memberOf(member));
  if (ts.isTypeAliasDeclaration(node)) return membersIn(node.type);
  if (ts.isVariableStatement(node)) return node.declarationList.declarations.flatMap(({ type }) => (type ? membersIn(type) : []));
  return [];
}

function membersIn(type) {
  if (ts.isTypeLiteralNode(type)) return type.members.map((member) => memberOf(member));
  if (ts.isParenthesizedTypeNode(type)) return membersIn(type.type);
  if (ts.isUnionTypeNode(type) || ts.isIntersectionTypeNode(type)) {
    return type.types.flatMap((one) => {
      const inner = membersIn(one);
      const comment = unionComment(one);
      return comment ? [{ text: printed(one), comment }, ...inner] : inner;
    });
  }
  return [];
}

// The bar stands between the comment and the type, or before both.
function unionComment(node) {
  const text = node.getSourceFile().text;
  const before = text.slice(0, node.getStart()).match(/(\/\*\*(?:[^*]|\*(?!\/))*\*\/)\s*\|?\s*$/)?.[1];
  return before && readComment(before);
}

function memberOf(member) {
  return { text: printed(member).replace(/;$/, ''), name: member.name?.getText(), comment: commentOf(member) };
}

import { ensureSyntaxTree, syntaxTree } from '@codemirror/language';
import type { EditorState } from '@codemirror/state';
import type { SyntaxNode } from '@lezer/common';

/** Where in a value a position stands: the way there, and whether a name or a value belongs at it. */
export type JsonPlace = {
  readonly path: readonly (string | number)[];
  readonly expects: 'name' | 'value';
  /** Names the surrounding object already has. */
  readonly taken: readonly string[];
};

const valueNames = new Set(['Object', 'Array', 'String', 'Number', 'True', 'False', 'Null']);

/** CodeMirror reads for some 20 ms and leaves the rest for later; on a busy machine that is not even a short text. */
function wholeTree(state: EditorState) {
  return ensureSyntaxTree(state, state.doc.length, 1_000) ?? syntaxTree(state);
}

function children(node: SyntaxNode): SyntaxNode[] {
  const found: SyntaxNode[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) found.push(child);
  return found;
}

function nameOf(state: EditorState, property: SyntaxNode): string | null {
  const name = property.getChild('PropertyName');
  if (!name) return null;
  try {
    return String(JSON.parse(state.sliceDoc(name.from, name.to)));
  } catch {
    return null;
  }
}

function valueOf(property: SyntaxNode): SyntaxNode | null {
  return children(property).find((child) => valueNames.has(child.name)) ?? null;
}

function step(state: EditorState, node: SyntaxNode, key: string): SyntaxNode | null {
  if (node.name === 'Array')
    return children(node).filter((child) => valueNames.has(child.name))[Number(key)] ?? null;
  const property = node.getChildren('Property').find((child) => nameOf(state, child) === key);
  return property ? valueOf(property) : null;
}

/** The text that a JSON pointer leads to; the innermost part there is, where the rest is missing. */
export function pointerRange(
  state: EditorState,
  pointer: string,
): { readonly from: number; readonly to: number } {
  const keys = pointer
    .split('/')
    .slice(1)
    .map((key) => decodeURIComponent(key).replaceAll('~1', '/').replaceAll('~0', '~'));
  let node = children(wholeTree(state).topNode).find((child) => valueNames.has(child.name)) ?? null;
  let range = { from: 0, to: state.doc.length };
  for (const key of ['', ...keys]) {
    if (key !== '' && node) node = step(state, node, key);
    if (!node) break;
    // An object is marked at its brace only: underlining all of it would hide where the problem is.
    range = {
      from: node.from,
      to: node.name === 'Object' || node.name === 'Array' ? node.from + 1 : node.to,
    };
  }
  return range;
}

/** The object whose next name would be written here; null where a value belongs. */
function nameGoesInto(node: SyntaxNode): SyntaxNode | null {
  if (node.name === 'PropertyName') return node.parent?.parent ?? null;
  if (node.name === 'Object') return node;
  const opens = node.name === '{' || node.name === ',' || node.type.isError;
  return opens && node.parent?.name === 'Object' ? node.parent : null;
}

/** The place a position belongs to, for completion. */
export function pathAt(state: EditorState, position: number): JsonPlace {
  let node: SyntaxNode | null = wholeTree(state).resolveInner(position, -1);
  let expects: JsonPlace['expects'] = 'value';
  let taken: readonly string[] = [];
  const path: (string | number)[] = [];
  const object = nameGoesInto(node);
  if (object) {
    expects = 'name';
    taken = object.getChildren('Property').flatMap((property) => nameOf(state, property) ?? []);
    node = object;
  }
  for (; node; node = node.parent) {
    const parent: SyntaxNode | null = node.parent;
    if (node.name === 'Property') path.unshift(nameOf(state, node) ?? '');
    else if (parent?.name === 'Array' && valueNames.has(node.name))
      path.unshift(
        children(parent).filter((child) => valueNames.has(child.name) && child.to <= (node?.from ?? 0))
          .length,
      );
  }
  return { path, expects, taken };
}

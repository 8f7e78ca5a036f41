import type { SelectOption } from '../../ui/Select.tsx';

/** Longer lists are for the tree: whoever needs another organization opens this page there. */
const most = 500;

interface Node {
  id: string;
  name: string;
  parentId: string | null;
}

/** An organization and those below it, each indented under its parent. */
export function belowOf(nodes: readonly Node[], top: string): SelectOption[] {
  const children = new Map<string | null, Node[]>();
  for (const node of nodes) children.set(node.parentId, [...(children.get(node.parentId) ?? []), node]);
  const options: SelectOption[] = [];
  const add = (node: Node, depth: number): void => {
    if (options.length >= most) return;
    options.push({ value: node.id, label: `${'\u2003'.repeat(depth)}${node.name}` });
    const below = children.get(node.id) ?? [];
    for (const child of below.toSorted((a, b) => a.name.localeCompare(b.name))) add(child, depth + 1);
  };
  const first = nodes.find(({ id }) => id === top);
  if (first) add(first, 0);
  return options.length > 0 ? options : [{ value: top, label: top }];
}

/**
 * The roles inside a treegrid, on plain elements. Not table tags: each row places itself, and a table whose parts are not
 * laid out as a table loses its meaning in some browsers.
 */
export const treeRole = {
  rows: 'rowgroup',
  row: 'row',
  cell: 'gridcell',
  columnHead: 'columnheader',
} as const;

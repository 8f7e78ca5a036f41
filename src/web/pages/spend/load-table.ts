/** The table comes after the numbers, and is fetched while they are asked. */
export const loadTable = () => import('./SpendTable.tsx');

/** One that does not come is asked for again when the table is drawn. */
export const tableAhead = { preload: () => void loadTable().catch(() => undefined) };

/** The parts of an event's panel, as the address names them. */
export const eventTabs = ['details', 'history', 'raw'] as const;
export type EventTab = (typeof eventTabs)[number];

const types: Readonly<Record<string, string>> = { standard: 'Pay as you go', enterprise: 'Enterprise' };

/** What a type of account is called; one we do not know is shown as it came. */
export const typeLabel = (type: string) => types[type] ?? type;

/** The code of ISO 4217 for no currency: amounts of records that name none, which are never added to others. */
export const noCurrency = 'XXX';

import * as z from 'zod/mini';

/** How a code of ISO 4217 looks. Whether there is such a currency is another question. */
export const currencyShape = /^[A-Z]{3}$/;
const said = 'must be an ISO 4217 code';
export const Currency = z.string(said).check(z.regex(currencyShape, said));

/** The code of ISO 4217 for no currency: amounts of records that name none, which are never added to others. */
export const noCurrency = 'XXX';

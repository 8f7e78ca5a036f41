import { fewestDays, fewestForWeekdays, historyDays, levelDays } from './project.ts';

/** How a forecast is made, for a person who asks. */
export const methodWords: readonly string[] = [
  'Usage is forecast, and then priced: each metric of each account, with its allowance, blocks and prices. Cost is never extended.',
  `A day to come is what is usual on its weekday in the last ${historyDays} complete days, as high or low as the last ${levelDays} were.`,
  `With less than ${fewestForWeekdays} days of history, every day to come is the average day. Levels such as seats stay where they are.`,
  `With fewer than ${fewestDays} complete days there is no forecast. Days that are not over are left out.`,
  'The band is what usage missed its usual days by: of one metric, four of five months end in it. Metrics of an account are taken to rise and fall together, so of several of them more months do.',
];

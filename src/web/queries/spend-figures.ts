import { useQueryClient } from '@tanstack/react-query';
import { readAgain } from './write.ts';

/** Rows that are answered from stored usage: once what is stored, or how it counts, has changed, their answers are old. */
export const spendFigures = [
  'askSpend',
  'rankSpendAccounts',
  'askSpendRatios',
  'explainSpend',
  'explainSpendMetric',
  'listSpendMetrics',
  'searchSpendValues',
  'forecastSpend',
  'listAllowances',
  'listAnomalies',
  'listBudgets',
  'getBudget',
  'listImports',
  'listSpendNotes',
  'getSpendQuality',
  'listRestatements',
] as const;

/** Call after days were stored or priced. */
export function useReadSpendAgain(): () => void {
  const client = useQueryClient();
  return () => readAgain(client, spendFigures);
}

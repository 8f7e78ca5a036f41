/** How an estimated figure comes about. */
import { queryOptions } from '@tanstack/react-query';
import { explainSpend, explainSpendMetric } from '../../contract/canopy/spend-explanation.ts';
import type { ExplanationQuestion, MetricExplanationQuestion } from '../../contract/canopy/spend-explanation.ts';
import { ask } from './client.ts';

export const explanationQuery = (question: ExplanationQuestion) =>
  queryOptions({
    queryKey: [explainSpend.name, question] as const,
    queryFn: ({ signal }) => ask(explainSpend, { body: question, signal }),
  });

export const metricExplanationQuery = (question: MetricExplanationQuestion) =>
  queryOptions({
    queryKey: [explainSpendMetric.name, question] as const,
    queryFn: ({ signal }) => ask(explainSpendMetric, { body: question, signal }),
  });

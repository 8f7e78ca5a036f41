import { useId } from 'react';
import type { RecordForm, RecordFormat, RecordsMeasure } from '../../../contract/canopy/exports.ts';
import type { CostBasis, SpendAnswer } from '../../../contract/canopy/spend.ts';
import { daysBetween } from '../../lib/date-range.ts';
import { formatCount, formatQuantity, plural } from '../../lib/format.ts';
import { Fact, FactGrid } from '../../ui/FactGrid.tsx';

/** What is in the table as a file. */
export function TableFacts({ answer }: { answer: SpendAnswer }) {
  const groups = answer.groups.length + (answer.others?.groups ?? 0);
  return (
    <FactGrid>
      <Fact term="Format">CSV</Fact>
      <Fact term="Rows">{plural(groups, 'group')} and the total</Fact>
      <Fact term="Columns">{plural(answer.buckets.length, answer.question.granularity)}, and what each is</Fact>
      <Fact term="Missing">
        {daysWords(answer.days, daysBetween({ from: answer.question.from, before: answer.question.to }))}
      </Fact>
    </FactGrid>
  );
}

const basisNames: Readonly<Record<CostBasis, string>> = {
  billed: 'billed',
  estimated: 'estimated',
  'within-allowance': 'within an allowance',
  free: 'free',
  'no-rate': 'without a rate',
};

/** What is in a file of records: how many and how large, what they lack, and what in them is estimated. */
export function RecordFacts({ measure, form, format }: { measure: RecordsMeasure; form: RecordForm; format: RecordFormat }) {
  const id = useId();
  const { download, unpacked } = measure.bytes[form][format];
  const days = daysBetween({ from: measure.question.from, before: measure.question.to });
  const merged = measure.rows['focus-aligned'] - measure.rows['focus-estimate'];
  return (
    <FactGrid>
      <Fact term="Rows">
        {formatCount(measure.rows[form])}
        {form === 'focus-estimate' && merged > 0 && (
          <span className="text-muted">: {plural(merged, 'record')} of the same thing on the same day joined others</span>
        )}
      </Fact>
      <Fact term="Size">
        About {sizeWords(download)} to download as ZIP
        {format === 'csv' && <span className="text-muted">, {sizeWords(unpacked)} unpacked</span>}
      </Fact>
      <Fact term="Beside it">metadata.json: what this is, what is missing, and the SHA-256 of the records</Fact>
      {form === 'focus-estimate' && (
        <Fact term="Costs">
          {measure.bases.map(({ basis, rows }) => `${formatCount(rows)} ${basisNames[basis]}`).join(', ') || 'none'}
          <span className="text-muted">, rate card v{measure.card}</span>
        </Fact>
      )}
      {form === 'focus-estimate' && measure.withoutRate.length > 0 && (
        <Fact term="No rate">
          <span id={id}>
            {measure.withoutRate
              .slice(0, 4)
              .map(({ metric }) => metric)
              .join(', ')}
          </span>
          {measure.withoutRate.length > 4 && <span className="text-muted"> and more</span>}
        </Fact>
      )}
      <Fact term="Missing">
        <p>{daysWords(measure.days, days)}</p>
        {form === 'focus-aligned' && measure.missingColumns.length > 0 && (
          <p>
            {`${plural(measure.missingColumns.length, 'column')} that FOCUS 1.3 makes mandatory: `}
            <span className="text-muted">{measure.missingColumns.join(', ')}</span>
          </p>
        )}
        {form === 'focus-estimate' && <p>InvoiceId, the one rule of the FOCUS 1.2 validator that no file like this can keep</p>}
      </Fact>
      {measure.leftOut > 0 && form === 'focus-aligned' && (
        <Fact term="Left out">
          {plural(measure.leftOut, 'record')} that a deeper organization reports too, or that a file took the place of
        </Fact>
      )}
    </FactGrid>
  );
}

function daysWords(days: RecordsMeasure['days'], total: number): string {
  const parts = [
    [days.missing, 'never read'],
    [days.failed, 'failed'],
    [days.incomplete, 'incomplete'],
    [days.today, 'not over yet'],
  ] as const;
  const gaps = parts.flatMap(([count, words]) => (count > 0 ? [`${count} ${words}`] : []));
  return gaps.length === 0 ? `No day: all ${total} are stored` : `${gaps.join(', ')} of ${plural(total, 'day')}`;
}

function sizeWords(bytes: number): string {
  const { figure, unit } = formatQuantity(String(bytes), 'bytes');
  return `${figure} ${unit}`;
}

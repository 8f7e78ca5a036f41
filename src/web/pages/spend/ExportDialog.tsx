import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { ExportRequest, RecordForm, RecordFormat, RecordsMeasure } from '../../../contract/canopy/exports.ts';
import type { SpendAnswer, SpendQuestion } from '../../../contract/canopy/spend.ts';
import { addDays } from '../../lib/date-range.ts';
import { plural } from '../../lib/format.ts';
import { saveFile } from '../../lib/save-file.ts';
import { failureOfExport } from '../../queries/export-end.ts';
import { useExport } from '../../queries/exports.ts';
import { recordsMeasureQuery } from '../../queries/records-measure.ts';
import { Button } from '../../ui/Button.tsx';
import { Checkbox } from '../../ui/Checkbox.tsx';
import { Dialog, DialogSection } from '../../ui/Dialog.tsx';
import { ErrorLine } from '../../ui/ErrorState.tsx';
import { Fact, FactGrid } from '../../ui/FactGrid.tsx';
import { RadioGroup } from '../../ui/RadioGroup.tsx';
import { SegmentedControl } from '../../ui/SegmentedControl.tsx';
import { SkeletonRows } from '../../ui/Skeleton.tsx';
import { toasts } from '../../ui/toasts.ts';
import { RecordFacts, TableFacts } from './ExportFacts.tsx';
import { captionOf } from './caption.ts';
import { drawnChart, hexOver, inksOf, pngOf, readDrawing, textWidth } from './draw-picture.ts';
import { framed, svgOf } from './picture.ts';

interface Props {
  question: SpendQuestion;
  /** As it is drawn. */
  answer: SpendAnswer;
  colours: ReadonlyMap<string, number>;
  /** What the chart shows, in words. */
  title: string;
  /** What is compared with, in words; null for nothing. */
  compared: string | null;
  onClose: () => void;
}

type What = 'table' | RecordForm | 'chart';
type Picture = 'png' | 'svg';

/** What to take away, in which form: how large it is, what it lacks and what in it is estimated, before it is taken. */
export function ExportDialog({ question, answer, colours, title, compared, onClose }: Props) {
  const [what, setWhat] = useState<What>('table');
  const [format, setFormat] = useState<RecordFormat>('csv');
  const [picture, setPicture] = useState<Picture>('png');
  const [leavesOut, setLeavesOut] = useState(false);
  const [chart] = useState(drawnChart);
  const exporting = useExport();
  const { organization, descendants, from, to, filters } = question;
  const records = { ...(organization === undefined ? {} : { organization }), descendants, from, to, filters };
  const measuring = useQuery({ ...recordsMeasureQuery(records), enabled: what === 'focus-aligned' || what === 'focus-estimate' });
  const measure = measuring.data?.result;

  const start = (request: ExportRequest) =>
    exporting.mutate(request, {
      onSuccess: ({ result }) => {
        onClose();
        void tellIfBroken(result);
      },
    });
  const take = () => {
    if (what === 'table') return start({ kind: 'spend', format: 'csv', question });
    if (what === 'chart') return void takePicture();
    return start({ kind: 'records', form: what, format, question: records, withoutRate: leavesOut ? 'exclude' : 'zero' });
  };
  const takePicture = async () => {
    if (!chart) return;
    const inks = inksOf();
    const font = getComputedStyle(document.body).fontFamily;
    const caption = captionOf(answer, { colours, title, compared, now: new Date().toISOString() });
    const resolved = hexOver(inks.ground);
    const style = getComputedStyle(document.documentElement);
    const legend = caption.legend.map(({ colour, label }) => ({
      paint: resolved(style.getPropertyValue(`--color-chart-${colour}`).trim()),
      label,
    }));
    const made = framed(readDrawing(chart, resolved), { ...caption, legend }, inks, font, textWidth(font));
    const file = `canopy-spend-${from}-to-${addDays(to, -1)}.${picture}`;
    try {
      saveFile(file, picture === 'svg' ? new Blob([svgOf(made)], { type: 'image/svg+xml' }) : await pngOf(made));
      onClose();
    } catch {
      toasts.failure({ title: 'The picture could not be painted', note: 'Take it as SVG, which needs no canvas.' });
    }
  };

  return (
    <Dialog
      title="Export"
      size="preflight"
      onClose={onClose}
      note={what === 'focus-aligned' || what === 'focus-estimate' ? 'The file is sent while it is written.' : undefined}
      act={
        <Button
          kind="primary"
          working={exporting.isPending && 'Preparing…'}
          disabledReason={whyNot(what, measure, chart !== null)}
          onClick={take}
        >
          {`Download ${what === 'chart' ? picture.toUpperCase() : what === 'table' || format === 'csv' ? 'CSV' : 'Parquet'}`}
        </Button>
      }
    >
      {exporting.error && <ErrorLine className="px-5 pt-3" error={exporting.error.report} title="The export did not start" />}
      <DialogSection>
        <RadioGroup
          label="What to export"
          labelHidden
          name="what"
          value={what}
          onChange={setWhat}
          options={[
            { value: 'table', label: 'Table as seen', hint: 'Every group of the answer, a column for each day, week or month.' },
            {
              value: 'focus-aligned',
              label: 'Records, FOCUS-aligned',
              hint: 'Each record as Cloudflare sent it. Nothing is filled in.',
            },
            {
              value: 'focus-estimate',
              label: 'FOCUS 1.2 estimate',
              hint: 'All columns of FOCUS 1.2, with costs as billed or else from the rate card. Each row says which.',
            },
            {
              value: 'chart',
              label: 'Chart',
              hint: 'The chart as it is drawn, with title, legend and basis.',
              disabledReason: chart === null && 'No chart is drawn. Show the chart first.',
            },
          ]}
        />
      </DialogSection>
      <DialogSection>
        {what === 'table' && <TableFacts answer={answer} />}
        {what === 'chart' && (
          <>
            <Choice label="Format">
              <SegmentedControl
                label="Format"
                value={picture}
                onChange={setPicture}
                options={[
                  { value: 'png', label: 'PNG' },
                  { value: 'svg', label: 'SVG' },
                ]}
              />
            </Choice>
            <FactGrid>
              <Fact term="Size">{picture === 'png' ? 'Twice as sharp as the screen' : 'Any: lines, not dots'}</Fact>
              <Fact term="Theme">The one that is shown</Fact>
            </FactGrid>
          </>
        )}
        {(what === 'focus-aligned' || what === 'focus-estimate') && (
          <>
            <Choice label="Format">
              <SegmentedControl
                label="Format"
                value={format}
                onChange={setFormat}
                options={[
                  { value: 'csv', label: 'CSV' },
                  { value: 'parquet', label: 'Parquet' },
                ]}
              />
            </Choice>
            {measuring.error ? (
              <ErrorLine error={measuring.error.report} title="The size is not known" onRetry={() => void measuring.refetch()} />
            ) : measure ? (
              <RecordFacts measure={measure} form={what} format={format} />
            ) : (
              <SkeletonRows columns={['start', 'start']} rows={4} />
            )}
            {what === 'focus-estimate' && (
              <Checkbox
                label="Leave out records without a rate"
                hint="Otherwise their costs are 0 in the file, since FOCUS allows no empty cost, and x_CostBasis says NoRate."
                checked={leavesOut}
                onChange={(event) => setLeavesOut(event.target.checked)}
              />
            )}
          </>
        )}
      </DialogSection>
    </Dialog>
  );
}

/** A file is on its way for a while, and half of one is none: who went on working is told, and why. */
async function tellIfBroken({ ticket, fileName }: { ticket: string; fileName: string }): Promise<void> {
  const failure = await failureOfExport(ticket);
  if (!failure) return;
  const { message, action, requestId } = failure;
  toasts.failure({
    title: 'The download broke off',
    note: `${message} ${action} ${fileName} is not whole. Request ${requestId}.`,
  });
}

function whyNot(what: What, measure: RecordsMeasure | undefined, isDrawn: boolean): string | false {
  if (what === 'chart') return !isDrawn && 'No chart is drawn. Show the chart first.';
  if (what === 'table' || !measure) return false;
  if (what === 'focus-estimate' && measure.monthsToPrice > 0)
    return `${plural(measure.monthsToPrice, 'month')} of organizations still being priced: the file would lack their costs.`;
  return measure.rows[what] === 0 && 'There is no record on these days.';
}

function Choice({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="flex items-center gap-3">
      <span aria-hidden className="font-medium">
        {label}
      </span>
      {children}
    </div>
  );
}

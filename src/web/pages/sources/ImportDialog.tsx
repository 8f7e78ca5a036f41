import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { DragEvent } from 'react';
import { importLimit } from '../../../contract/canopy/imports.ts';
import type { ImportedSource } from '../../../contract/canopy/imports.ts';
import type { SourceUse } from '../../../contract/canopy/spend.ts';
import { plural } from '../../lib/format.ts';
import { forgetFile, useSendFile, useTakeImport } from '../../queries/imports.ts';
import { hierarchyQuery } from '../../queries/hierarchy.ts';
import { Button } from '../../ui/Button.tsx';
import { classes } from '../../ui/classes.ts';
import { Dialog, DialogSection } from '../../ui/Dialog.tsx';
import { FileButton } from '../../ui/FileButton.tsx';
import { ErrorLine } from '../../ui/ErrorState.tsx';
import { RadioGroup } from '../../ui/RadioGroup.tsx';
import { Select } from '../../ui/Select.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { Time } from '../../ui/Time.tsx';
import { toasts } from '../../ui/toasts.ts';
import { ReportDetails, ReportFacts } from './ReportView.tsx';
import { belowOf } from './organizations.ts';
import { formatSize, countsWords } from './words.ts';

interface Props {
  organizationId: string;
  /** The import that the file takes the place of; null for a new one. */
  replaced: ImportedSource | null;
  onClose: () => void;
}

/** A file on its way in: chosen, sent and checked, and taken once somebody has seen what stands in it. */
export function ImportDialog({ organizationId, replaced, onClose }: Props) {
  const hierarchy = useQuery(hierarchyQuery());
  const organizations = belowOf(hierarchy.data?.result.nodes ?? [], replaced?.organizationId ?? organizationId);
  const [file, setFile] = useState<File | null>(null);
  const [name, setName] = useState(replaced?.name ?? '');
  const [organization, setOrganization] = useState(replaced?.organizationId ?? organizationId);
  const [counts, setCounts] = useState<SourceUse | null>(null);
  const [sent, setSent] = useState(0);
  const [sending, setSending] = useState<AbortController | null>(null);
  const send = useSendFile();
  const take = useTakeImport();
  const report = send.data?.report;
  const chosenCounts = counts ?? replaced?.counts ?? (report?.overlap ? 'none' : 'beside');

  const choose = (chosen: File | undefined) => {
    if (!chosen) return;
    setFile(chosen);
    send.reset();
    if (name.trim() === '') setName(chosen.name.replace(/\.[^.]*$/, '').slice(0, 80));
  };
  const leave = () => {
    sending?.abort();
    if (send.data && !take.isPending) forgetFile(send.data.id);
    onClose();
  };
  const check = () => {
    if (!file) return;
    const stop = new AbortController();
    setSending(stop);
    setSent(0);
    send.mutate({ file, name: name.trim(), organization, replaces: replaced?.id, onSent: setSent, signal: stop.signal });
  };
  const takeIn = () => {
    if (!send.data) return;
    take.mutate(
      { params: { importId: send.data.id }, body: { counts: chosenCounts } },
      {
        onSuccess: ({ result }) => {
          toasts.success({ title: `${plural(result.records, 'record')} of ${result.name} taken in` });
          onClose();
        },
      },
    );
  };

  const tooLarge = file !== null && file.size > importLimit;
  const why =
    file === null
      ? 'Choose a file first.'
      : tooLarge
        ? `The file is larger than ${formatSize(importLimit)}. Split it by month or by account.`
        : file.size === 0
          ? 'The file is empty.'
          : name.trim() === '' && 'Give the source a name.';
  const working =
    send.isPending && (file && sent < file.size ? `Sending, ${Math.floor((sent / file.size) * 100)} %…` : 'Checking rows…');

  return (
    <Dialog
      title={replaced ? `Replace ${replaced.name}` : 'Import a file'}
      size="preflight"
      consequence={
        report
          ? `This is what stands in ${file?.name ?? 'the file'}. Nothing of it is stored yet.`
          : 'Usage and cost in the FOCUS format, 1.0 to 1.3, of Cloudflare or another provider. Every row is checked before anything is stored.'
      }
      note={report && report.refused > 0 && `${plural(report.refused, 'row')} will be left out.`}
      onClose={leave}
      act={
        report ? (
          <Button
            kind="primary"
            working={take.isPending && 'Taking in…'}
            disabledReason={report.taken === 0 && 'No row of the file can be taken.'}
            onClick={takeIn}
          >
            {replaced ? 'Replace with' : 'Take in'} {plural(report.taken, 'row')}
          </Button>
        ) : (
          <Button kind="primary" working={working} disabledReason={why} onClick={check}>
            Check the file
          </Button>
        )
      }
    >
      {report ? (
        <>
          {report.same && (
            <DialogSection>
              <p role="alert" className="text-warning-ink">
                The same file was taken in already as “{report.same.name}”, <Time at={report.same.storedAt} show="date" />. Both
                would count.
              </p>
            </DialogSection>
          )}
          <ReportFacts report={report} />
          {report.taken > 0 && (
            <DialogSection>
              {report.overlap && (
                <p className="text-warning-ink">
                  Cloudflare’s own records hold {plural(report.overlap.accounts, 'of these accounts', 'of these accounts')} on the
                  same days, {plural(report.overlap.accountDays, 'day of an account', 'days of accounts')} in all. Beside them,
                  that usage would count twice.
                </p>
              )}
              <RadioGroup<SourceUse>
                label="How it counts"
                name="counts"
                value={chosenCounts}
                onChange={setCounts}
                options={(['beside', 'instead', 'none'] as const).map((value) => ({
                  value,
                  label: countsWords[value].label,
                  hint: countsWords[value].hint,
                }))}
              />
              {take.error && <ErrorLine error={take.error.report} title="The file was not taken in" />}
            </DialogSection>
          )}
          <ReportDetails report={report} />
        </>
      ) : (
        <DialogSection>
          <FileField file={file} error={tooLarge && why ? why : null} onChoose={choose} />
          <TextField
            label="Name of the source"
            maxLength={80}
            value={name}
            hint="As it is grouped, filtered and listed."
            onChange={(event) => setName(event.target.value)}
          />
          <Select
            label="Organization it belongs to"
            value={organization}
            disabledReason={replaced !== null && 'A file takes the place of one in the same organization.'}
            hint="Who sees this organization sees the records."
            onChange={(event) => setOrganization(event.target.value)}
            options={organizations}
          />
          {send.error && <ErrorLine error={send.error.report} title="The file was not checked" />}
        </DialogSection>
      )}
    </Dialog>
  );
}

/** Chosen with a button, or dropped. */
function FileField({
  file,
  error,
  onChoose,
}: {
  file: File | null;
  error: string | null;
  onChoose: (file: File | undefined) => void;
}) {
  const [over, setOver] = useState(false);
  const drag = (isOver: boolean) => (event: DragEvent) => {
    event.preventDefault();
    setOver(isOver);
  };
  return (
    <div
      className={classes(
        'flex flex-wrap items-center gap-3 rounded-md border border-dashed px-3 py-3',
        error ? 'border-danger' : over ? 'border-accent bg-selected' : 'border-line-strong',
      )}
      onDragOver={drag(true)}
      onDragLeave={drag(false)}
      onDrop={(event) => {
        drag(false)(event);
        onChoose(event.dataTransfer.files[0]);
      }}
    >
      <FileButton label="FOCUS file" accept=".csv,.tsv,.txt,.parquet,text/csv" onChoose={onChoose}>
        {file ? 'Choose another file' : 'Choose file'}
      </FileButton>
      <div className="min-w-0 flex-1">
        <p className="truncate">{file ? file.name : 'or drop it here'}</p>
        <p className={error ? 'text-xs text-danger-ink' : 'text-xs text-muted'}>
          {error ?? (file ? formatSize(file.size) : `CSV or Parquet, up to ${formatSize(importLimit)}`)}
        </p>
      </div>
    </div>
  );
}

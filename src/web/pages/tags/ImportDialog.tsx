import type { ImportedLine, ImportResult } from '../../../contract/canopy/tags.ts';
import { formatCount, plural } from '../../lib/format.ts';
import { useImportTags } from '../../queries/tags.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog, DialogSection } from '../../ui/Dialog.tsx';
import { FileButton } from '../../ui/FileButton.tsx';
import { ErrorLine } from '../../ui/ErrorState.tsx';
import { TextArea } from '../../ui/TextArea.tsx';
import { toasts } from '../../ui/toasts.ts';
import { Upstream } from '../../ui/Upstream.tsx';

interface Props {
  /** Kept by the page, so that closing the dialog loses nothing. */
  text: string;
  onText: (text: string) => void;
  onClose: () => void;
}

const words: Readonly<Record<ImportResult, string>> = {
  new: 'New',
  changed: 'Changes',
  same: 'Same already',
  refused: 'Refused',
};

/** Lines from a file or a spreadsheet: looked at first, line by line, then taken. */
export function ImportDialog({ text, onText, onClose }: Props) {
  const look = useImportTags();
  const take = useImportTags();
  const failed = take.error ?? look.error;
  const seen = look.data && look.variables?.body.text === text ? look.data.result : null;
  const changes = seen ? seen.counts.new + seen.counts.changed : 0;
  const send = () =>
    take.mutate(
      { body: { text, apply: true } },
      {
        onSuccess: ({ result: { counts } }) => {
          toasts.success({
            title: `${plural(counts.new + counts.changed, 'tag')} set`,
            ...(counts.refused > 0 ? { note: `${plural(counts.refused, 'line')} refused.` } : {}),
          });
          onText('');
          onClose();
        },
      },
    );
  return (
    <Dialog
      title="Import tags"
      size="preflight"
      consequence="One line for each tag: account id, key, value. Commas, semicolons or tabs part them; a heading is left out."
      note={seen && seen.counts.refused > 0 && `${plural(seen.counts.refused, 'line')} will be left out.`}
      onClose={onClose}
      act={
        seen && changes > 0 ? (
          <Button kind="primary" working={take.isPending && 'Saving…'} onClick={send}>
            Set {plural(changes, 'tag')}
          </Button>
        ) : (
          <Button
            kind="primary"
            working={look.isPending && 'Looking…'}
            disabledReason={
              text.trim() === '' ? 'Choose a file or paste its lines first.' : seen !== null && 'There is nothing to set.'
            }
            onClick={() => look.mutate({ body: { text, apply: false } })}
          >
            Look at the lines
          </Button>
        )
      }
    >
      <DialogSection>
        <div>
          <FileButton
            label="File with tags"
            accept=".csv,.tsv,.txt,text/csv"
            onChoose={(chosen) => void chosen?.text().then(onText)}
          >
            Choose file
          </FileButton>
        </div>
        <TextArea
          label="Lines"
          font="mono"
          rows={8}
          spellCheck={false}
          placeholder="8f3ac1…,team,payments"
          value={text}
          onChange={(event) => onText(event.target.value)}
        />
        {failed && <ErrorLine error={failed.report} title="The lines were not taken" />}
      </DialogSection>
      {seen && (
        <DialogSection>
          <p role="status" className="flex flex-wrap gap-x-4">
            {(Object.keys(words) as ImportResult[]).map((result) => (
              <span
                key={result}
                className={seen.counts[result] === 0 ? 'text-faint' : result === 'refused' ? 'text-danger-ink' : ''}
              >
                {words[result]}: {formatCount(seen.counts[result])}
              </span>
            ))}
          </p>
          <table className="w-full text-left">
            <thead className="text-xs text-muted">
              <tr>
                <th className="py-0.5 pr-3 font-medium">Line</th>
                <th className="py-0.5 pr-3 font-medium">Account</th>
                <th className="py-0.5 pr-3 font-medium">Tag</th>
                <th className="py-0.5 font-medium">What becomes of it</th>
              </tr>
            </thead>
            <tbody>
              {seen.lines.map((line) => (
                <tr key={line.line} className="border-t border-line-soft align-top">
                  <td className="tabular py-0.5 pr-3 text-muted">{line.line}</td>
                  <td className="mono max-w-40 max-sm:max-w-22 truncate py-0.5 pr-3">{line.accountId}</td>
                  <td className="max-w-40 max-sm:max-w-22 truncate py-0.5 pr-3">
                    <Upstream>{`${line.key}=${line.value}`}</Upstream>
                  </td>
                  <td className={line.result === 'refused' ? 'py-0.5 text-danger-ink' : 'py-0.5'}>{outcome(line)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </DialogSection>
      )}
    </Dialog>
  );
}

const outcome = ({ result, note }: ImportedLine): string =>
  result === 'refused' ? `Refused: ${note}` : result === 'changed' ? `Replaces ${note}` : words[result];

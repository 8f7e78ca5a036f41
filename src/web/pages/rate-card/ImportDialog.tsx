import type { RateCard } from '../../../contract/canopy/rate-card.ts';
import { plural } from '../../lib/format.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog, DialogSection } from '../../ui/Dialog.tsx';
import { FileButton } from '../../ui/FileButton.tsx';
import { TextArea } from '../../ui/TextArea.tsx';
import { ChangeList } from './ChangeList.tsx';
import { changesBetween } from './changes.ts';
import { readCardText } from './import-card.ts';
import type { Names } from './words.ts';

interface Props {
  /** What is on the screen, for the comparison. */
  card: RateCard;
  dirty: boolean;
  names: Names;
  /** Kept by the page, so that closing the dialog loses nothing. */
  text: string;
  onText: (text: string) => void;
  onImport: (card: RateCard) => void;
  onClose: () => void;
}

const shownProblems = 100;

/** A card from a file or from text. It is checked whole; what is wrong is named, and can be corrected right here. */
export function ImportDialog({ card, dirty, names, text, onText, onImport, onClose }: Props) {
  const read = text.trim() === '' ? null : readCardText(text);
  const problems = read && 'problems' in read ? read.problems : [];
  const next = read && 'card' in read ? read.card : null;
  const changes = next ? changesBetween(card, next) : [];
  const why = !read
    ? 'Choose a file or paste its text first.'
    : problems.length > 0
      ? 'Correct what is wrong first.'
      : changes.length === 0 && 'It is the card on the screen.';
  return (
    <Dialog
      title="Import rate card"
      size="preflight"
      consequence="The whole card is replaced by the one in the file. Nothing is in force before you save it."
      note={dirty && 'It replaces your changes that are not saved.'}
      onClose={onClose}
      act={
        <Button kind="primary" disabledReason={why} onClick={() => next && onImport(next)}>
          Use this card
        </Button>
      }
    >
      <DialogSection>
        <div>
          <FileButton
            label="File with a rate card"
            accept=".json,application/json"
            onChoose={(chosen) => void chosen?.text().then(onText)}
          >
            Choose file
          </FileButton>
        </div>
        <TextArea
          label="Text of the file"
          font="mono"
          rows={8}
          spellCheck={false}
          value={text}
          onChange={(event) => onText(event.target.value)}
        />
      </DialogSection>
      {problems.length > 0 && (
        <DialogSection>
          <div role="alert">
            <h3 className="mb-1.5 font-semibold text-danger-ink">{plural(problems.length, 'field')} to correct</h3>
            <ul className="grid gap-1">
              {problems.slice(0, shownProblems).map(({ field, message }) => (
                <li key={`${field} ${message}`} className="break-words">
                  <code className="mono">{field}</code> {message}
                </li>
              ))}
            </ul>
            {problems.length > shownProblems && <p className="text-muted">{`${problems.length - shownProblems} more`}</p>}
          </div>
        </DialogSection>
      )}
      {next && changes.length > 0 && (
        <DialogSection>
          <h3 className="mb-2 font-semibold">{plural(changes.length, 'change')}</h3>
          <ChangeList changes={changes} names={names} />
        </DialogSection>
      )}
    </Dialog>
  );
}

import { useState } from 'react';
import type { RateCard, RateCardInForce } from '../../../contract/canopy/rate-card.ts';
import { plural } from '../../lib/format.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog, DialogSection } from '../../ui/Dialog.tsx';
import { RadioGroup } from '../../ui/RadioGroup.tsx';
import { Upstream } from '../../ui/Upstream.tsx';
import { ChangeList, factsOf, kindWords, titleOf } from './ChangeList.tsx';
import { changesBetween } from './changes.ts';
import type { Item } from './changes.ts';
import { mergeCards } from './merge.ts';
import type { Conflict } from './merge.ts';
import type { Names } from './words.ts';

interface Props {
  opened: RateCard;
  mine: RateCard;
  theirs: RateCardInForce;
  names: Names;
  onMerge: (card: RateCard) => void;
  onClose: () => void;
}

/** Somebody saved meanwhile: both sides' changes stay, and where they meet the person chooses. */
export function MergeDialog({ opened, mine, theirs, names, onMerge, onClose }: Props) {
  const [choices, setChoices] = useState<ReadonlyMap<string, 'mine' | 'theirs'>>(new Map());
  const { card, conflicts } = mergeCards(opened, mine, theirs.card, choices);
  const undecided = conflicts.filter(({ key }) => !choices.has(key)).length;
  return (
    <Dialog
      title={`Merge with version ${theirs.version}`}
      size="preflight"
      consequence={`${theirs.by?.name ?? 'Canopy'} saved it after you began${theirs.note ? `: ${theirs.note}` : '.'}`}
      note="Nothing is saved yet."
      onClose={onClose}
      act={
        <Button
          kind="primary"
          disabledReason={undecided > 0 && `Choose between both sides first: ${plural(undecided, 'item')} left.`}
          onClick={() => onMerge(card)}
        >
          Keep merged card
        </Button>
      }
    >
      {conflicts.length > 0 && (
        <DialogSection>
          <h3 className="mb-2 font-semibold">{plural(conflicts.length, 'item')} that both changed</h3>
          <div className="grid gap-4">
            {conflicts.map((conflict) => (
              <Choice
                key={conflict.key}
                conflict={conflict}
                names={names}
                choice={choices.get(conflict.key) ?? null}
                onChoose={(side) => setChoices(new Map(choices).set(conflict.key, side))}
              />
            ))}
          </div>
        </DialogSection>
      )}
      <DialogSection>
        <h3 className="mb-2 font-semibold">What they changed</h3>
        <ChangeList changes={changesBetween(opened, theirs.card)} names={names} />
      </DialogSection>
    </Dialog>
  );
}

function Choice({
  conflict: { kind, key, mine, theirs },
  names,
  choice,
  onChoose,
}: {
  conflict: Conflict;
  names: Names;
  choice: 'mine' | 'theirs' | null;
  onChoose: (side: 'mine' | 'theirs') => void;
}) {
  const item = mine ?? theirs;
  return (
    <RadioGroup
      label={item ? `${kindWords[kind]} ${titleOf(item, names)}` : ''}
      name={key}
      layout="cards"
      value={choice}
      onChange={onChoose}
      options={[
        { value: 'mine', label: <Side of="Yours" item={mine} other={theirs} names={names} /> },
        { value: 'theirs', label: <Side of="Saved by somebody else" item={theirs} other={mine} names={names} /> },
      ]}
    />
  );
}

function Side({ of, item, other, names }: { of: string; item: Item | null; other: Item | null; names: Names }) {
  const others = new Map(other ? factsOf(other, names) : []);
  const facts = item ? factsOf(item, names).filter(([name, words]) => others.get(name) !== words && (other || words)) : [];
  return (
    <span className="block min-w-0">
      <span className="block text-xs text-muted">{of}</span>
      {!item && <span className="block font-medium">Removed</span>}
      {facts.map(([name, words]) => (
        <span key={name} className="block break-words">
          <span className="text-muted">{name}:</span> <Upstream>{words || 'None'}</Upstream>
        </span>
      ))}
    </span>
  );
}

import { useState } from 'react';
import type { ProfileField } from '../../../contract/cloudflare/profile.ts';
import { Badge } from '../../ui/Badge.tsx';
import { JsonTree } from '../../ui/JsonTree.tsx';
import { TextAction } from '../../ui/Link.tsx';
import { RadioGroup } from '../../ui/RadioGroup.tsx';
import { SegmentedControl } from '../../ui/SegmentedControl.tsx';
import { TextArea } from '../../ui/TextArea.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { fieldLabels, fieldLimits, parsedJson } from './fields.ts';
import type { FieldMerge } from './merge.ts';

interface Props {
  merge: FieldMerge;
  /** Whether a newer version exists upstream. */
  moved: boolean;
  choice: 'mine' | 'theirs' | null;
  error: string | undefined;
  onType: (text: string) => void;
  onChoose: (side: 'mine' | 'theirs') => void;
}

/** One field: typed into, or chosen between two versions where both sides changed it. */
export function ProfileFieldEditor({ merge, moved, choice, error, onType, onChoose }: Props) {
  const [typing, setTyping] = useState(false);
  const { field, base, mine, theirs, kind } = merge;
  if (kind === 'conflict' && !typing) {
    return (
      <Row field={field} badge={<Badge tone="warning">Your choice</Badge>}>
        <RadioGroup
          label={`Which ${fieldLabels[field].toLowerCase()} to keep`}
          labelHidden
          name={field}
          layout="cards"
          value={choice}
          onChange={onChoose}
          options={[
            { value: 'mine', label: <Version of="Yours" text={mine} /> },
            { value: 'theirs', label: <Version of="Saved by somebody else" text={theirs} /> },
          ]}
        />
        <p className="mt-1.5 text-xs text-muted">
          It was <span className="font-medium text-ink">{base || 'empty'}</span> when you opened the page.{' '}
          <TextAction
            size="xs"
            onPress={() => {
              setTyping(true);
              onChoose('mine');
            }}
          >
            Type another value
          </TextAction>
        </p>
      </Row>
    );
  }
  const takesTheirs = moved && kind === 'theirs' && choice !== 'mine';
  const words = {
    id: `profile-${field}`,
    name: field,
    label: fieldLabels[field],
    upstreamName: field,
    layout: 'beside',
    error,
    value: takesTheirs ? theirs : mine,
    aside: moved && sideBadge(merge, choice),
    hint: hintOf(merge, moved, choice, onType, onChoose),
    onChange: (event: { target: { value: string } }) => {
      if (takesTheirs) onChoose('mine');
      onType(event.target.value);
    },
  } as const;
  return (
    <div className="border-b border-line-soft py-4">
      {field === 'external_metadata' ? (
        <MetadataEditor words={words} />
      ) : field === 'business_address' ? (
        <TextArea {...words} rows={3} font={parsedJson(words.value) ? 'mono' : 'sans'} />
      ) : (
        <TextField
          {...words}
          type={field === 'business_email' ? 'email' : field === 'business_phone' ? 'tel' : 'text'}
          autoComplete="off"
        />
      )}
    </div>
  );
}

/** Text is the truth and kept byte for byte; the tree is only a way of reading it. */
function MetadataEditor({ words }: { words: Parameters<typeof TextArea>[0] & { value: string } }) {
  const [view, setView] = useState<'text' | 'json'>('text');
  const json = parsedJson(words.value);
  const aside = (
    <span className="flex flex-wrap items-center gap-1.5">
      {words.aside}
      <SegmentedControl
        label="External metadata shown as"
        size="row"
        value={json ? view : 'text'}
        onChange={setView}
        options={[
          { value: 'text', label: 'Text' },
          { value: 'json', label: 'JSON', disabledReason: !json && 'The text is not JSON.' },
        ]}
      />
    </span>
  );
  return view === 'json' && json ? (
    <div className="grid gap-x-5 gap-y-1 sm:grid-cols-[11.25rem_minmax(0,1fr)]">
      <Name field="external_metadata" badge={aside} />
      <JsonTree value={json.value} label="External metadata" />
    </div>
  ) : (
    <TextArea
      {...words}
      aside={aside}
      hint={words.hint ?? 'Kept byte for byte, also where it is JSON.'}
      rows={4}
      font="mono"
      spellCheck={false}
      count={{ length: words.value.length, max: fieldLimits.external_metadata }}
    />
  );
}

function Row({ field, badge, children }: { field: ProfileField; badge: React.ReactNode; children: React.ReactNode }) {
  return (
    <div className="grid gap-x-5 gap-y-1 border-b border-line-soft py-4 sm:grid-cols-[11.25rem_minmax(0,1fr)]">
      <Name field={field} badge={badge} />
      <div className="min-w-0">{children}</div>
    </div>
  );
}

function Name({ field, badge }: { field: ProfileField; badge: React.ReactNode }) {
  return (
    <div>
      <div className="font-medium">{fieldLabels[field]}</div>
      <div className="mono text-muted">{field}</div>
      {badge && <div className="mt-1">{badge}</div>}
    </div>
  );
}

function Version({ of, text }: { of: string; text: string }) {
  return (
    <span className="block min-w-0">
      <span className="block text-xs text-muted">{of}</span>
      <span className="block font-medium break-words whitespace-pre-wrap">{text || 'Empty'}</span>
    </span>
  );
}

function sideBadge({ kind }: FieldMerge, choice: 'mine' | 'theirs' | null) {
  if (kind === 'mine')
    return choice === 'theirs' ? <Badge tone="success">Saved kept</Badge> : <Badge tone="accent">Yours kept</Badge>;
  if (kind === 'theirs')
    return choice === 'mine' ? <Badge tone="accent">Yours kept</Badge> : <Badge tone="success">Theirs taken</Badge>;
  if (kind === 'agreed') return <Badge>Both the same</Badge>;
  return null;
}

function hintOf(
  { kind, base, theirs }: FieldMerge,
  moved: boolean,
  choice: 'mine' | 'theirs' | null,
  onType: (text: string) => void,
  onChoose: (side: 'mine' | 'theirs') => void,
) {
  if (!moved) return undefined;
  if (kind === 'mine') {
    return (
      <>
        Only you changed this. It was <span className="font-medium text-ink">{base || 'empty'}</span>.{' '}
        <TextAction size="xs" onPress={() => onType(base)}>
          Undo
        </TextAction>
      </>
    );
  }
  if (kind === 'theirs') {
    return choice === 'mine' ? (
      <>
        The saved value is <span className="font-medium text-ink">{theirs || 'empty'}</span>.{' '}
        <TextAction size="xs" onPress={() => onChoose('theirs')}>
          Take it
        </TextAction>
      </>
    ) : (
      <>
        Somebody else changed this from <span className="font-medium text-ink">{base || 'empty'}</span>. You did not touch it.{' '}
        <TextAction size="xs" onPress={() => onChoose('mine')}>
          Put the earlier value back
        </TextAction>
      </>
    );
  }
  return undefined;
}

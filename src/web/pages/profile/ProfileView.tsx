import type { ReactNode } from 'react';
import { profileFields } from '../../../contract/cloudflare/profile.ts';
import type { ProfileField } from '../../../contract/cloudflare/profile.ts';
import { JsonTree } from '../../ui/JsonTree.tsx';
import { Time } from '../../ui/Time.tsx';
import { Upstream } from '../../ui/Upstream.tsx';
import { fieldLabels, parsedJson } from './fields.ts';
import type { ProfileValues } from './merge.ts';

/** The profile as it is: no field looks editable until somebody edits. */
export function ProfileView({ values, asOf }: { values: ProfileValues; asOf: string | null }) {
  return (
    <div className="px-(--gutter) pb-6 lg:min-h-0 lg:flex-1 lg:overflow-y-auto">
      <dl className="max-w-[56rem]">
        {profileFields.map((field) => (
          <div key={field} className="grid gap-x-5 gap-y-1 border-b border-line-soft py-4 sm:grid-cols-[11.25rem_minmax(0,1fr)]">
            <dt>
              <span className="font-medium">{fieldLabels[field]}</span>
              <span className="mono block text-muted">{field}</span>
            </dt>
            <dd className="min-w-0 break-words">{shown(field, values[field])}</dd>
          </div>
        ))}
      </dl>
      <p className="pt-3 text-xs text-faint">
        Read from Cloudflare <Time at={asOf} />. Cloudflare’s dashboard calls this “Customer identification data”.
      </p>
    </div>
  );
}

function shown(field: ProfileField, text: string): ReactNode {
  if (text === '') return <span className="text-faint">Not given</span>;
  const json = parsedJson(text);
  if (json) {
    return (
      <>
        <JsonTree value={json.value} label={fieldLabels[field]} />
        {field === 'external_metadata' && (
          <p className="mt-1 text-xs text-faint">JSON, {text.length} characters, kept byte for byte</p>
        )}
      </>
    );
  }
  return (
    <span className={field === 'external_metadata' ? 'mono whitespace-pre-wrap' : 'whitespace-pre-wrap'}>
      <Upstream>{text}</Upstream>
    </span>
  );
}

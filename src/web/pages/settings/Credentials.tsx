import { useQuery } from '@tanstack/react-query';
import { CircleCheck, CircleSlash } from 'lucide-react';
import type { Mode, Session } from '../../../contract/canopy/session.ts';
import { capabilitiesQuery } from '../../queries/capabilities.ts';
import { Link } from '../../ui/Link.tsx';
import { StatusMark } from '../../ui/StatusMark.tsx';

const documentation = 'https://developers.cloudflare.com/fundamentals/api/get-started/';

/** Which credentials are configured, what each is for, and how to connect one. Never the credential itself. */
export function Credentials({ mode, upstreamHost }: Pick<Session, 'mode' | 'upstreamHost'>) {
  const credentials = useQuery(capabilitiesQuery()).data?.result.credentials;
  return (
    <div className="flex flex-col gap-3 px-(--gutter) py-3">
      <p className="prose-width text-muted">
        {mode === 'sandbox'
          ? 'No Cloudflare credential is set, so Canopy talks to its embedded sandbox. Set one in the environment and start again; the same build then talks to Cloudflare.'
          : `Canopy talks to ${upstreamHost} with what is set in its environment. The credential stays on the server; the browser never gets it.`}
      </p>
      <table className="w-full max-w-200 border-collapse" aria-label="Credential kinds">
        <thead>
          <tr className="border-b border-line text-left text-xs text-muted">
            <th scope="col" className="py-1.5 pr-4 font-medium">
              Credential
            </th>
            <th scope="col" className="py-1.5 pr-4 font-medium">
              For
            </th>
            <th scope="col" className="w-24 py-1.5 font-medium">
              State
            </th>
          </tr>
        </thead>
        <tbody className="align-top">
          <tr className="border-b border-line-soft">
            <th scope="row" className="py-2 pr-4 text-left font-medium">
              API token
              <code className="block text-xs font-normal whitespace-nowrap text-muted">CLOUDFLARE_API_TOKEN</code>
            </th>
            <td className="py-2 pr-4 text-muted">
              Reading organizations, usage and the audit log. Enough for seeing, not for changing.
            </td>
            <td className="py-2">
              <Configured configured={credentials?.token} mode={mode} />
            </td>
          </tr>
          <tr>
            <th scope="row" className="py-2 pr-4 text-left font-medium">
              E-mail and Global API key
              <code className="block text-xs font-normal whitespace-nowrap text-muted">CLOUDFLARE_EMAIL</code>
              <code className="block text-xs font-normal whitespace-nowrap text-muted">CLOUDFLARE_API_KEY</code>
            </th>
            <td className="py-2 pr-4 text-muted">
              Accounts, members, profiles, shares and every change: Cloudflare takes no token there. Each variable may end in{' '}
              <code>_FILE</code> and name a file.
            </td>
            <td className="py-2">
              <Configured configured={credentials?.key} mode={mode} />
            </td>
          </tr>
        </tbody>
      </table>
      <p className="text-xs text-muted">
        With both, each operation uses the weaker one that works.{' '}
        <Link href={documentation} className="link">
          Cloudflare’s page about credentials
        </Link>
      </p>
    </div>
  );
}

/** The sandbox takes credentials of its own, so that both kinds can be tried there. */
/** Nothing until it is known. */
function Configured({ configured, mode }: { configured: boolean | undefined; mode: Mode }) {
  if (configured === undefined) return null;
  return (
    <StatusMark
      icon={configured ? CircleCheck : CircleSlash}
      tone={configured ? 'success' : 'faint'}
      word={configured ? 'ink' : 'muted'}
    >
      {!configured ? 'Not set' : mode === 'sandbox' ? 'Built in' : 'Configured'}
    </StatusMark>
  );
}

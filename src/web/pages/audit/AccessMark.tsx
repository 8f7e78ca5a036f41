import { CircleSlash, CircleX, Download, Eye, KeyRound, LogIn, LogOut } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import type { AccessKind } from '../../../contract/canopy/access.ts';
import { StatusMark } from '../../ui/StatusMark.tsx';
import { kindWords } from './access-words.ts';

const icons: Readonly<Record<AccessKind, LucideIcon>> = {
  'sign-in': LogIn,
  'sign-in-failed': CircleX,
  'sign-out': LogOut,
  denied: CircleSlash,
  view: Eye,
  export: Download,
  credentials: KeyRound,
};

/** What happened, as an icon and a word; only what did not succeed stands out. */
export function AccessMark({ kind }: { kind: AccessKind }) {
  const tone = kind === 'denied' ? 'warning' : kind === 'sign-in-failed' ? 'danger' : 'muted';
  return (
    <StatusMark icon={icons[kind]} tone={tone} word={tone === 'muted' ? 'ink' : tone}>
      {kindWords[kind]}
    </StatusMark>
  );
}

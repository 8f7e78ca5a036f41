import type { AuditRow, MemberRow } from '../store/tables.ts';
import { Random } from './random.ts';

/** Who an event says did it: the actor columns and the program that called. */
export type Actor = Pick<
  AuditRow,
  | 'actor_context'
  | 'actor_email'
  | 'actor_id'
  | 'actor_ip_address'
  | 'actor_token_id'
  | 'actor_token_name'
  | 'actor_type'
  | 'raw_user_agent'
>;

const browsers = [
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.1 Safari/605.1.15',
  'Mozilla/5.0 (X11; Linux x86_64; rv:146.0) Gecko/20100101 Firefox/146.0',
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0.0.0 Safari/537.36',
];

/** A documentation address, so that it can belong to nobody. */
function addressOf(random: Random): string {
  return `${random.pick(['192.0.2', '198.51.100', '203.0.113'])}.${random.integer(2, 250)}`;
}

/** A person in the dashboard; the same person always sits at the same address and browser. */
export function inDashboard(person: Pick<MemberRow, 'user_id' | 'email'>): Actor {
  const random = new Random('dashboard', person.user_id);
  return {
    actor_context: 'dash',
    actor_email: person.email,
    actor_id: person.user_id,
    actor_ip_address: addressOf(random),
    actor_token_id: null,
    actor_token_name: null,
    actor_type: 'user',
    raw_user_agent: random.pick(browsers),
  };
}

/** A person with a script of their own and the Global API key. */
export function withApiKey(person: Pick<MemberRow, 'user_id' | 'email'>): Actor {
  return { ...inDashboard(person), actor_context: 'api_key', raw_user_agent: 'curl/8.14.1' };
}

export interface Token {
  readonly id: string;
  readonly name: string;
  readonly context: 'api_token' | 'api_key' | 'oauth';
  readonly ownerId: string;
  readonly ownerEmail: string;
  readonly userAgent: string;
}

export function withToken(token: Token): Actor {
  return {
    actor_context: token.context,
    actor_email: token.ownerEmail,
    actor_id: token.ownerId,
    actor_ip_address: addressOf(new Random('token', token.id)),
    actor_token_id: token.id,
    actor_token_name: token.name,
    actor_type: 'user',
    raw_user_agent: token.userAgent,
  };
}

/** Cloudflare's own people: no address is told. */
export const cloudflareAdmin: Actor = {
  actor_context: 'api',
  actor_email: null,
  actor_id: null,
  actor_ip_address: null,
  actor_token_id: null,
  actor_token_name: null,
  actor_type: 'cloudflare_admin',
  raw_user_agent: null,
};

/** Something that happens by itself, such as an invitation running out. */
export const system: Actor = { ...cloudflareAdmin, actor_context: null, actor_type: 'system' };

import type { Writer } from '../database.ts';
import { audit } from '../store/tables.ts';
import { withToken, type Token } from './actors.ts';
import { dayMilliseconds, dayOf, startOfDay } from './days.ts';
import { Random } from './random.ts';

/** A machine that writes the tags of one account after the other, every night. */
export interface Pipeline {
  readonly seed: number;
  readonly token: Token;
  /** How many accounts in the night of a day. */
  readonly nightly: (day: number, random: Random) => number;
}

/** The night lasts two and a half hours, from some time between one and half past two. */
const night = 150 * 60_000;

/** One call in so many fails upstream. */
const failsEvery = 251;

const insert = `
  insert into audit (${Object.keys(audit.columns).join(', ')})
  with nights as (
    select unnest($1::double[])::bigint as day, unnest($2::double[])::bigint as calls,
      unnest($3::double[])::bigint as first, unnest($4::double[]) as start
  ),
  calls as (select day, calls, start, step, (first + step) % (select count(*) from accounts) as turn
    from (select *, unnest(range(calls)) as step from nights)),
  fleet as (
    select row_number() over (order by id) - 1 as place, id as account, organization_id, created_on
    from accounts
  ),
  made as (
    select organization_id, account, step % ${failsEvery} = ${failsEvery - 1} as failed,
      start + floor(step * ${night} / calls) + 7 * (step % 97) as time,
      md5($5 || '/event/' || day || '/' || step) as digest,
      md5($5 || '/ray/' || day || '/' || step) as ray,
      '{"cost_center":"cc-' || (1000 + ((day + place % 97) // 120 * 17 + place % 97) % 400)
        || '","environment":"' || (['production', 'staging', 'shared'])[1 + place % 3]
        || '","owner":"' || (['platform', 'web', 'data', 'field', 'retail', 'identity'])[1 + ((day + place % 97) // 45) % 6]
        || '","synced":"' || day || '"}' as tags
    from calls join fleet on place = turn
    where created_on < day * ${dayMilliseconds}
  )
  select
    time,
    concat_ws('-', substr(digest, 1, 8), substr(digest, 9, 4), '4' || substr(digest, 14, 3), 'a' || substr(digest, 18, 3), substr(digest, 21)),
    organization_id, 'Update account tags', if(failed, 'failure', 'success'), 'update',
    $6, $7, $8, $9, $10, $11, $12,
    substr(ray, 1, 16), 'PUT', if(failed, 503, 200), '/accounts/' || account || '/tags', $13,
    account, 'accounts', 'account_tags',
    '{"tags":' || tags || '}',
    if(failed, '{"errors":[{"code":1000,"message":"Internal server error"}]}', '{"account_id":"' || account || '","tags":' || tags || '}')
  from made
  where time > $14 and time <= $15`;

/**
 * Adds what the pipeline did after `from` and up to `to`. Most events are the pipeline's, so the database writes them
 * itself, which is ten times as fast as rows from here; like all others they follow from the seed and the day. Tags drift:
 * the cost center every few months, the owner every few weeks, the mark of the last run every night.
 */
export async function runPipeline(writer: Writer, pipeline: Pipeline, from: number, to: number): Promise<void> {
  const days = Array.from({ length: dayOf(to) - dayOf(from) + 1 }, (_, index) => dayOf(from) + index);
  const nights = days.map((day) => {
    const random = new Random(pipeline.seed, 'night', day);
    const start = startOfDay(day) + random.integer(60, 150) * 60_000;
    return { day, start, first: random.integer(0, 1_000_000), calls: pipeline.nightly(day, random) };
  });
  const actor = withToken(pipeline.token);
  await writer.run(insert, [
    nights.map(({ day }) => day),
    nights.map(({ calls }) => calls),
    nights.map(({ first }) => first),
    nights.map(({ start }) => start),
    String(pipeline.seed),
    actor.actor_context,
    actor.actor_email,
    actor.actor_id,
    actor.actor_ip_address,
    actor.actor_token_id,
    actor.actor_token_name,
    actor.actor_type,
    actor.raw_user_agent,
    from,
    to,
  ]);
}

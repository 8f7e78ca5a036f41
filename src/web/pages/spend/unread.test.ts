import { expect, it } from 'vitest';
import { spendUrlShape } from './question.ts';
import { unreadParts } from './unread.ts';

const unread = (search: string) =>
  unreadParts(spendUrlShape, new URLSearchParams(search)).map(([name, text]) => `${name}=${text}`);

it('names what an address says and the page does not show', () => {
  expect(unread('by=famly&and=zones&per=hour&view=pie&measure=money&tail=all&sort=-costs&view=-table')).toEqual([
    'by=famly',
    'and=zones',
    'per=hour',
    'view=pie',
    'measure=money',
    'tail=all',
    'sort=-costs',
    'view=-table',
  ]);
  expect(unread('where=family%3Dworkers&where=famly%3Dr2&where=zone&where=zone%3D%25')).toEqual([
    'where=famly=r2',
    'where=zone',
    'where=zone=%',
  ]);
  expect(unread('least=1%2C000&currency=eur&unusual=2026-02-30&descendants=maybe')).toEqual([
    'least=1,000',
    'currency=eur',
    'unusual=2026-02-30',
    'descendants=maybe',
  ]);
});

it('takes a range only whole', () => {
  expect(unread('from=2026-02-30&before=2026-03-04')).toEqual(['from=2026-02-30', 'before=2026-03-04']);
  expect(unread('from=2026-03-04&before=2026-03-04')).toEqual(['from=2026-03-04', 'before=2026-03-04']);
  expect(unread('from=2026-03-04')).toEqual(['from=2026-03-04']);
  expect(unread('from=2026-03-04&before=2026-03-05')).toEqual([]);
  expect(unread('compare=custom&compare-from=2026-03-04')).toEqual(['compare=custom', 'compare-from=2026-03-04']);
  expect(unread('compare=custom&compare-from=2026-03-04&compare-before=2026-04-01')).toEqual([]);
  expect(unread('compare=decade')).toEqual(['compare=decade']);
});

it('has nothing to say of what is read, also where it is what would be shown anyway', () => {
  expect(unread('')).toEqual([]);
  expect(
    unread('by=family&and=none&per=day&view=chart&measure=auto&compare=before&tail=auto&sort=amount&descendants=true'),
  ).toEqual([]);
  expect(
    unread('by=tag:team&and=zone&sort=-amount&sort=name&least=0.50&currency=EUR&only=&metric=x&unit=&descendants=false'),
  ).toEqual([]);
  // what belongs to others, or to a saved view, is theirs to tell
  expect(unread('saved=v1&utm_source=mail')).toEqual([]);
});

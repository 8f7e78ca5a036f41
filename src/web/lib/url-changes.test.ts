import { createMemoryRouter } from 'react-router';
import { afterEach, describe, expect, test } from 'vitest';
import { urlChanges } from './url-changes.ts';
import { many, text } from './url-values.ts';

const shape = { q: text(), status: many() };

/** The real router on two pages; a step to one with `slow` in its search waits until it is let through. */
function site() {
  const waiting: (() => void)[] = [];
  const loader = ({ request }: { request: Request }) =>
    request.url.includes('slow') ? new Promise<null>((resolve) => waiting.push(() => resolve(null))) : null;
  const router = createMemoryRouter([
    { path: '/', loader, children: [] },
    { path: '/other', loader: () => null },
  ]);
  routers.push(router);
  const change = urlChanges(() => router.state.location.search);
  return {
    router,
    address: () => `${router.state.location.pathname}${router.state.location.search}`,
    change: (patch: { q?: string; status?: readonly string[] }, replace = true) =>
      change(shape, patch, (search) => router.navigate({ search }, { replace })),
    letThrough: () => waiting.splice(0).forEach((go) => go()),
    settled: () => new Promise((resolve) => setTimeout(resolve)),
  };
}

const routers: { dispose: () => void }[] = [];
afterEach(() => routers.splice(0).forEach((router) => router.dispose()));

describe('changes of the address', () => {
  test('in one tick build on each other, and keep what is not theirs', async () => {
    const { router, change, address, settled } = site();
    await router.navigate('/?descendants=false');
    change({ q: 'north' });
    change({ status: ['active'] });
    await settled();
    expect(address()).toBe('/?descendants=false&q=north&status=active');
  });

  test('while a step is slow build on it', async () => {
    const { change, address, letThrough, settled } = site();
    change({ q: 'slow' });
    await settled();
    expect(address()).toBe('/');
    change({ status: ['active'] });
    letThrough();
    await settled();
    letThrough();
    await settled();
    expect(address()).toBe('/?q=slow&status=active');
  });

  test('that say what the address says make no step', async () => {
    const { router, change, settled } = site();
    change({ q: 'north' });
    await settled();
    const { key } = router.state.location;
    change({ q: 'north' });
    change({});
    await settled();
    expect(router.state.location.key).toBe(key);
  });

  test('can be made again after another step overtook them, and are not brought along by the next', async () => {
    const { router, change, address, settled, letThrough } = site();
    await router.navigate('/?q=here');
    change({ q: 'slow' }, false);
    await settled();
    await router.navigate('/other');
    await router.navigate(-1);
    expect(address()).toBe('/?q=here');
    change({ status: ['active'] });
    await settled();
    expect(address()).toBe('/?q=here&status=active');
    change({ q: 'slow' }, false);
    await settled();
    letThrough();
    await settled();
    expect(address()).toBe('/?status=active&q=slow');
  });

  test('after a step that failed build on the address as it is', async () => {
    let address = '?q=here';
    const change = urlChanges(() => address);
    change(shape, { q: 'refused' }, () => Promise.reject(new Error('blocked')));
    await new Promise((resolve) => setTimeout(resolve));
    change(shape, { status: ['active'] }, (search) => void (address = search));
    expect(address).toBe('q=here&status=active');
  });
});

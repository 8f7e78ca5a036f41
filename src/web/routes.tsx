/** Every address of the app. Pages come when they are first opened; what they need first is asked for meanwhile. */
import type { ComponentType } from 'react';
import { createBrowserRouter, redirect } from 'react-router';
import type { RouteObject } from 'react-router';
import { Failure } from './queries/client.ts';
import { hierarchyQuery } from './queries/hierarchy.ts';
import { queryClient } from './queries/query-client.ts';
import { sessionQuery } from './queries/session.ts';
import { loadPage } from './shell/load-page.ts';
import { PageError, RootError } from './shell/PageError.tsx';
import { Root } from './shell/Root.tsx';
import type { RouteFacts } from './shell/route-facts.ts';
import { ScopeGate } from './shell/ScopeGate.tsx';
import { Shell } from './shell/Shell.tsx';
import { Splash } from './shell/Splash.tsx';

/** The way to the sign-in page and back; null where somebody is signed in. */
async function signInFirst(request: Request): Promise<Response | null> {
  try {
    await queryClient.ensureQueryData(sessionQuery());
    return null;
  } catch (error) {
    if (!(error instanceof Failure) || error.report.code !== 'not_signed_in') throw error;
    const { pathname, search } = new URL(request.url);
    return redirect(pathname === '/' ? '/sign-in' : `/sign-in?next=${encodeURIComponent(`${pathname}${search}`)}`);
  }
}

/**
 * A page of its own chunk. It always has a loader: a lazy component without one renders nothing, silently, when its
 * chunk cannot be fetched.
 */
function page(path: string, facts: RouteFacts, load: () => Promise<{ Component: ComponentType }>): RouteObject {
  return { path, handle: facts, loader: () => null, lazy: { Component: () => loadPage(load, destination) } };
}

/** Where the person is about to be. */
function destination(): string {
  const { pathname, search } = router.state.navigation.location ?? router.state.location;
  return `${pathname}${search}`;
}

const importOverview = () => import('./pages/overview/page.tsx');

/** The screens at an organization. */
const scopePages: RouteObject[] = [
  page('', { title: 'Overview', permission: 'organizations:read', hasDescendants: true }, importOverview),
  page(
    'organizations',
    { title: 'Organizations', permission: 'organizations:read', hasDescendants: true },
    () => import('./pages/organizations/page.tsx'),
  ),
  page(
    'accounts',
    { title: 'Accounts', permission: 'accounts:read', hasDescendants: true },
    () => import('./pages/accounts/page.tsx'),
  ),
  page(
    'members',
    { title: 'Members', permission: 'members:read', hasDescendants: true },
    () => import('./pages/members/page.tsx'),
  ),
  page('profile', { title: 'Profile', permission: 'profile:read' }, () => import('./pages/profile/page.tsx')),
  page(
    'spend',
    { title: 'Usage & cost', permission: 'spend:read', hasDescendants: true },
    () => import('./pages/spend/page.tsx'),
  ),
  page(
    'spend/budgets',
    { title: 'Budgets', permission: 'spend:read', hasDescendants: true },
    () => import('./pages/budgets/page.tsx'),
  ),
  page(
    'spend/accounts',
    { title: 'Cost by account', permission: 'spend:read', hasDescendants: true },
    () => import('./pages/spend/accounts-page.tsx'),
  ),
  page(
    'spend/tags',
    { title: 'Account tags', permission: 'spend:read', hasDescendants: true },
    () => import('./pages/tags/page.tsx'),
  ),
  page(
    'spend/sources',
    { title: 'Sources', permission: 'spend:read', hasDescendants: true },
    () => import('./pages/sources/page.tsx'),
  ),
  page('spend/rate-card', { title: 'Rate card', permission: 'spend:read' }, () => import('./pages/rate-card/page.tsx')),
  page('audit', { title: 'Audit', permission: 'audit:read' }, () => import('./pages/audit/page.tsx')),
  page('audit/receipts', { title: 'Receipts', permission: 'receipts:read' }, () => import('./pages/audit/receipts-page.tsx')),
  page('shares', { title: 'Shares', permission: 'shares:read' }, () => import('./pages/shares/page.tsx')),
];

export const router = createBrowserRouter([
  {
    Component: Root,
    ErrorBoundary: RootError,
    HydrateFallback: Splash,
    children: [
      page('/sign-in', { title: 'Sign in' }, () => import('./pages/sign-in/page.tsx')),
      {
        Component: Shell,
        loader: async ({ request }) => {
          const away = await signInFirst(request);
          if (!away) void queryClient.prefetchQuery(hierarchyQuery());
          return away;
        },
        children: [
          {
            ErrorBoundary: PageError,
            children: [
              page('/', { title: 'Home' }, () => import('./shell/HomePage.tsx')),
              { path: '/o/:organizationId', Component: ScopeGate, children: scopePages },
              page('/settings', { title: 'Settings' }, () => import('./pages/settings/page.tsx')),
              page('*', { title: 'Not found' }, () => import('./shell/NotFound.tsx')),
            ],
          },
        ],
      },
    ],
  },
]);

import type { MiddlewareHandler } from 'hono';
import type { SessionCookie } from '../session/cookie.ts';
import type { Door } from './door.ts';

/** Takes a session cookie that opens nothing back from the browser, whatever the answer is. */
export function deadCookies(cookie: SessionCookie): MiddlewareHandler<Door> {
  return async (c, next) => {
    await next();
    if (c.get('deadCookie') && !c.res.headers.has('set-cookie')) c.res.headers.set('set-cookie', cookie.take());
  };
}

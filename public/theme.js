// Runs before the first paint, so that nobody who chose dark sees a white page first. Kept in step with src/web/lib/preferences.ts.
(() => {
  let stored = {};
  try {
    stored = JSON.parse(localStorage.getItem('canopy.preferences') ?? '{}') ?? {};
  } catch {
    // Storage is blocked or holds something else: the defaults stand.
  }
  const dark = stored.theme === 'dark' || (stored.theme !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.dataset.theme = dark ? 'dark' : 'light';
  document.documentElement.dataset.density = stored.density === 'comfortable' ? 'comfortable' : 'compact';
})();

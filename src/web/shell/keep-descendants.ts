/** The switch "This organization" goes along from screen to screen; the rest of a screen's state is its own. */
export function keepDescendants(path: string, search: string): string {
  return new URLSearchParams(search).get('descendants') === 'false' ? `${path}?descendants=false` : path;
}

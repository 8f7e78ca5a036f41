/** The one-time code in what a person pasted: the whole link or the code alone; null for anything else. */
export function codeIn(text: string): string | null {
  const trimmed = text.trim();
  const code = /[?&#]code=([^&#\s]+)/.exec(trimmed)?.[1] ?? trimmed;
  return /^[A-Za-z0-9_-]{16,128}$/.test(code) ? code : null;
}

/** Names as the person changed them; sending them is `use-rename-later.ts`, which comes with the field. */
import { useState } from 'react';

const none: ReadonlyMap<string, string> = new Map();

export interface Renames {
  /** Names as the person changed them, until the tree has them. */
  readonly names: ReadonlyMap<string, string>;
  /** Shows a new name in place of the tree's; null shows the tree's again. */
  readonly show: (organizationId: string, name: string | null) => void;
}

export function useRenames(): Renames {
  const [names, setNames] = useState(none);
  const show = (organizationId: string, name: string | null) =>
    setNames((before) => {
      const next = new Map(before);
      if (name === null) next.delete(organizationId);
      else next.set(organizationId, name);
      return next;
    });
  return { names, show };
}

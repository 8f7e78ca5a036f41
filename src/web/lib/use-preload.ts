import { useEffect } from 'react';

/** Fetches a part while the data it will show is still on its way: an address may already name what it shows. */
export function usePreload(wanted: boolean, { preload }: { preload: () => void }): void {
  useEffect(() => {
    if (wanted) preload();
  }, [wanted, preload]);
}

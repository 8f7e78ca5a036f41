import { useEffect, useRef } from 'react';
import { toasts } from '../ui/toasts.ts';
import type { ToastContent } from '../ui/toasts.ts';

/**
 * Tells what moved and offers to move it back, by the same plan in the other direction. The message stays until it is
 * closed, or until its screen is left, which alone can show the plan.
 */
export function useMoveBack(): (told: ToastContent, back: (() => void) | null) => void {
  const offered = useRef<number[]>([]);
  useEffect(() => {
    const ids = offered.current;
    return () => ids.forEach(toasts.close);
  }, []);
  return (told, back) => {
    if (back) offered.current.push(toasts.lateSuccess({ ...told, action: { label: 'Move back', onPress: back } }));
    else toasts.success(told);
  };
}

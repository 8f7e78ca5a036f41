import { useQueryClient } from '@tanstack/react-query';
import type { QueryKey } from '@tanstack/react-query';

/** Asks a question again at once, also where it sits out the wait before its own next try, which `refetch` would join. */
export function useAskNow(): (queryKey: QueryKey) => void {
  const client = useQueryClient();
  return (queryKey) => {
    const exact = { queryKey, exact: true };
    void client.cancelQueries(exact).then(() => client.refetchQueries(exact));
  };
}

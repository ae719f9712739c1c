import { useMutation, useQueryClient, type UseMutationResult } from '@tanstack/react-query';
import { act } from './control.ts';

interface Action {
  name: string;
  body: Record<string, unknown>;
}

/** Does something in the sandbox and reads everything anew, since anything may have followed from it. */
export function useSandboxAction(onDone?: () => void): UseMutationResult<unknown, Error, Action> {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ name, body }: Action) => act(name, body),
    onSuccess: () => {
      onDone?.();
      return queries.invalidateQueries();
    },
  });
}

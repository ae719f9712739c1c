import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ApiError } from '../api/api-error.ts';

export interface Answer<Input> {
  send(input: Input): void;
  isBusy: boolean;
  /** What is being sent, or was sent last. */
  sent: Input | undefined;
  error: unknown;
}

/**
 * Sends an answer once, tells `onDone` and reads everything anew. Nothing is shown as done before the server has said
 * so; after a conflict the newest state is read too. `onElsewhere`: somebody was quicker, or it was another device.
 */
export function useAnswer<Input>(
  act: (input: Input) => Promise<void>,
  onDone: (input: Input) => void,
  onElsewhere?: () => void,
): Answer<Input> {
  const queries = useQueryClient();
  const refresh = (): Promise<void> => queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'me' });
  const mutation = useMutation({
    mutationFn: act,
    onSuccess(_result, input) {
      onDone(input);
      void refresh();
    },
    onError(error) {
      if (!(error instanceof ApiError)) return;
      if (error.code.endsWith('.answeredElsewhere')) onElsewhere?.();
      if (/^(conflict|closed)\b/.test(error.code)) void refresh();
    },
  });
  return {
    send(input) {
      if (!mutation.isPending) mutation.mutate(input);
    },
    isBusy: mutation.isPending,
    sent: mutation.variables,
    error: mutation.error,
  };
}

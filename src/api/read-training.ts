import { trainingReply, type TrainingReply } from '../../server/contract/training.ts';
import type { ApiClient } from './client.ts';

/** The modules for mentors with the caller’s progress. */
export function readTraining(client: ApiClient, signal?: AbortSignal): Promise<TrainingReply> {
  return client.send({ method: 'GET', path: '/api/training', reply: trainingReply, signal });
}

import type { TrainingModule } from '../../contract/content.ts';

/**
 * What is still to be learned before a pair may start, in the order in which it is required, each module once.
 * missingModules(['teaching', 'trust'], new Set(['trust'])) // => ['teaching']
 */
export const missingModules = (
  required: readonly TrainingModule[],
  finished: { has(module: TrainingModule): boolean },
): TrainingModule[] => [...new Set(required)].filter((module) => !finished.has(module));

import { lazy } from 'react';
import { loadTexts } from '../../locales/show-locale.ts';

/** What stands around a session comes after the page itself, and brings texts of its own. */
const withTexts = async <Loaded>(load: () => Promise<Loaded>): Promise<Loaded> =>
  (await Promise.all([load(), loadTexts('session')]))[0];

export const WorkPanels = lazy(async () => ({
  default: (await withTexts(() => import('./WorkPanels.tsx'))).WorkPanels,
}));
export const OpenActions = lazy(async () => ({
  default: (await withTexts(() => import('./OpenActions.tsx'))).OpenActions,
}));
export const GuideTimer = lazy(async () => ({
  default: (await withTexts(() => import('./GuideTimer.tsx'))).GuideTimer,
}));
export const MoveButton = lazy(async () => ({
  default: (await withTexts(() => import('./MoveButton.tsx'))).MoveButton,
}));

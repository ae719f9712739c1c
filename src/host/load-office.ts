import { withTimeLimit } from './with-time-limit.ts';

/** Microsoft allows office.js only from here. */
const OFFICE_JS = 'https://appsforoffice.microsoft.com/lib/1/hosted/office.js';
/** Offline, or in a frame that is not Outlook, `Office.onReady` never fires. */
export const OFFICE_MS = 6_000;

/** Loads office.js; rejects when it cannot be loaded or nobody answers. Gives false in a plain browser. */
export async function loadOffice(limitMs = OFFICE_MS): Promise<boolean> {
  if (typeof Office === 'undefined') await withTimeLimit(addScript(), limitMs, 'office.js');
  restoreHistory();
  const info = await withTimeLimit(Office.onReady(), limitMs, 'Outlook');
  restoreHistory();
  return info.host === Office.HostType.Outlook;
}

function addScript(): Promise<void> {
  return new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = OFFICE_JS;
    script.onload = () => resolve();
    script.onerror = () => reject(new Error('office.js could not be loaded'));
    document.head.append(script);
  });
}

/** office.js sets these two to null; without its own properties the browser's are back. */
function restoreHistory(): void {
  const own = history as Partial<Pick<History, 'pushState' | 'replaceState'>>;
  delete own.pushState;
  delete own.replaceState;
}

/** `entityId` of the tab in appPackage/manifest.json. */
const TAB = 'home';

/**
 * Where the tab opens at one of its pages (`home`, `session:<id>`, `guide:<topic>`...; src/tab/App.tsx reads them): a deep link of
 * Teams by the app's id in the tenant's CATALOG, which differs from the manifest's, that falls
 * back to the page in a browser; that page itself as long as the app is in no catalog.
 */
export function writeTabLink({
  publicUrl,
  catalogAppId,
  page,
}: {
  publicUrl: string;
  catalogAppId: string | null;
  page: string;
}): string {
  const webUrl = `${publicUrl}/tab`;
  if (catalogAppId === null) return webUrl;
  const query = new URLSearchParams({ webUrl, label: 'Inverso', context: JSON.stringify({ subEntityId: page }) });
  return `https://teams.microsoft.com/l/entity/${encodeURIComponent(catalogAppId)}/${TAB}?${query.toString().replaceAll('+', '%20')}`;
}

/**
 * The tag by which to write dates for a reader of one of our languages: the host's, which knows the region, where it is of
 * the same language. regionalOf('en', 'en-gb') // => 'en-GB'; regionalOf('it', 'en-gb') // => 'it'
 */
export function regionalOf(language: string, hostTag: string): string {
  try {
    const host = new Intl.Locale(hostTag.replaceAll('_', '-'));
    return host.language === new Intl.Locale(language).language ? host.baseName : language;
  } catch {
    return language;
  }
}

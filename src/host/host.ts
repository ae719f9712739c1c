/** The three looks every host knows; Teams' other names are mapped to the nearest. */
export type HostTheme = 'default' | 'dark' | 'contrast';

/** The item beside which the Outlook pane is open. */
export interface HostItem {
  kind: 'invitation' | 'appointment' | 'message';
  /** Address of the sender or organizer. */
  organizer: string | null;
  /** ISO instant at which it starts. */
  start: string | null;
}

/** What a page needs of the program it runs in: Teams, Outlook or a plain browser. */
export interface Host {
  name: 'teams' | 'outlook' | 'browser';
  /** Language tag of the host's own interface, e.g. `it-it`. */
  locale: string;
  theme: HostTheme;
  /** Calls the listener at each change of theme; gives the function that ends it. */
  onTheme(listener: (theme: HostTheme) => void): () => void;
  /** An access token for our API. Throws SignInNeeded when the person has to act first. */
  token(): Promise<string>;
  /** Signs in with the person's help; to be called from a click. The page may be left (redirect). */
  signIn(): Promise<void>;
  /** Whether signing in leaves the page and comes back, so that it may begin without a click. */
  signsInByRedirect: boolean;
  openLink(url: string): void;
  /** Tells the host that the page can be shown. */
  ready(): void;
  /** The page that a deep link of the host asks for. */
  pageId: string | null;
  /** A host was expected and did not answer. */
  isFallback: boolean;
  /** The item beside the pane; null when none is selected. Only Outlook has it. */
  item?: () => Promise<HostItem | null>;
  /** Another item was selected while the pane stays open; gives the function that ends it. */
  onItem?: (listener: () => void) => () => void;
}

/** Nobody is signed in (`signedOut`), or the organization has to allow the app first (`consent`). */
export class SignInNeeded extends Error {
  readonly reason: 'signedOut' | 'consent';

  constructor(reason: 'signedOut' | 'consent', cause?: unknown) {
    super(reason, { cause });
    this.name = 'SignInNeeded';
    this.reason = reason;
  }
}

/** Maps a host's theme name. toHostTheme('glass') // => 'dark' */
export function toHostTheme(name: string | undefined): HostTheme {
  if (name === 'contrast') return 'contrast';
  return name === 'dark' || name === 'glass' ? 'dark' : 'default';
}

import { Notice } from './Notice.tsx';

/** A short sentence about something the person can put right, read out at once. */
export function Problem({ text }: { text: string }) {
  return <Notice>{text}</Notice>;
}

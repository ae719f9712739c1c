import { MessageBar, MessageBarBody } from '@fluentui/react-components';

/** A short sentence about something the person can put right, read out at once. */
export function Problem({ text }: { text: string }) {
  return (
    <MessageBar intent="error" layout="multiline" role="alert">
      <MessageBarBody>{text}</MessageBarBody>
    </MessageBar>
  );
}

import { Button, type ButtonProps } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import { useHref } from 'react-router';

/** A link to another page of the tab that looks like a button. */
export function LinkButton({
  to,
  appearance,
  children,
}: {
  to: string;
  appearance?: ButtonProps['appearance'];
  children: ReactNode;
}) {
  const href = useHref(to);
  return (
    <Button as="a" href={href} appearance={appearance}>
      {children}
    </Button>
  );
}

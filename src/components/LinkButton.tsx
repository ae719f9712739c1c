import { Button, type ButtonProps } from '@fluentui/react-components';
import type { ReactElement, ReactNode } from 'react';
import { useHref } from './router.tsx';

/** A link to another page of the tab that looks like a button. */
export function LinkButton({
  to,
  appearance,
  size,
  icon,
  children,
}: {
  to: string;
  appearance?: ButtonProps['appearance'];
  size?: ButtonProps['size'];
  icon?: ReactElement;
  children: ReactNode;
}) {
  const href = useHref(to);
  return (
    <Button as="a" href={href} appearance={appearance} size={size} icon={icon}>
      {children}
    </Button>
  );
}

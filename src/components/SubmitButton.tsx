import { Button, type ButtonProps } from '@fluentui/react-components';
import type { ReactElement, ReactNode } from 'react';
import { BusyMark } from './BusyMark.tsx';

export interface SubmitButtonProps {
  isBusy: boolean;
  appearance?: ButtonProps['appearance'];
  type?: 'button' | 'submit';
  /** Another button of the same question is at work. */
  isBlocked?: boolean;
  icon?: ReactElement;
  onClick?: () => void;
  children: ReactNode;
}

/** A button that keeps the focus while its work is going on. */
export function SubmitButton({
  isBusy,
  isBlocked = false,
  appearance,
  type,
  icon,
  onClick,
  children,
}: SubmitButtonProps) {
  return (
    <Button
      appearance={appearance ?? 'primary'}
      type={type ?? 'button'}
      disabledFocusable={isBusy || isBlocked}
      icon={isBusy ? <BusyMark /> : icon}
      onClick={onClick}
    >
      {children}
    </Button>
  );
}

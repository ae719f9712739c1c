import { ArrowLeft20Regular } from '@fluentui/react-icons/svg/arrow-left';
import type { ReactNode } from 'react';
import { LinkButton } from '../../components/LinkButton.tsx';

/** The way back above the heading of a page. */
export function BackLink({ to, children }: { to: string; children: ReactNode }) {
  return (
    <LinkButton appearance="subtle" size="small" icon={<ArrowLeft20Regular />} to={to}>
      {children}
    </LinkButton>
  );
}

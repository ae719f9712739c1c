import { AdaptiveCard, ExecuteAction, HostConfig, OpenUrlAction, SubmitAction, type Action } from 'adaptivecards';
import { useEffect, useRef } from 'react';
import { openSafely } from '../host/open-safely.ts';
import { CARD_LOOK } from './card-look.ts';
import './card.css';

export interface CardViewProps {
  card: Record<string, unknown>;
  label: string;
  /** The action as the card states it, and the values of the card's inputs. */
  onAction: (action: Record<string, unknown>, inputs: Record<string, string>) => void;
}

/** An Adaptive Card as Teams shows it. */
export function CardView({ card, label, onAction }: CardViewProps) {
  const place = useRef<HTMLDivElement>(null);
  const latest = useRef(onAction);
  useEffect(() => {
    latest.current = onAction;
  });
  useEffect(() => {
    const view = new AdaptiveCard();
    view.hostConfig = new HostConfig(CARD_LOOK);
    // Cards are shown as they are written; the library warns as long as nobody decides about Markdown.
    AdaptiveCard.onProcessMarkdown = (_text, result) => {
      result.didProcess = false;
    };
    view.onExecuteAction = (action) => {
      if (action instanceof OpenUrlAction) return openSafely(action.url ?? '');
      if (action instanceof ExecuteAction || action instanceof SubmitAction) {
        latest.current(action.toJSON() as Record<string, unknown>, inputsOf(view, action));
      }
    };
    view.parse(card);
    const element = view.render();
    if (element) place.current?.replaceChildren(element);
  }, [card]);
  return <div ref={place} role="group" aria-label={label} className="sandbox-card" />;
}

/** Values of all inputs by id; none where the action asks for none. */
function inputsOf(view: AdaptiveCard, action: Action): Record<string, string> {
  if ('associatedInputs' in action && action.associatedInputs === 'none') return {};
  const filled = view
    .getAllInputs()
    .filter(({ id, value }) => id !== undefined && value !== undefined && value !== null);
  return Object.fromEntries(filled.map(({ id, value }) => [id!, String(value)]));
}

import { AdaptiveCard, ExecuteAction, HostConfig, OpenUrlAction, SubmitAction, type Action } from 'adaptivecards';
import { useEffect, useId, useRef } from 'react';
import { openSafely } from '../host/open-safely.ts';
import { CARD_LOOK } from './card-look.ts';
import { showMarkdown } from './show-markdown.ts';
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
  const group = useId();
  const latest = useRef(onAction);
  useEffect(() => {
    latest.current = onAction;
  });
  useEffect(() => {
    const view = new AdaptiveCard();
    view.hostConfig = new HostConfig(CARD_LOOK);
    AdaptiveCard.onProcessMarkdown = (text, result) => {
      result.outputHtml = showMarkdown(text);
      result.didProcess = true;
    };
    view.onExecuteAction = (action) => {
      if (action instanceof OpenUrlAction) return openSafely(action.url ?? '');
      if (action instanceof ExecuteAction || action instanceof SubmitAction) {
        latest.current(action.toJSON() as Record<string, unknown>, inputsOf(view, action));
      }
    };
    view.parse(card);
    const element = view.render();
    if (!element) return;
    // The library names radio buttons by the input alone, so that those of two cards would be one group.
    for (const radio of element.querySelectorAll<HTMLInputElement>('input[type=radio]')) radio.name += group;
    place.current?.replaceChildren(element);
  }, [card, group]);
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

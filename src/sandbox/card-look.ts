const color = (name: string): { default: string; subtle: string } => ({
  default: `var(--${name})`,
  subtle: 'var(--colorNeutralForeground2)',
});

const foregroundColors = {
  default: color('colorNeutralForeground1'),
  dark: color('colorNeutralForeground1'),
  light: color('colorNeutralForegroundInverted'),
  accent: color('colorBrandForeground1'),
  good: color('colorStatusSuccessForeground1'),
  warning: color('colorStatusWarningForeground3'),
  attention: color('colorStatusDangerForeground1'),
};

const container = (background: string): object => ({ backgroundColor: `var(--${background})`, foregroundColors });

/** Host configuration of the cards: Fluent's variables, so that a card follows the look of the page by itself. */
export const CARD_LOOK = {
  fontFamily: 'var(--fontFamilyBase)',
  supportsInteractivity: true,
  // Below the title of the chat. Without it a card's heading has no level, which screen readers need.
  textBlock: { headingLevel: 3 },
  fontSizes: { small: 12, default: 14, medium: 16, large: 18, extraLarge: 24 },
  spacing: { small: 4, default: 12, medium: 16, large: 20, extraLarge: 24, padding: 16 },
  separator: { lineThickness: 1, lineColor: 'var(--colorNeutralStroke2)' },
  actions: {
    maxActions: 6,
    actionsOrientation: 'horizontal',
    actionAlignment: 'left',
    buttonSpacing: 8,
    spacing: 'default',
    showCard: { actionMode: 'inline', inlineTopMargin: 12 },
  },
  inputs: {
    label: { inputSpacing: 'small', requiredInputs: { weight: 'bolder' } },
    errorMessage: { color: 'attention' },
  },
  containerStyles: {
    default: container('colorNeutralBackground1'),
    emphasis: container('colorNeutralBackground3'),
    good: container('colorStatusSuccessBackground1'),
    attention: container('colorStatusDangerBackground1'),
    warning: container('colorStatusWarningBackground1'),
    accent: container('colorBrandBackground2'),
  },
};

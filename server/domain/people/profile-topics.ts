import type { Topic } from '../../contract/vocabulary.ts';

/**
 * Words of profiles that stand for a topic, in lower case. A skill belongs to a topic when it holds one of these as
 * whole words; the topic's own words ("generative ai") are among them. Deliberately narrow: a wrong suggestion costs the
 * mentor a correction, a missing one only a click.
 */
const WORDS: Readonly<Record<Topic, readonly string[]>> = {
  'generative-ai': [
    'generative ai',
    'gen ai',
    'genai',
    'artificial intelligence',
    'large language models',
    'llm',
    'copilot',
    'chatgpt',
  ],
  'prompt-practice': ['prompt practice', 'prompt', 'prompts', 'prompting', 'prompt writing', 'prompt engineering'],
  'social-media-presence': ['social media', 'social media presence', 'personal branding', 'linkedin'],
  'brand-on-social-media': [
    'brand on social media',
    'influencer marketing',
    'social media marketing',
    'employee advocacy',
    'content marketing',
  ],
  'short-video': ['short video', 'short videos', 'video editing', 'tiktok', 'reels', 'podcasting', 'podcasts'],
  'online-communities': ['online communities', 'online community', 'community management', 'gaming culture', 'discord'],
  'collaboration-tools': [
    'collaboration tools',
    'remote collaboration tools',
    'microsoft teams',
    'sharepoint',
    'online video meetings',
  ],
  'own-systems': [
    'own systems',
    'erp',
    'crm',
    'sap',
    'salesforce',
    'low-code apps',
    'low code',
    'power platform',
    'process automation',
  ],
  'data-literacy': [
    'data literacy',
    'data analysis',
    'data visualization',
    'data visualisation',
    'power bi',
    'spreadsheet modeling',
    'analytics',
  ],
  'cybersecurity-habits': [
    'cybersecurity',
    'cybersecurity habits',
    'cyber security',
    'information security',
    'digital privacy',
    'phishing',
  ],
  'digital-customers': [
    'digital customers',
    'customer experience',
    'user experience',
    'user experience design',
    'ux',
    'e-commerce',
    'e-commerce trends',
    'mobile payments',
  ],
  'market-trends': [
    'market trends',
    'market research',
    'trend research',
    'consumer trends',
    'search and fact checking',
  ],
  'technology-investments': [
    'technology investments',
    'cloud basics',
    'cloud computing',
    'technology strategy',
    'venture capital',
    'augmented reality',
  ],
  'new-ways-of-working': [
    'new ways of working',
    'agile',
    'agile working',
    'scrum',
    'design thinking',
    'digital wellbeing',
  ],
  'remote-work': ['remote work', 'hybrid work', 'remote working', 'distributed teams'],
  'public-digital-services': [
    'public digital services',
    'e-government',
    'digital identity',
    'digital accessibility',
    'accessibility',
  ],
  'inclusion-and-language': ['inclusion', 'inclusive language', 'inclusion and language', 'diversity', 'dei'],
  'younger-generations': ['younger generations', 'generation z', 'gen z', 'youth culture'],
  'communication-between-generations': ['communication between generations', 'intergenerational communication'],
  sustainability: ['sustainability', 'sustainability in tech', 'climate', 'esg', 'circular economy'],
  'feedback-culture': ['feedback', 'feedback culture', 'coaching', 'facilitation'],
};

const TOPIC_OF = new Map(
  Object.entries(WORDS).flatMap(([topic, words]) => words.map((word) => [word, topic as Topic] as const)),
);
/** Longest first, so that "social media marketing" is not taken for "social media". */
const BY_LENGTH = [...TOPIC_OF.keys()].sort((a, b) => b.length - a.length || (a < b ? -1 : 1));

/** The topic that a free-text skill means, or null. // topicOfSkill('Generative AI for finance') => 'generative-ai' */
export function topicOfSkill(skill: string): Topic | null {
  const text = ` ${skill
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}-]+/gu, ' ')
    .trim()} `;
  const found = BY_LENGTH.find((word) => text.includes(` ${word} `));
  return found === undefined ? null : TOPIC_OF.get(found)!;
}

/**
 * The topics that the skills of a profile mean, each once, in the order of the skills; what nobody recognizes is left
 * out.
 * topicsOfSkills(['Generative AI', 'Origami', 'Short video']) // => ['generative-ai', 'short-video']
 */
export function topicsOfSkills(skills: readonly string[]): Topic[] {
  const topics = skills.map(topicOfSkill).filter((topic) => topic !== null);
  return [...new Set(topics)];
}

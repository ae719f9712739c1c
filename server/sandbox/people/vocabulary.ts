import type { WorkingHours } from '../world.ts';
import type { NameLocale } from './names.ts';

/** A place where people of the company work. */
export interface Office {
  name: string;
  country: string;
  usageLocation: string;
  language: string;
  locale: NameLocale;
  zone: string;
  windowsZone: string;
  /** Share of the company, in parts of all offices' sum. */
  weight: number;
  hours: WorkingHours;
}

const week = (start: string, end: string): WorkingHours => ({
  daysOfWeek: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'],
  start,
  end,
});

/** Six offices in six zones; São Paulo has no daylight saving, the others change on different dates. */
export const OFFICES: readonly Office[] = [
  {
    name: 'Milan',
    country: 'Italy',
    usageLocation: 'IT',
    language: 'it-IT',
    locale: 'it',
    zone: 'Europe/Rome',
    windowsZone: 'W. Europe Standard Time',
    weight: 6,
    hours: week('09:00', '18:00'),
  },
  {
    name: 'Warsaw',
    country: 'Poland',
    usageLocation: 'PL',
    language: 'pl-PL',
    locale: 'pl',
    zone: 'Europe/Warsaw',
    windowsZone: 'Central European Standard Time',
    weight: 5,
    hours: week('08:00', '17:00'),
  },
  {
    name: 'Kyiv',
    country: 'Ukraine',
    usageLocation: 'UA',
    language: 'uk-UA',
    locale: 'uk',
    zone: 'Europe/Kyiv',
    windowsZone: 'FLE Standard Time',
    weight: 4,
    hours: week('09:00', '18:00'),
  },
  {
    name: 'London',
    country: 'United Kingdom',
    usageLocation: 'GB',
    language: 'en-GB',
    locale: 'en',
    zone: 'Europe/London',
    windowsZone: 'GMT Standard Time',
    weight: 5,
    hours: week('09:00', '17:30'),
  },
  {
    name: 'São Paulo',
    country: 'Brazil',
    usageLocation: 'BR',
    language: 'pt-BR',
    locale: 'pt-BR',
    zone: 'America/Sao_Paulo',
    windowsZone: 'E. South America Standard Time',
    weight: 3,
    hours: week('09:00', '18:00'),
  },
  {
    name: 'New York',
    country: 'United States',
    usageLocation: 'US',
    language: 'en-US',
    locale: 'en',
    zone: 'America/New_York',
    windowsZone: 'Eastern Standard Time',
    weight: 3,
    hours: week('08:30', '17:00'),
  },
];

/** A department: its share of the company, the title of its chief, and what its staff are called. */
export interface Department {
  name: string;
  weight: number;
  chief: string;
  craft: string;
}

/** Twelve departments; with fewer executives than departments several share a chief. */
export const DEPARTMENTS: readonly Department[] = [
  { name: 'Engineering', weight: 17, chief: 'Chief Technology Officer', craft: 'Engineer' },
  { name: 'Sales', weight: 14, chief: 'Chief Revenue Officer', craft: 'Account Specialist' },
  { name: 'Operations', weight: 13, chief: 'Chief Operating Officer', craft: 'Operations Analyst' },
  { name: 'Customer Care', weight: 11, chief: 'Chief Customer Officer', craft: 'Care Specialist' },
  { name: 'Finance', weight: 8, chief: 'Chief Financial Officer', craft: 'Financial Analyst' },
  { name: 'Marketing', weight: 8, chief: 'Chief Marketing Officer', craft: 'Marketing Specialist' },
  { name: 'Product', weight: 8, chief: 'Chief Product Officer', craft: 'Product Analyst' },
  { name: 'Information Technology', weight: 6, chief: 'Chief Information Officer', craft: 'Systems Specialist' },
  { name: 'People and Culture', weight: 5, chief: 'Chief People Officer', craft: 'People Partner' },
  { name: 'Supply Chain', weight: 5, chief: 'Chief Supply Chain Officer', craft: 'Supply Planner' },
  { name: 'Legal and Compliance', weight: 3, chief: 'General Counsel', craft: 'Legal Specialist' },
  { name: 'Strategy', weight: 2, chief: 'Chief Strategy Officer', craft: 'Strategy Analyst' },
];

/** Skills of digital work, as people write them into their profiles. */
// prettier-ignore
export const SKILLS: readonly string[] = [
  'Generative AI', 'Prompt writing', 'Data literacy', 'Social media', 'Short video', 'Cybersecurity habits',
  'Remote collaboration tools', 'Podcasting', 'Influencer marketing', 'Online communities', 'Low-code apps',
  'Process automation', 'Data visualization', 'Digital accessibility', 'Mobile payments', 'E-commerce trends',
  'User experience design', 'Digital privacy', 'Online video meetings', 'Personal branding', 'Agile working',
  'Spreadsheet modeling', 'Cloud basics', 'Gaming culture', 'Sustainability in tech', 'Digital wellbeing',
  'Inclusive language', 'Search and fact checking', 'Augmented reality', 'Employee advocacy',
];

/** What people say they care about outside of their work. */
// prettier-ignore
export const INTERESTS: readonly string[] = [
  'Photography', 'Running', 'Cooking', 'Cinema', 'Travel', 'Chess', 'Volunteering', 'Cycling', 'Music', 'Gardening',
  'Startups', 'Climate', 'Design', 'Languages', 'Football', 'Hiking', 'Podcasts', 'Science fiction', 'Board games',
  'Theater',
];

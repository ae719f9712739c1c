import type { GuideTexts } from '../guide-texts.ts';

/** Guides of the sessions in English. */
export const guides: GuideTexts = {
  open: 'The mentor opens: one small example from this week.',
  question: 'The mentor’s own question to the executive.',
  topics: {
    'generative-ai': {
      title: 'Generative AI in your own work',
      show: 'The mentor solves one real task with an AI assistant and says what it got wrong.',
      attempt: 'The executive tries it on a text of their own, without confidential data.',
      prompts: [
        'Where would a first draft save you an hour a week?',
        'What would you never hand over to it?',
        'How do you check what it says?',
      ],
      takeaway: 'One task to try with AI before the next session.',
    },
    'prompt-practice': {
      title: 'Asking AI so that the answer helps',
      show: 'The mentor improves one weak prompt in three steps: role, context, form of the answer.',
      attempt: 'The executive writes a prompt for a task of this week, and both improve it.',
      prompts: [
        'What does the assistant need to know about the reader?',
        'What example would make it clearer?',
        'How do you notice a made-up answer?',
      ],
      takeaway: 'One prompt of your own that you can use again.',
    },
    'social-media-presence': {
      title: 'Your own voice on social media',
      show: 'The mentor shows two profiles of leaders and what makes them worth following.',
      attempt: 'The executive drafts one short post in their own words.',
      prompts: [
        'What do you know that others would like to read?',
        'Which topics do you leave out, and why?',
        'How much time a week is realistic?',
      ],
      takeaway: 'One post, or one comment, in the next two weeks.',
    },
    'brand-on-social-media': {
      title: 'How others see us on social media',
      show: 'The mentor shows what people write about us and about a competitor.',
      attempt: 'The executive reads ten comments and names the pattern.',
      prompts: [
        'Which comment surprised you?',
        'What would a customer of 25 expect from us here?',
        'Where should we answer, and where listen?',
      ],
      takeaway: 'One observation to bring to your team.',
    },
    'short-video': {
      title: 'Why short video works',
      show: 'The mentor shows three short videos and what happens in the first three seconds.',
      attempt: 'The executive explains one idea to the camera in 30 seconds.',
      prompts: [
        'What did you remember after one view?',
        'What would you cut?',
        'Which message of ours fits into 30 seconds?',
      ],
      takeaway: 'One idea said in 30 seconds.',
    },
    'online-communities': {
      title: 'Communities: where people help each other',
      show: 'The mentor shows a community they belong to, with its unwritten rules.',
      attempt: 'The executive looks for a question that our organization could answer.',
      prompts: [
        'Why do people help there without being paid?',
        'What would make us unwelcome?',
        'What could we learn by reading only?',
      ],
      takeaway: 'One community to read for two weeks.',
    },
    'collaboration-tools': {
      title: 'Less mail, better teamwork',
      show: 'The mentor shows how their team works on one document and one channel.',
      attempt: 'The executive moves one mail thread of theirs into a shared place.',
      prompts: [
        'Which meeting could be a shared page?',
        'What do you search for most often?',
        'What do colleagues wait for from you?',
      ],
      takeaway: 'One mail thread less.',
    },
    'own-systems': {
      title: 'Our systems as users see them',
      show: 'The mentor does an everyday task in one of our systems, at normal speed.',
      attempt: 'The executive does the same task alone.',
      prompts: ['Where did you hesitate?', 'What do users do around the system?', 'What would you change first?'],
      takeaway: 'One obstacle to report to those who can remove it.',
    },
    'data-literacy': {
      title: 'Reading a chart with care',
      show: 'The mentor takes one report of ours and asks: compared with what, out of how many?',
      attempt: 'The executive explains one chart of the last month and what it does not show.',
      prompts: [
        'What would change your mind?',
        'Is it a cause or just a coincidence?',
        'Who is missing from the numbers?',
      ],
      takeaway: 'One question to ask of every chart.',
    },
    'cybersecurity-habits': {
      title: 'Security in five habits',
      show: 'The mentor shows a good phishing mail and what gives it away.',
      attempt: 'The executive checks their sign-in methods and one device.',
      prompts: [
        'When are you most likely to click too fast?',
        'Who could act in your name, and how would you notice?',
        'What do you do when something looks odd?',
      ],
      takeaway: 'One habit to change today.',
    },
    'digital-customers': {
      title: 'Being our own customer',
      show: 'The mentor goes through our offer on the phone as a new customer.',
      attempt: 'The executive does the same and thinks aloud.',
      prompts: ['Where would you have given up?', 'What do others do better?', 'What did we ask that we know already?'],
      takeaway: 'One step of the journey to simplify.',
    },
    'market-trends': {
      title: 'Trend or noise?',
      show: 'The mentor brings one trend, with one sign for it and one against it.',
      attempt: 'The executive says what would have to happen for it to matter to us.',
      prompts: [
        'Who benefits from the story?',
        'What did we think of the last such trend?',
        'What would be a cheap test?',
      ],
      takeaway: 'One sign to watch until the next session.',
    },
    'technology-investments': {
      title: 'Questions before buying technology',
      show: 'The mentor explains one technology in plain words, and what it needs to work.',
      attempt: 'The executive names one decision ahead and what is still unclear.',
      prompts: [
        'Which problem does it solve, and whose?',
        'What happens if we wait a year?',
        'Who has to work differently for it to pay off?',
      ],
      takeaway: 'Three questions for the next proposal.',
    },
    'new-ways-of-working': {
      title: 'How teams work today',
      show: 'The mentor shows how their team plans a week and decides.',
      attempt: 'The executive picks one routine and says what it is for.',
      prompts: [
        'Which decision could be taken nearer to the work?',
        'What would you stop if you could?',
        'How do you learn that something went wrong?',
      ],
      takeaway: 'One routine to try differently for a month.',
    },
    'remote-work': {
      title: 'Leading people you do not see',
      show: 'The mentor describes a good and a bad day of hybrid work.',
      attempt: 'The executive looks at one recurring meeting through remote eyes.',
      prompts: [
        'Who speaks less when remote?',
        'What do people in the office know that others do not?',
        'How do you notice that somebody struggles?',
      ],
      takeaway: 'One change to one meeting.',
    },
    'public-digital-services': {
      title: 'A public service from the citizen’s side',
      show: 'The mentor uses one digital service of the public sector, start to finish.',
      attempt: 'The executive repeats it as somebody with little time or experience.',
      prompts: ['Who cannot use it, and why?', 'Which form could disappear?', 'What would make people trust it?'],
      takeaway: 'One barrier that could be removed.',
    },
    'inclusion-and-language': {
      title: 'Words that include',
      show: 'The mentor brings two texts of ours and how they sound to different readers.',
      attempt: 'The executive rewrites one paragraph of their own.',
      prompts: [
        'Who might not feel addressed?',
        'Which word do you avoid, and which do you miss?',
        'How do you react when somebody corrects you?',
      ],
      takeaway: 'One sentence you will say differently.',
    },
    'younger-generations': {
      title: 'What younger colleagues expect',
      show: 'The mentor says why they joined, and what would make them leave.',
      attempt: 'The executive tells of their own first year at work; both compare.',
      prompts: [
        'What do we both want from work?',
        'Which belief about young people is not true here?',
        'What feedback did you wait for in vain?',
      ],
      takeaway: 'One thing to offer a younger colleague this month.',
    },
    'communication-between-generations': {
      title: 'Talking across generations',
      show: 'The mentor shows one message that was read in two ways.',
      attempt: 'The executive and the mentor each rewrite it for the other.',
      prompts: [
        'When do you call, write or wait?',
        'What does silence mean to you?',
        'What sounds rude to one of us and normal to the other?',
      ],
      takeaway: 'One agreement on how we two communicate.',
    },
    sustainability: {
      title: 'Sustainability in decisions',
      show: 'The mentor shows what young customers and applicants look for, and what they doubt.',
      attempt: 'The executive takes one current decision and looks at it in ten years’ time.',
      prompts: [
        'What do we claim that we could not prove?',
        'Where does it save money as well?',
        'What would you tell your grandchildren about it?',
      ],
      takeaway: 'One number to ask for.',
    },
    'feedback-culture': {
      title: 'Asking for feedback and hearing it',
      show: 'The mentor tells of one feedback that helped, and one that did not.',
      attempt: 'The executive asks the mentor for one honest observation, and only listens.',
      prompts: [
        'What do people not tell you?',
        'How would they know that it is safe?',
        'What did you last change because of feedback?',
      ],
      takeaway: 'One question to ask your team this week.',
    },
  },
};

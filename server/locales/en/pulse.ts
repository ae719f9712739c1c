/** Texts of the pulse, of what follows it and of the safe contact in English. */
export const pulseTexts = {
  pulse: {
    heading: 'A short check: you and {{name}}',
    intro: 'This time it is about the two of you. It is confidential, and each question says who sees the answer.',
    rightMatch: 'Is this the right pair for you?',
    rightMatchSeen:
      'Seen by you alone. After the third answer the program team learns a week after the session that this pair would like another match, never which of you; your partner is not told.',
    rightMatches: {
      yes: 'Yes',
      unsure: 'I am not sure',
      another: 'I would like another match; it is nobody’s fault',
    },
    safeToSpeak: 'How safe do you feel to say what you think?',
    safeToSpeakSeen: 'Seen by you alone; it is not counted in any group either.',
    safeLevels: {
      1: '1 – not safe at all',
      2: '2 – hardly safe',
      3: '3 – partly',
      4: '4 – safe',
      5: '5 – very safe',
    },
    taughtBy: 'Who has done most of the teaching so far?',
    taughtBySeen: 'Seen by you alone; it is not counted in any group either.',
    teachers: { me: 'I have', partner: 'My partner', both: 'Both of us alike' },
    edit: 'Change my answers',
  },
  ways: {
    heading: 'Thank you for saying so',
    text: 'Only you can see this, and nobody is told anything unless you press a button. You do not have to do anything. If you like, there are three ways:',
    contact: 'Talk to {{name}}',
    contactSeen:
      '{{name}} is your safe contact and stands in nobody’s reporting line here. The button sends your name and nothing else.',
    noContact: 'This program has no safe contact at the moment.',
    another: 'Another match',
    anotherSeen:
      'The program team learns a week after the session that this pair would like another match, never which of you.',
    leave: 'Stop this pair',
    leaveSeen:
      'The sessions to come are cancelled at once and cannot be brought back. Your partner reads that the pair has ended, never by whom or why.',
    leaveNow: 'Yes, stop now',
  },
  contact: {
    heading: 'Your safe contact: {{name}}',
    text: 'You can turn to {{name}} if something in your pair does not feel right. {{name}} stands in nobody’s reporting line here and is no part of the program.',
    mail: 'Address: {{mail}}',
    ask: 'Ask them to contact me',
    seen: 'The button sends your name and nothing else; nobody else learns of it.',
    none: 'You have no safe contact in a program at the moment.',
    requestHeading: '{{name}} asks you to get in touch',
    requestText:
      'You are the safe contact of a mentoring program. You are told the name and nothing else. Please write or call soon, and keep it to yourself.',
  },
  ended: {
    heading: 'Your pair with {{name}} has ended',
    text: 'The sessions to come are cancelled. It is nobody’s fault, and nothing needs to be done. If there is a new match for you, you hear from us.',
  },
};

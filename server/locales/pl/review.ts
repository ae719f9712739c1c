/** What the administrator reads when reviewing a matching. */
export const reviewTexts = {
  review: {
    reasons: {
      goalsCovered_one: 'Obejmuje {{count}} cel z {{of}}: {{covered}}.',
      goalsCovered_few: 'Obejmuje {{count}} cele z {{of}}: {{covered}}.',
      goalsCovered_many: 'Obejmuje {{count}} celów z {{of}}: {{covered}}.',
      goalsCovered_other: 'Obejmuje {{count}} celu z {{of}}: {{covered}}.',
      allGoalsCovered_one: 'Obejmuje jedyny cel: {{covered}}.',
      allGoalsCovered_few: 'Obejmuje wszystkie cele: {{covered}}.',
      allGoalsCovered_many: 'Obejmuje wszystkie cele: {{covered}}.',
      allGoalsCovered_other: 'Obejmuje wszystkie cele: {{covered}}.',
      sharedInterests_one: 'Wspólne zainteresowanie: {{interests}}.',
      sharedInterests_few: 'Wspólne zainteresowania: {{interests}}.',
      sharedInterests_many: 'Wspólne zainteresowania: {{interests}}.',
      sharedInterests_other: 'Wspólne zainteresowania: {{interests}}.',
      sharedLanguages_one: 'Wspólny język: {{languages}}.',
      sharedLanguages_few: 'Wspólne języki: {{languages}}.',
      sharedLanguages_many: 'Wspólne języki: {{languages}}.',
      sharedLanguages_other: 'Wspólne języki: {{languages}}.',
      overlapHours_one: '{{count}} wspólna godzina pracy w tygodniu.',
      overlapHours_few: '{{count}} wspólne godziny pracy w tygodniu.',
      overlapHours_many: '{{count}} wspólnych godzin pracy w tygodniu.',
      overlapHours_other: '{{count}} wspólnej godziny pracy w tygodniu.',
      otherDepartment: 'Z różnych działów: {{menteeDepartment}} i {{department}}.',
      otherOffice: 'Z różnych biur: {{menteeOffice}} i {{office}}.',
      otherCountry: 'Z różnych krajów: {{menteeCountry}} i {{country}}.',
      departmentPartnership: 'Ich działy mają ściślej współpracować: {{menteeDepartment}} i {{department}}.',
    },
    refused: {
      rule: '{{mentee}} i {{mentor}} nie mogą tworzyć pary: mentor {{does}}.',
      unknownPerson: '{{mentee}} i {{mentor}} nie mogą tworzyć pary: jedna z tych osób nikogo teraz nie szuka.',
      twice: '{{mentee}} i {{mentor}} to już przypięta para.',
      capacity:
        '{{mentee}} i {{mentor}} nie mogą tworzyć pary: inne przypięte pary zajmują ostatnie miejsce jednej z tych osób.',
    },
  },
};

/** What the administrator reads when reviewing a matching. */
export const reviewTexts = {
  review: {
    reasons: {
      goalsCovered_one: 'Охоплює {{count}} ціль із {{of}}: {{covered}}.',
      goalsCovered_few: 'Охоплює {{count}} цілі з {{of}}: {{covered}}.',
      goalsCovered_many: 'Охоплює {{count}} цілей із {{of}}: {{covered}}.',
      goalsCovered_other: 'Охоплює {{count}} цілі з {{of}}: {{covered}}.',
      allGoalsCovered_one: 'Охоплює єдину ціль: {{covered}}.',
      allGoalsCovered_few: 'Охоплює всі цілі: {{covered}}.',
      allGoalsCovered_many: 'Охоплює всі цілі: {{covered}}.',
      allGoalsCovered_other: 'Охоплює всі цілі: {{covered}}.',
      sharedInterests_one: 'Спільне захоплення: {{interests}}.',
      sharedInterests_few: 'Спільні захоплення: {{interests}}.',
      sharedInterests_many: 'Спільні захоплення: {{interests}}.',
      sharedInterests_other: 'Спільні захоплення: {{interests}}.',
      sharedLanguages_one: 'Спільна мова: {{languages}}.',
      sharedLanguages_few: 'Спільні мови: {{languages}}.',
      sharedLanguages_many: 'Спільні мови: {{languages}}.',
      sharedLanguages_other: 'Спільні мови: {{languages}}.',
      overlapHours_one: '{{count}} спільна робоча година на тиждень.',
      overlapHours_few: '{{count}} спільні робочі години на тиждень.',
      overlapHours_many: '{{count}} спільних робочих годин на тиждень.',
      overlapHours_other: '{{count}} спільної робочої години на тиждень.',
      otherDepartment: 'З різних підрозділів: {{menteeDepartment}} і {{department}}.',
      otherOffice: 'З різних офісів: {{menteeOffice}} і {{office}}.',
      otherCountry: 'З різних країн: {{menteeCountry}} і {{country}}.',
      departmentPartnership: 'Їхні підрозділи мають тісніше співпрацювати: {{menteeDepartment}} і {{department}}.',
    },
    refused: {
      rule: '{{mentee}} і {{mentor}} не можуть бути парою: наставник {{does}}.',
      unknownPerson: '{{mentee}} і {{mentor}} не можуть бути парою: хтось із двох зараз нікого не шукає.',
      twice: '{{mentee}} і {{mentor}} — уже закріплена пара.',
      capacity:
        '{{mentee}} і {{mentor}} не можуть бути парою: інші закріплені пари займають останнє місце когось із двох.',
    },
  },
};

/** What the administrator reads when reviewing a matching. */
export const reviewTexts = {
  review: {
    reasons: {
      goalsCovered_one: 'Covers {{count}} of {{of}} goals: {{covered}}.',
      goalsCovered_other: 'Covers {{count}} of {{of}} goals: {{covered}}.',
      allGoalsCovered_one: 'Covers the only goal: {{covered}}.',
      allGoalsCovered_other: 'Covers all goals: {{covered}}.',
      sharedInterests_one: 'A shared interest: {{interests}}.',
      sharedInterests_other: 'Shared interests: {{interests}}.',
      sharedLanguages_one: 'A shared language: {{languages}}.',
      sharedLanguages_other: 'Shared languages: {{languages}}.',
      overlapHours_one: 'Working hours overlap by {{count}} hour a week.',
      overlapHours_other: 'Working hours overlap by {{count}} hours a week.',
      otherDepartment: 'From different departments: {{menteeDepartment}} and {{department}}.',
      otherOffice: 'From different offices: {{menteeOffice}} and {{office}}.',
      otherCountry: 'From different countries: {{menteeCountry}} and {{country}}.',
      departmentPartnership: 'Their departments are to work more closely: {{menteeDepartment}} and {{department}}.',
    },
    refused: {
      rule: '{{mentee}} and {{mentor}} cannot be a pair: the mentor {{does}}.',
      unknownPerson: '{{mentee}} and {{mentor}} cannot be a pair: one of the two is not looking for anybody right now.',
      twice: '{{mentee}} and {{mentor}} are pinned already.',
      capacity: '{{mentee}} and {{mentor}} cannot be a pair: other pins take the last place of one of the two.',
    },
  },
};

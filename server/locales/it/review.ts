/** What the administrator reads when reviewing a matching. */
export const reviewTexts = {
  review: {
    reasons: {
      goalsCovered_one: 'Copre {{count}} obiettivo su {{of}}: {{covered}}.',
      goalsCovered_many: 'Copre {{count}} obiettivi su {{of}}: {{covered}}.',
      goalsCovered_other: 'Copre {{count}} obiettivi su {{of}}: {{covered}}.',
      allGoalsCovered_one: 'Copre l’unico obiettivo: {{covered}}.',
      allGoalsCovered_many: 'Copre tutti gli obiettivi: {{covered}}.',
      allGoalsCovered_other: 'Copre tutti gli obiettivi: {{covered}}.',
      sharedInterests_one: 'Un interesse in comune: {{interests}}.',
      sharedInterests_many: 'Interessi in comune: {{interests}}.',
      sharedInterests_other: 'Interessi in comune: {{interests}}.',
      sharedLanguages_one: 'Una lingua in comune: {{languages}}.',
      sharedLanguages_many: 'Lingue in comune: {{languages}}.',
      sharedLanguages_other: 'Lingue in comune: {{languages}}.',
      overlapHours_one: '{{count}} ora di lavoro in comune alla settimana.',
      overlapHours_many: '{{count}} ore di lavoro in comune alla settimana.',
      overlapHours_other: '{{count}} ore di lavoro in comune alla settimana.',
      otherDepartment: 'Di reparti diversi: {{menteeDepartment}} e {{department}}.',
      otherOffice: 'Di sedi diverse: {{menteeOffice}} e {{office}}.',
      otherCountry: 'Di paesi diversi: {{menteeCountry}} e {{country}}.',
      departmentPartnership: 'I loro reparti devono collaborare di più: {{menteeDepartment}} e {{department}}.',
    },
    refused: {
      rule: '{{mentee}} e {{mentor}} non possono fare coppia: il mentor {{does}}.',
      unknownPerson:
        '{{mentee}} e {{mentor}} non possono fare coppia: al momento una delle due persone non cerca nessuno.',
      twice: '{{mentee}} e {{mentor}} sono già una coppia fissata.',
      capacity:
        '{{mentee}} e {{mentor}} non possono fare coppia: altre coppie fissate occupano l’ultimo posto di una delle due persone.',
    },
  },
};

/** What the administrator reads when reviewing a matching. */
export const reviewTexts = {
  review: {
    reasons: {
      goalsCovered_one: 'Cobre {{count}} de {{of}} objetivos: {{covered}}.',
      goalsCovered_many: 'Cobre {{count}} de {{of}} objetivos: {{covered}}.',
      goalsCovered_other: 'Cobre {{count}} de {{of}} objetivos: {{covered}}.',
      allGoalsCovered_one: 'Cobre o único objetivo: {{covered}}.',
      allGoalsCovered_many: 'Cobre todos os objetivos: {{covered}}.',
      allGoalsCovered_other: 'Cobre todos os objetivos: {{covered}}.',
      sharedInterests_one: 'Um interesse em comum: {{interests}}.',
      sharedInterests_many: 'Interesses em comum: {{interests}}.',
      sharedInterests_other: 'Interesses em comum: {{interests}}.',
      sharedLanguages_one: 'Um idioma em comum: {{languages}}.',
      sharedLanguages_many: 'Idiomas em comum: {{languages}}.',
      sharedLanguages_other: 'Idiomas em comum: {{languages}}.',
      overlapHours_one: '{{count}} hora de trabalho em comum por semana.',
      overlapHours_many: '{{count}} horas de trabalho em comum por semana.',
      overlapHours_other: '{{count}} horas de trabalho em comum por semana.',
      otherDepartment: 'De departamentos diferentes: {{menteeDepartment}} e {{department}}.',
      otherOffice: 'De escritórios diferentes: {{menteeOffice}} e {{office}}.',
      otherCountry: 'De países diferentes: {{menteeCountry}} e {{country}}.',
      departmentPartnership:
        'Os departamentos deles devem trabalhar mais juntos: {{menteeDepartment}} e {{department}}.',
    },
    refused: {
      rule: '{{mentee}} e {{mentor}} não podem formar dupla: o mentor {{does}}.',
      unknownPerson:
        '{{mentee}} e {{mentor}} não podem formar dupla: no momento, uma das duas pessoas não procura ninguém.',
      twice: '{{mentee}} e {{mentor}} já são uma dupla fixada.',
      capacity:
        '{{mentee}} e {{mentor}} não podem formar dupla: outras duplas fixadas ocupam a última vaga de uma das duas pessoas.',
    },
  },
};

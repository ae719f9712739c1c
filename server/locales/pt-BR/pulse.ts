/** Texts of the pulse, of what follows it and of the safe contact in Brazilian Portuguese. */
export const pulseTexts = {
  pulse: {
    heading: 'Uma checagem rápida: você e {{name}}',
    intro: 'Desta vez é sobre vocês dois. É confidencial, e cada pergunta diz quem vê a resposta.',
    rightMatch: 'Esta é a dupla certa para você?',
    rightMatchSeen:
      'Visto só por você. Com a terceira resposta, a equipe do programa fica sabendo, uma semana depois da sessão, que esta dupla gostaria de outra combinação, nunca qual de vocês; a outra pessoa não é avisada.',
    rightMatches: {
      yes: 'Sim',
      unsure: 'Não tenho certeza',
      another: 'Gostaria de outra dupla; não é culpa de ninguém',
    },
    safeToSpeak: 'Quanta segurança você sente para dizer o que pensa?',
    safeToSpeakSeen: 'Visto só por você; também não é contado em nenhum grupo.',
    safeLevels: {
      1: '1 – nenhuma segurança',
      2: '2 – pouca segurança',
      3: '3 – em parte',
      4: '4 – segurança',
      5: '5 – muita segurança',
    },
    taughtBy: 'Quem ensinou mais até agora?',
    taughtBySeen: 'Visto só por você; também não é contado em nenhum grupo.',
    teachers: { me: 'Eu', partner: 'A outra pessoa da dupla', both: 'Nós dois igualmente' },
    edit: 'Mudar minhas respostas',
  },
  ways: {
    heading: 'Obrigado por dizer isso',
    text: 'Só você vê isto, e ninguém é avisado de nada se você não tocar em um botão. Não é preciso fazer nada. Se quiser, há três caminhos:',
    contact: 'Falar com {{name}}',
    contactSeen:
      '{{name}} é seu contato de confiança e está fora da linha hierárquica de todos os participantes. O botão envia seu nome e nada mais.',
    noContact: 'Este programa não tem contato de confiança no momento.',
    another: 'Outra dupla',
    anotherSeen:
      'A equipe do programa fica sabendo, uma semana depois da sessão, que esta dupla gostaria de outra combinação, nunca qual de vocês.',
    leave: 'Encerrar esta dupla',
    leaveSeen:
      'As próximas sessões são canceladas na hora e não podem ser recuperadas. A outra pessoa lê que a dupla terminou, nunca por quem nem por quê.',
    leaveNow: 'Sim, encerrar agora',
  },
  contact: {
    heading: 'Seu contato de confiança: {{name}}',
    text: 'Você pode procurar {{name}} se algo na sua dupla não estiver bem. {{name}} está fora da linha hierárquica de todos os participantes e não faz parte do programa.',
    mail: 'Endereço: {{mail}}',
    ask: 'Pedir que fale comigo',
    seen: 'O botão envia seu nome e nada mais; ninguém mais fica sabendo.',
    none: 'Você não tem um contato de confiança em um programa no momento.',
    requestHeading: '{{name}} pede que você entre em contato',
    requestText:
      'Você é o contato de confiança de um programa de mentoria. Você recebe o nome e nada mais. Escreva ou ligue em breve e guarde isso para si.',
  },
  ended: {
    heading: 'Sua dupla com {{name}} terminou',
    text: 'As próximas sessões foram canceladas. Não é culpa de ninguém, e não é preciso fazer nada. Se houver uma nova dupla para você, nós avisamos.',
  },
};

/** Texts of the pulse, of what follows it and of the safe contact in Polish. */
export const pulseTexts = {
  pulse: {
    heading: 'Krótkie pytanie o Waszą parę: {{name}}',
    intro: 'Tym razem chodzi o Was dwoje. To poufne, a przy każdym pytaniu jest napisane, kto zobaczy odpowiedź.',
    rightMatch: 'Czy to dla Ciebie właściwa para?',
    rightMatchSeen:
      'Widzisz to tylko Ty. Po trzeciej odpowiedzi zespół programu dowiaduje się tydzień po sesji, że ta para chciałaby innego dopasowania, nigdy kto z Was; druga osoba nie dostaje żadnej informacji.',
    rightMatches: {
      yes: 'Tak',
      unsure: 'Nie mam pewności',
      another: 'Wolę inną parę; to niczyja wina',
    },
    safeToSpeak: 'Na ile bezpiecznie czujesz się, mówiąc, co myślisz?',
    safeToSpeakSeen: 'Widzisz to tylko Ty; nie jest to też liczone w żadnej grupie.',
    safeLevels: {
      1: '1 – wcale nie czuję się bezpiecznie',
      2: '2 – raczej niebezpiecznie',
      3: '3 – częściowo',
      4: '4 – bezpiecznie',
      5: '5 – bardzo bezpiecznie',
    },
    taughtBy: 'Kto do tej pory więcej uczył?',
    taughtBySeen: 'Widzisz to tylko Ty; nie jest to też liczone w żadnej grupie.',
    teachers: { me: 'Ja', partner: 'Druga osoba z pary', both: 'Oboje tak samo' },
    edit: 'Zmień moje odpowiedzi',
  },
  ways: {
    heading: 'Dziękujemy za szczerość',
    text: 'Widzisz to tylko Ty i nikt się niczego nie dowie, dopóki nie naciśniesz przycisku. Nie musisz nic robić. Jeśli chcesz, są trzy drogi:',
    contact: 'Porozmawiaj: {{name}}',
    contactSeen:
      '{{name}} to Twoja osoba zaufania, poza linią służbową wszystkich uczestników. Przycisk wysyła tylko Twoje imię i nazwisko.',
    noContact: 'Ten program nie ma w tej chwili osoby zaufania.',
    another: 'Inna para',
    anotherSeen:
      'Zespół programu dowiaduje się tydzień po sesji, że ta para chciałaby innego dopasowania, nigdy kto z Was.',
    leave: 'Zakończ tę parę',
    leaveSeen:
      'Przyszłe sesje zostaną od razu odwołane i nie da się ich przywrócić. Druga osoba przeczyta, że para się zakończyła, nigdy przez kogo ani dlaczego.',
    leaveNow: 'Tak, zakończ teraz',
  },
  contact: {
    heading: 'Twoja osoba zaufania: {{name}}',
    text: 'Jeśli coś w Twojej parze jest nie w porządku, możesz się zwrócić do tej osoby: {{name}}. Jest ona poza linią służbową wszystkich uczestników i nie bierze udziału w programie.',
    mail: 'Adres: {{mail}}',
    ask: 'Poproś o kontakt ze mną',
    seen: 'Przycisk wysyła tylko Twoje imię i nazwisko; nikt inny się o tym nie dowie.',
    none: 'Nie masz teraz osoby zaufania w żadnym programie.',
    requestHeading: '{{name}} prosi o kontakt',
    requestText:
      'Jesteś osobą zaufania programu mentoringowego. Otrzymujesz imię i nazwisko, nic więcej. Napisz lub zadzwoń wkrótce i zachowaj to dla siebie.',
  },
  ended: {
    heading: 'Twoja para zakończyła współpracę: {{name}}',
    text: 'Przyszłe sesje zostały odwołane. To niczyja wina i nie trzeba nic robić. Jeśli znajdzie się dla Ciebie nowa para, odezwiemy się.',
  },
};

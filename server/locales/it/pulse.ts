/** Texts of the pulse, of what follows it and of the safe contact in Italian. */
export const pulseTexts = {
  pulse: {
    heading: 'Un breve controllo: Lei e {{name}}',
    intro: 'Questa volta si tratta di voi due. È riservato, e ogni domanda dice chi vede la risposta.',
    rightMatch: 'È la coppia giusta per Lei?',
    rightMatchSeen:
      'Lo vede solo Lei. Con la terza risposta il team del programma viene a sapere, una settimana dopo la sessione, che questa coppia desidera un altro abbinamento, mai chi di voi; l’altra persona non ne è informata.',
    rightMatches: {
      yes: 'Sì',
      unsure: 'Non ne ho la certezza',
      another: 'Vorrei un altro abbinamento; non è colpa di nessuno',
    },
    safeToSpeak: 'Quanto sente di poter dire liberamente ciò che pensa?',
    safeToSpeakSeen: 'Lo vede solo Lei; non viene contato neppure in un gruppo.',
    safeLevels: {
      1: '1 – per nulla',
      2: '2 – a fatica',
      3: '3 – in parte',
      4: '4 – liberamente',
      5: '5 – molto liberamente',
    },
    taughtBy: 'Finora chi ha insegnato di più?',
    taughtBySeen: 'Lo vede solo Lei; non viene contato neppure in un gruppo.',
    teachers: { me: 'Io', partner: 'L’altra persona della coppia', both: 'Entrambi allo stesso modo' },
    edit: 'Modifica le mie risposte',
  },
  ways: {
    heading: 'Grazie per averlo detto',
    text: 'Lo vede solo Lei, e nessuno viene informato di nulla se non preme un pulsante. Non occorre fare nulla. Se lo desidera, ci sono tre strade:',
    contact: 'Parla con {{name}}',
    contactSeen:
      '{{name}} è la Sua persona di fiducia ed è fuori dalla linea gerarchica di tutti i partecipanti. Il pulsante invia il Suo nome e nient’altro.',
    noContact: 'Al momento questo programma non ha una persona di fiducia.',
    another: 'Un altro abbinamento',
    anotherSeen:
      'Il team del programma viene a sapere, una settimana dopo la sessione, che questa coppia desidera un altro abbinamento, mai chi di voi.',
    leave: 'Interrompi questa coppia',
    leaveSeen:
      'Le sessioni future sono annullate subito e non si possono ripristinare. L’altra persona legge che la coppia è conclusa, mai da chi o perché.',
    leaveNow: 'Sì, interrompi ora',
  },
  contact: {
    heading: 'La Sua persona di fiducia: {{name}}',
    text: 'Può rivolgersi a {{name}} se qualcosa nella Sua coppia non va. {{name}} è fuori dalla linea gerarchica di tutti i partecipanti e non fa parte del programma.',
    mail: 'Indirizzo: {{mail}}',
    ask: 'Chiedi di contattarmi',
    seen: 'Il pulsante invia il Suo nome e nient’altro; nessun altro lo viene a sapere.',
    none: 'Al momento non ha una persona di fiducia in un programma.',
    requestHeading: '{{name}} Le chiede di mettersi in contatto',
    requestText:
      'Lei è la persona di fiducia di un programma di mentoring. Le viene comunicato il nome e nient’altro. Scriva o chiami presto e mantenga il riserbo.',
  },
  ended: {
    heading: 'La Sua coppia con {{name}} è conclusa',
    text: 'Le sessioni future sono annullate. Non è colpa di nessuno e non c’è nulla da fare. Se ci sarà un nuovo abbinamento per Lei, La contatteremo.',
  },
};

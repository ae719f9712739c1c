import type { GuideTexts } from '../guide-texts.ts';

/** Guides of the sessions in Italian. */
export const guides: GuideTexts = {
  open: 'Apre il mentor: un piccolo esempio di questa settimana.',
  question: 'La domanda del mentor al mentee.',
  topics: {
    'generative-ai': {
      title: 'L’IA generativa nel proprio lavoro',
      show: 'Il mentor risolve un compito reale con un assistente IA e dice che cosa ha sbagliato.',
      attempt: 'Il mentee prova con un proprio testo, senza dati riservati.',
      prompts: [
        'Dove una prima bozza farebbe risparmiare un’ora alla settimana?',
        'Che cosa non gli affiderebbe mai?',
        'Come verifica ciò che dice?',
      ],
      takeaway: 'Un compito da provare con l’IA prima della prossima sessione.',
    },
    'prompt-practice': {
      title: 'Chiedere all’IA in modo che la risposta serva',
      show: 'Il mentor migliora un prompt debole in tre passi: ruolo, contesto, forma della risposta.',
      attempt: 'Il mentee scrive un prompt per un compito della settimana e insieme lo migliorano.',
      prompts: [
        'Che cosa deve sapere l’assistente su chi leggerà?',
        'Quale esempio lo renderebbe più chiaro?',
        'Come si riconosce una risposta inventata?',
      ],
      takeaway: 'Un prompt proprio, da riutilizzare.',
    },
    'social-media-presence': {
      title: 'La propria voce sui social media',
      show: 'Il mentor mostra due profili di dirigenti e perché vale la pena seguirli.',
      attempt: 'Il mentee abbozza un breve post con parole proprie.',
      prompts: [
        'Che cosa sa che altri leggerebbero volentieri?',
        'Quali temi lascia fuori, e perché?',
        'Quanto tempo alla settimana è realistico?',
      ],
      takeaway: 'Un post, o un commento, nelle prossime due settimane.',
    },
    'brand-on-social-media': {
      title: 'Come ci vedono sui social media',
      show: 'Il mentor mostra che cosa si scrive di noi e di un concorrente.',
      attempt: 'Il mentee legge dieci commenti e riconosce che cosa hanno in comune.',
      prompts: [
        'Quale commento L’ha sorpresa?',
        'Che cosa si aspetta qui da noi un cliente di 25 anni?',
        'Dove rispondere e dove ascoltare?',
      ],
      takeaway: 'Un’osservazione da portare al proprio team.',
    },
    'short-video': {
      title: 'Perché i video brevi funzionano',
      show: 'Il mentor mostra tre video brevi e che cosa accade nei primi tre secondi.',
      attempt: 'Il mentee spiega un’idea alla telecamera in 30 secondi.',
      prompts: [
        'Che cosa ricorda dopo averlo visto una volta?',
        'Che cosa taglierebbe?',
        'Quale nostro messaggio sta in 30 secondi?',
      ],
      takeaway: 'Un’idea detta in 30 secondi.',
    },
    'online-communities': {
      title: 'Comunità: dove ci si aiuta',
      show: 'Il mentor mostra una comunità di cui fa parte e le sue regole non scritte.',
      attempt: 'Il mentee cerca una domanda a cui la nostra organizzazione saprebbe rispondere.',
      prompts: [
        'Perché lì ci si aiuta senza compenso?',
        'Che cosa ci renderebbe sgraditi?',
        'Che cosa impareremmo anche solo leggendo?',
      ],
      takeaway: 'Una comunità da leggere per due settimane.',
    },
    'collaboration-tools': {
      title: 'Meno mail, più lavoro insieme',
      show: 'Il mentor mostra come il suo team lavora su un documento e in un canale.',
      attempt: 'Il mentee sposta uno scambio di mail in uno spazio condiviso.',
      prompts: [
        'Quale riunione potrebbe essere una pagina condivisa?',
        'Che cosa cerca più spesso?',
        'Che cosa aspettano da Lei i colleghi?',
      ],
      takeaway: 'Uno scambio di mail in meno.',
    },
    'own-systems': {
      title: 'I nostri sistemi visti da chi li usa',
      show: 'Il mentor svolge un compito quotidiano in un nostro sistema, a velocità normale.',
      attempt: 'Il mentee svolge da solo lo stesso compito.',
      prompts: [
        'Dove ha esitato?',
        'Che cosa fanno gli utenti per aggirare il sistema?',
        'Che cosa cambierebbe per primo?',
      ],
      takeaway: 'Un ostacolo da segnalare a chi può toglierlo.',
    },
    'data-literacy': {
      title: 'Leggere un grafico con attenzione',
      show: 'Il mentor prende un nostro report e chiede: rispetto a che cosa, su quanti?',
      attempt: 'Il mentee spiega un grafico dell’ultimo mese e che cosa non mostra.',
      prompts: ['Che cosa Le farebbe cambiare idea?', 'È una causa o una coincidenza?', 'Chi manca nei numeri?'],
      takeaway: 'Una domanda da fare a ogni grafico.',
    },
    'cybersecurity-habits': {
      title: 'La sicurezza in cinque abitudini',
      show: 'Il mentor mostra una mail di phishing ben fatta e che cosa la tradisce.',
      attempt: 'Il mentee controlla i propri metodi di accesso e un dispositivo.',
      prompts: [
        'Quando rischia di fare clic troppo in fretta?',
        'Chi potrebbe agire a Suo nome, e come se ne accorgerebbe?',
        'Che cosa fa se qualcosa sembra strano?',
      ],
      takeaway: 'Un’abitudine da cambiare oggi.',
    },
    'digital-customers': {
      title: 'Essere clienti di noi stessi',
      show: 'Il mentor percorre la nostra offerta sul telefono come un nuovo cliente.',
      attempt: 'Il mentee fa lo stesso, pensando ad alta voce.',
      prompts: ['Dove si sarebbe arreso?', 'Che cosa fanno meglio gli altri?', 'Che cosa chiediamo che sappiamo già?'],
      takeaway: 'Un passaggio da semplificare.',
    },
    'market-trends': {
      title: 'Tendenza o rumore?',
      show: 'Il mentor porta una tendenza, con un segnale a favore e uno contro.',
      attempt: 'Il mentee dice che cosa dovrebbe accadere perché conti per noi.',
      prompts: [
        'A chi giova questo racconto?',
        'Che cosa pensavamo dell’ultima tendenza simile?',
        'Quale sarebbe una prova poco costosa?',
      ],
      takeaway: 'Un segnale da osservare fino alla prossima sessione.',
    },
    'technology-investments': {
      title: 'Domande prima di comprare tecnologia',
      show: 'Il mentor spiega una tecnologia con parole semplici e che cosa le serve per funzionare.',
      attempt: 'Il mentee indica una decisione imminente e che cosa è ancora poco chiaro.',
      prompts: [
        'Quale problema risolve, e di chi?',
        'Che cosa succede se aspettiamo un anno?',
        'Chi deve lavorare diversamente perché renda?',
      ],
      takeaway: 'Tre domande per la prossima proposta.',
    },
    'new-ways-of-working': {
      title: 'Come lavorano oggi i team',
      show: 'Il mentor mostra come il suo team pianifica la settimana e decide.',
      attempt: 'Il mentee sceglie una routine e dice a che cosa serve.',
      prompts: [
        'Quale decisione potrebbe essere presa più vicino al lavoro?',
        'Che cosa smetterebbe di fare, se potesse?',
        'Come viene a sapere che qualcosa è andato storto?',
      ],
      takeaway: 'Una routine da cambiare per un mese.',
    },
    'remote-work': {
      title: 'Guidare persone che non si vedono',
      show: 'Il mentor racconta una giornata ibrida riuscita e una no.',
      attempt: 'Il mentee guarda una riunione ricorrente con gli occhi di chi è a distanza.',
      prompts: [
        'Chi parla meno a distanza?',
        'Che cosa sa chi è in ufficio e gli altri no?',
        'Come si accorge che qualcuno è in difficoltà?',
      ],
      takeaway: 'Un cambiamento in una riunione.',
    },
    'public-digital-services': {
      title: 'Un servizio pubblico visto dal cittadino',
      show: 'Il mentor usa un servizio digitale pubblico dall’inizio alla fine.',
      attempt: 'Il mentee lo ripete come chi ha poco tempo o poca esperienza.',
      prompts: ['Chi non riesce a usarlo, e perché?', 'Quale modulo potrebbe sparire?', 'Che cosa darebbe fiducia?'],
      takeaway: 'Una barriera che si potrebbe togliere.',
    },
    'inclusion-and-language': {
      title: 'Parole che includono',
      show: 'Il mentor porta due nostri testi e come suonano a lettori diversi.',
      attempt: 'Il mentee riscrive un proprio paragrafo.',
      prompts: [
        'Chi potrebbe non sentirsi interpellato?',
        'Quale parola evita e quale Le manca?',
        'Come reagisce quando qualcuno La corregge?',
      ],
      takeaway: 'Una frase che dirà in altro modo.',
    },
    'younger-generations': {
      title: 'Che cosa si aspettano i colleghi più giovani',
      show: 'Il mentor dice perché è entrato e che cosa lo farebbe andare via.',
      attempt: 'Il mentee racconta il proprio primo anno di lavoro; poi il confronto.',
      prompts: [
        'Che cosa vogliamo entrambi dal lavoro?',
        'Quale idea sui giovani qui non è vera?',
        'Quale feedback ha aspettato invano?',
      ],
      takeaway: 'Una cosa da offrire questo mese a un collega più giovane.',
    },
    'communication-between-generations': {
      title: 'Parlarsi tra generazioni',
      show: 'Il mentor mostra un messaggio letto in due modi diversi.',
      attempt: 'Mentor e mentee lo riscrivono ciascuno per l’altro.',
      prompts: [
        'Quando telefona, scrive o aspetta?',
        'Che cosa significa per Lei il silenzio?',
        'Che cosa è scortese per uno e normale per l’altro?',
      ],
      takeaway: 'Un accordo su come comunichiamo noi due.',
    },
    sustainability: {
      title: 'La sostenibilità nelle decisioni',
      show: 'Il mentor mostra che cosa cercano, e di che cosa dubitano, giovani clienti e candidati.',
      attempt: 'Il mentee prende una decisione attuale e la guarda tra dieci anni.',
      prompts: [
        'Che cosa affermiamo senza poterlo provare?',
        'Dove fa anche risparmiare?',
        'Che cosa ne direbbe ai Suoi nipoti?',
      ],
      takeaway: 'Un numero da chiedere.',
    },
    'feedback-culture': {
      title: 'Chiedere un feedback e ascoltarlo',
      show: 'Il mentor racconta un feedback che è servito e uno che non è servito.',
      attempt: 'Il mentee chiede al mentor un’osservazione sincera e ascolta soltanto.',
      prompts: [
        'Che cosa non Le dicono?',
        'Come capirebbero che possono farlo?',
        'Che cosa ha cambiato di recente grazie a un feedback?',
      ],
      takeaway: 'Una domanda da fare al team questa settimana.',
    },
  },
};

import type { GuideTexts } from '../guide-texts.ts';

/** Guides of the sessions in Brazilian Portuguese. */
export const guides: GuideTexts = {
  open: 'O mentor abre: um pequeno exemplo desta semana.',
  question: 'A pergunta do próprio mentor ao mentorado.',
  topics: {
    'generative-ai': {
      title: 'IA generativa no próprio trabalho',
      show: 'O mentor resolve uma tarefa real com um assistente de IA e diz o que ele errou.',
      attempt: 'O mentorado experimenta com um texto próprio, sem dados confidenciais.',
      prompts: [
        'Onde um primeiro rascunho pouparia uma hora por semana?',
        'O que você nunca entregaria a ela?',
        'Como você confere o que ela diz?',
      ],
      takeaway: 'Uma tarefa para tentar com IA antes da próxima sessão.',
    },
    'prompt-practice': {
      title: 'Perguntar à IA para que a resposta ajude',
      show: 'O mentor melhora um prompt fraco em três passos: papel, contexto, forma da resposta.',
      attempt: 'O mentorado escreve um prompt para uma tarefa da semana, e os dois o melhoram.',
      prompts: [
        'O que o assistente precisa saber sobre o leitor?',
        'Que exemplo deixaria mais claro?',
        'Como perceber uma resposta inventada?',
      ],
      takeaway: 'Um prompt próprio para usar de novo.',
    },
    'social-media-presence': {
      title: 'A própria voz nas redes sociais',
      show: 'O mentor mostra dois perfis de líderes e por que vale a pena segui-los.',
      attempt: 'O mentorado rascunha um post curto com as próprias palavras.',
      prompts: [
        'O que você sabe que outros gostariam de ler?',
        'Que temas você deixa de fora, e por quê?',
        'Quanto tempo por semana é realista?',
      ],
      takeaway: 'Um post, ou um comentário, nas próximas duas semanas.',
    },
    'brand-on-social-media': {
      title: 'Como nos veem nas redes sociais',
      show: 'O mentor mostra o que se escreve sobre nós e sobre um concorrente.',
      attempt: 'O mentorado lê dez comentários e identifica o padrão.',
      prompts: [
        'Que comentário surpreendeu você?',
        'O que um cliente de 25 anos espera de nós aqui?',
        'Onde responder e onde só ouvir?',
      ],
      takeaway: 'Uma observação para levar à sua equipe.',
    },
    'short-video': {
      title: 'Por que vídeos curtos funcionam',
      show: 'O mentor mostra três vídeos curtos e o que acontece nos três primeiros segundos.',
      attempt: 'O mentorado explica uma ideia para a câmera em 30 segundos.',
      prompts: [
        'O que você lembrou depois de ver uma vez?',
        'O que você cortaria?',
        'Que mensagem nossa cabe em 30 segundos?',
      ],
      takeaway: 'Uma ideia dita em 30 segundos.',
    },
    'online-communities': {
      title: 'Comunidades: onde as pessoas se ajudam',
      show: 'O mentor mostra uma comunidade de que participa e suas regras não escritas.',
      attempt: 'O mentorado procura uma pergunta que a nossa organização saberia responder.',
      prompts: [
        'Por que ali se ajuda sem receber nada?',
        'O que nos tornaria mal-vindos?',
        'O que aprenderíamos só lendo?',
      ],
      takeaway: 'Uma comunidade para ler por duas semanas.',
    },
    'collaboration-tools': {
      title: 'Menos e-mail, mais trabalho em equipe',
      show: 'O mentor mostra como sua equipe trabalha em um documento e em um canal.',
      attempt: 'O mentorado leva uma troca de e-mails para um lugar compartilhado.',
      prompts: [
        'Que reunião poderia ser uma página compartilhada?',
        'O que você procura com mais frequência?',
        'O que os colegas esperam de você?',
      ],
      takeaway: 'Uma troca de e-mails a menos.',
    },
    'own-systems': {
      title: 'Nossos sistemas vistos por quem usa',
      show: 'O mentor faz uma tarefa diária em um dos nossos sistemas, em ritmo normal.',
      attempt: 'O mentorado faz a mesma tarefa sem ajuda.',
      prompts: ['Onde você hesitou?', 'O que as pessoas fazem por fora do sistema?', 'O que você mudaria primeiro?'],
      takeaway: 'Um obstáculo para relatar a quem pode removê-lo.',
    },
    'data-literacy': {
      title: 'Ler um gráfico com cuidado',
      show: 'O mentor pega um relatório nosso e pergunta: comparado com quê, de quantos?',
      attempt: 'O mentorado explica um gráfico do último mês e o que ele não mostra.',
      prompts: ['O que faria você mudar de ideia?', 'É causa ou coincidência?', 'Quem falta nesses números?'],
      takeaway: 'Uma pergunta a fazer diante de cada gráfico.',
    },
    'cybersecurity-habits': {
      title: 'Segurança em cinco hábitos',
      show: 'O mentor mostra um e-mail de phishing bem-feito e o que o denuncia.',
      attempt: 'O mentorado verifica seus métodos de acesso e um dispositivo.',
      prompts: [
        'Quando você corre o risco de clicar rápido demais?',
        'Quem poderia agir em seu nome, e como você notaria?',
        'O que você faz quando algo parece estranho?',
      ],
      takeaway: 'Um hábito para mudar hoje.',
    },
    'digital-customers': {
      title: 'Ser cliente de nós mesmos',
      show: 'O mentor percorre a nossa oferta no celular como um novo cliente.',
      attempt: 'O mentorado faz o mesmo, pensando em voz alta.',
      prompts: ['Onde você teria desistido?', 'O que os outros fazem melhor?', 'O que perguntamos que já sabemos?'],
      takeaway: 'Uma etapa da jornada para simplificar.',
    },
    'market-trends': {
      title: 'Tendência ou ruído?',
      show: 'O mentor traz uma tendência, com um sinal a favor e um contra.',
      attempt: 'O mentorado diz o que teria de acontecer para ela importar para nós.',
      prompts: [
        'Quem ganha com essa história?',
        'O que pensamos da última tendência parecida?',
        'Qual seria um teste barato?',
      ],
      takeaway: 'Um sinal para observar até a próxima sessão.',
    },
    'technology-investments': {
      title: 'Perguntas antes de comprar tecnologia',
      show: 'O mentor explica uma tecnologia em palavras simples e do que ela precisa para funcionar.',
      attempt: 'O mentorado cita uma decisão próxima e o que ainda não está claro.',
      prompts: [
        'Que problema ela resolve, e de quem?',
        'O que acontece se esperarmos um ano?',
        'Quem precisa trabalhar diferente para valer a pena?',
      ],
      takeaway: 'Três perguntas para a próxima proposta.',
    },
    'new-ways-of-working': {
      title: 'Como as equipes trabalham hoje',
      show: 'O mentor mostra como sua equipe planeja a semana e decide.',
      attempt: 'O mentorado escolhe uma rotina e diz para que ela serve.',
      prompts: [
        'Que decisão poderia ser tomada mais perto do trabalho?',
        'O que você pararia de fazer, se pudesse?',
        'Como você fica sabendo que algo deu errado?',
      ],
      takeaway: 'Uma rotina para fazer diferente por um mês.',
    },
    'remote-work': {
      title: 'Liderar pessoas que você não vê',
      show: 'O mentor descreve um dia bom e um dia ruim de trabalho híbrido.',
      attempt: 'O mentorado olha para uma reunião recorrente com os olhos de quem está remoto.',
      prompts: [
        'Quem fala menos a distância?',
        'O que quem está no escritório sabe e os outros não?',
        'Como você nota que alguém está com dificuldade?',
      ],
      takeaway: 'Uma mudança em uma reunião.',
    },
    'public-digital-services': {
      title: 'Um serviço público visto pelo cidadão',
      show: 'O mentor usa um serviço digital público do começo ao fim.',
      attempt: 'O mentorado repete como alguém com pouco tempo ou experiência.',
      prompts: [
        'Quem não consegue usar, e por quê?',
        'Que formulário poderia sumir?',
        'O que daria confiança às pessoas?',
      ],
      takeaway: 'Uma barreira que poderia ser removida.',
    },
    'inclusion-and-language': {
      title: 'Palavras que incluem',
      show: 'O mentor traz dois textos nossos e como soam para leitores diferentes.',
      attempt: 'O mentorado reescreve um parágrafo próprio.',
      prompts: [
        'Quem pode não se sentir incluído?',
        'Que palavra você evita, e qual faz falta?',
        'Como você reage quando alguém corrige você?',
      ],
      takeaway: 'Uma frase que você vai dizer de outro jeito.',
    },
    'younger-generations': {
      title: 'O que esperam os colegas mais jovens',
      show: 'O mentor diz por que entrou e o que o faria sair.',
      attempt: 'O mentorado conta seu primeiro ano de trabalho; os dois comparam.',
      prompts: [
        'O que nós dois queremos do trabalho?',
        'Que crença sobre os jovens não é verdade aqui?',
        'Que feedback você esperou em vão?',
      ],
      takeaway: 'Algo para oferecer a um colega mais jovem este mês.',
    },
    'communication-between-generations': {
      title: 'Conversar entre gerações',
      show: 'O mentor mostra uma mensagem que foi lida de dois jeitos.',
      attempt: 'Mentor e mentorado a reescrevem um para o outro.',
      prompts: [
        'Quando você liga, escreve ou espera?',
        'O que o silêncio significa para você?',
        'O que soa rude para um de nós e normal para o outro?',
      ],
      takeaway: 'Um combinado sobre como nós dois nos comunicamos.',
    },
    sustainability: {
      title: 'Sustentabilidade nas decisões',
      show: 'O mentor mostra o que jovens clientes e candidatos procuram, e do que duvidam.',
      attempt: 'O mentorado pega uma decisão atual e olha para ela daqui a dez anos.',
      prompts: [
        'O que afirmamos sem poder provar?',
        'Onde isso também economiza dinheiro?',
        'O que você contaria disso aos seus netos?',
      ],
      takeaway: 'Um número para pedir.',
    },
    'feedback-culture': {
      title: 'Pedir feedback e ouvi-lo',
      show: 'O mentor conta um feedback que ajudou e um que não ajudou.',
      attempt: 'O mentorado pede ao mentor uma observação sincera e só ouve.',
      prompts: [
        'O que as pessoas não dizem a você?',
        'Como elas saberiam que é seguro?',
        'O que você mudou por último graças a um feedback?',
      ],
      takeaway: 'Uma pergunta para fazer à sua equipe esta semana.',
    },
  },
};

import { pick } from '../hash.ts';

/** The five languages in which the company's people were named. */
export type NameLocale = 'en' | 'it' | 'pl' | 'uk' | 'pt-BR';

/** A person's name as the directory shows it, and the letters a mail address may hold. */
export interface PersonName {
  givenName: string;
  surname: string;
  displayName: string;
  /** `given.surname` in plain ASCII, lower case. */
  mailName: string;
}

interface Pool {
  given: [string[], string[]];
  /** `Kowalski/Kowalska`: the two forms of a surname that has two. */
  surnames: string[];
}

const words = (text: string): string[] => text.trim().split(/\s+/);

const POOLS: Record<NameLocale, Pool> = {
  en: {
    given: [
      words(`Oliver George Harry Jack Charlie Thomas James William Daniel Henry Samuel Edward Benjamin Joseph Adam Ryan
        Matthew Nathan Lewis Callum Marcus Tyler Brandon Ethan Dylan Owen Aaron Simon Peter Graham Kevin Terence`),
      words(`Amelia Olivia Emily Grace Sophie Charlotte Lucy Hannah Chloe Ella Megan Jessica Laura Rachel Rebecca Sarah
        Alice Emma Victoria Natalie Zoe Abigail Brooke Madison Kayla Claire Helen Karen Janet Heather Fiona Imogen`),
    ],
    surnames:
      words(`Smith Jones Taylor Brown Wilson Evans Thomas Walker White Roberts Green Hall Wood Harris Clarke Lewis
      Turner Hill Cooper Ward Morris King Baker Carter Mitchell Parker Bennett Cook Shaw Murphy O'Connor O'Brien Price
      Hughes Foster Graham Simmons Barnes Fletcher Holmes Whitaker Sinclair Hawkins Palmer Osborne Chapman Okafor Patel
      Singh Khan Chen Nguyen Rivera Johnson Washington Sullivan Donovan Hayes Coleman Brooks Bryant Griffin`),
  },
  it: {
    given: [
      words(`Marco Luca Andrea Matteo Alessandro Francesco Lorenzo Davide Simone Federico Riccardo Stefano Giovanni Paolo
        Roberto Antonio Giuseppe Nicolò Tommaso Filippo Emanuele Daniele Giacomo Edoardo Pietro Gabriele Fabio Claudio`),
      words(`Giulia Chiara Francesca Sara Martina Elena Valentina Alessia Federica Silvia Laura Anna Elisa Beatrice Marta
        Ilaria Giorgia Paola Roberta Camilla Ludovica Noemi Arianna Serena Cristina Monica Caterina Lucia`),
    ],
    surnames: words(`Rossi Russo Ferrari Esposito Bianchi Romano Colombo Ricci Marino Greco Bruno Gallo Conti Costa
      Giordano Mancini Rizzo Lombardi Moretti Barbieri Fontana Santoro Mariani Rinaldi Caruso Ferrara Galli Martini Leone
      Longo Gentile Martinelli Vitale Lombardo Serra Coppola Marchetti Parisi Villa Conte Ferraro Ferri Fabbri Bianco
      Marini Grasso Valentini Messina Sala Gatti Pellegrini Palumbo Sanna Farina Rizzi Cattaneo Morelli D'Angelo`),
  },
  pl: {
    given: [
      words(`Piotr Krzysztof Andrzej Tomasz Paweł Jan Michał Marcin Jakub Adam Łukasz Mateusz Kamil Wojciech Grzegorz
        Rafał Maciej Dawid Szymon Bartosz Filip Konrad Hubert Sebastian Sławomir Artur Mariusz Wiktor`),
      words(`Anna Katarzyna Agnieszka Małgorzata Magdalena Joanna Barbara Monika Ewa Aleksandra Natalia Karolina Zuzanna
        Julia Zofia Weronika Patrycja Justyna Paulina Dorota Beata Alicja Kinga Oliwia Marta Sylwia Iwona Gabriela`),
    ],
    surnames: words(`Nowak Kowalski/Kowalska Wiśniewski/Wiśniewska Wójcik Kowalczyk Kamiński/Kamińska
      Lewandowski/Lewandowska Zieliński/Zielińska Szymański/Szymańska Woźniak Dąbrowski/Dąbrowska Kozłowski/Kozłowska
      Jankowski/Jankowska Mazur Wojciechowski/Wojciechowska Kwiatkowski/Kwiatkowska Krawczyk Kaczmarek
      Piotrowski/Piotrowska Grabowski/Grabowska Zając Pawłowski/Pawłowska Michalski/Michalska Król
      Jabłoński/Jabłońska Wróbel Wieczorek Majewski/Majewska Olszewski/Olszewska Stępień Malinowski/Malinowska
      Jaworski/Jaworska Adamczyk Dudek Nowicki/Nowicka Pawlak Górski/Górska Witkowski/Witkowska Sikora Walczak Baran
      Rutkowski/Rutkowska Michalak Szewczyk Ostrowski/Ostrowska Tomaszewski/Tomaszewska Pietrzak Duda Zalewski/Zalewska
      Wróblewski/Wróblewska Marciniak Jasiński/Jasińska Sadowski/Sadowska Bąk Żak Kubiak Wilk Lis Łuczak`),
  },
  uk: {
    given: [
      words(`Олександр Андрій Сергій Володимир Дмитро Максим Артем Іван Богдан Тарас Юрій Роман Олег Ігор Василь Микола
        Назар Остап Денис Євген Віталій Павло Ярослав Михайло Кирило Антон Данило Святослав`),
      words(`Олена Ірина Наталія Оксана Тетяна Юлія Марія Катерина Анна Софія Анастасія Вікторія Христина Дарина Світлана
        Людмила Ганна Соломія Зоряна Яна Мирослава Поліна Діана Надія Вероніка Лариса Аліна Злата`),
    ],
    surnames: words(`Шевченко Коваленко Бондаренко Ткаченко Кравченко Олійник Шевчук Коваль Поліщук Бондар Мельник
      Мороз Марченко Лисенко Руденко Савченко Петренко Клименко Павленко Кравчук Кузьменко Левченко Сидоренко
      Гончаренко Іваненко Романюк Харченко Карпенко Гаврилюк Бойко Ткачук Литвиненко Захарченко Гриценко Мазур
      Савицький/Савицька Заболотний/Заболотна Яворський/Яворська Вишневський/Вишневська Костюк Паламарчук
      Хоменко Федоренко Тимошенко Дорошенко Панченко Гнатюк Степаненко Юрченко Щербак Ґалаґан Згурський/Згурська
      Сидорчук Демченко Назаренко Власенко Приходько Остапчук Мартинюк Ярошенко Чорний/Чорна Білоус`),
  },
  'pt-BR': {
    given: [
      words(`João Pedro Lucas Gabriel Mateus Rafael Felipe Gustavo Bruno Thiago Leonardo Rodrigo André Eduardo Vinícius
        Caio Murilo Henrique Diego Marcelo Ricardo Fábio Renato Otávio Antônio Fernando Igor Luís`),
      words(`Ana Mariana Beatriz Camila Larissa Juliana Fernanda Letícia Amanda Gabriela Carolina Isabela Luana Bruna
        Patrícia Renata Vanessa Natália Débora Helena Lívia Rafaela Tatiana Cíntia Priscila Yasmin Clara Sofia`),
    ],
    surnames: words(`Silva Santos Oliveira Souza Rodrigues Ferreira Alves Pereira Lima Gomes Costa Ribeiro Martins
      Carvalho Almeida Lopes Soares Fernandes Vieira Barbosa Rocha Dias Nascimento Andrade Moreira Nunes Marques Machado
      Mendes Freitas Cardoso Ramos Gonçalves Santana Teixeira Araújo Cavalcanti Monteiro Batista Campos Pinto Moura
      Correia Azevedo Barros Peixoto Siqueira Guimarães Assunção Conceição Queiroz Magalhães Brandão Leão Pacheco`),
  },
};

/** Ukrainian letters in Latin ones (national transliteration of 2010); the second form stands at the start of a word. */
// prettier-ignore
const UKRAINIAN: Record<string, string | [string, string]> = {
  а: 'a', б: 'b', в: 'v', г: 'h', ґ: 'g', д: 'd', е: 'e', є: ['ie', 'ye'], ж: 'zh', з: 'z', и: 'y', і: 'i',
  ї: ['i', 'yi'], й: ['i', 'y'], к: 'k', л: 'l', м: 'm', н: 'n', о: 'o', п: 'p', р: 'r', с: 's', т: 't', у: 'u',
  ф: 'f', х: 'kh', ц: 'ts', ч: 'ch', ш: 'sh', щ: 'shch', ь: '', ю: ['iu', 'yu'], я: ['ia', 'ya'],
};

/** A Ukrainian word in Latin letters, e.g. Згурський. // => 'Zghurskyi' */
export function transliterate(word: string): string {
  const latin = [...word.toLowerCase().replaceAll('зг', 'з\u0000')].map((letter, index) => {
    if (letter === '\u0000') return 'gh';
    const forms = UKRAINIAN[letter] ?? letter;
    return typeof forms === 'string' ? forms : forms[index === 0 ? 1 : 0];
  });
  const text = latin.join('');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

const toAscii = (text: string): string =>
  text
    .replaceAll('ł', 'l')
    .replaceAll('Ł', 'L')
    .normalize('NFD')
    .replace(/[^A-Za-z]/g, '')
    .toLowerCase();

/**
 * A name of the locale, decided by the parts alone. Ukrainian names come in Cyrillic for about half of the people, as
 * each person entered theirs; the mail name is always Latin.
 */
export function namePerson(locale: NameLocale, ...parts: readonly (string | number)[]): PersonName {
  const pool = POOLS[locale];
  const form = pick([0, 1] as const, ...parts, 'form');
  const given = pick(pool.given[form], ...parts, 'given');
  const forms = pick(pool.surnames, ...parts, 'surname').split('/');
  const surname = forms[form] ?? forms[0]!;
  if (locale !== 'uk') {
    return {
      givenName: given,
      surname,
      displayName: `${given} ${surname}`,
      mailName: `${toAscii(given)}.${toAscii(surname)}`,
    };
  }
  const latin = [transliterate(given), transliterate(surname)] as const;
  const shown = pick([true, false], ...parts, 'cyrillic') ? ([given, surname] as const) : latin;
  return {
    givenName: shown[0],
    surname: shown[1],
    displayName: shown.join(' '),
    mailName: `${toAscii(latin[0])}.${toAscii(latin[1])}`,
  };
}

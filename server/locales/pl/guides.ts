import type { GuideTexts } from '../guide-texts.ts';

/** Guides of the sessions in Polish. */
export const guides: GuideTexts = {
  open: 'Zaczyna mentor: jeden mały przykład z tego tygodnia.',
  question: 'Własne pytanie mentora do mentee.',
  topics: {
    'generative-ai': {
      title: 'Generatywna AI we własnej pracy',
      show: 'Mentor rozwiązuje prawdziwe zadanie z asystentem AI i mówi, w czym się on pomylił.',
      attempt: 'Mentee próbuje na własnym tekście, bez danych poufnych.',
      prompts: [
        'Gdzie pierwszy szkic oszczędziłby godzinę w tygodniu?',
        'Czego nigdy byś mu nie powierzył lub nie powierzyła?',
        'Jak sprawdzasz to, co mówi?',
      ],
      takeaway: 'Jedno zadanie do wypróbowania z AI przed następną sesją.',
    },
    'prompt-practice': {
      title: 'Pytać AI tak, by odpowiedź pomagała',
      show: 'Mentor poprawia słaby prompt w trzech krokach: rola, kontekst, forma odpowiedzi.',
      attempt: 'Mentee pisze prompt do zadania z tego tygodnia i wspólnie go ulepszacie.',
      prompts: [
        'Co asystent powinien wiedzieć o czytelniku?',
        'Jaki przykład by to rozjaśnił?',
        'Po czym poznać zmyśloną odpowiedź?',
      ],
      takeaway: 'Jeden własny prompt do ponownego użycia.',
    },
    'social-media-presence': {
      title: 'Własny głos w mediach społecznościowych',
      show: 'Mentor pokazuje dwa profile liderów i to, dlaczego warto je śledzić.',
      attempt: 'Mentee pisze szkic krótkiego wpisu własnymi słowami.',
      prompts: [
        'Co wiesz, o czym inni chętnie przeczytają?',
        'Jakie tematy pomijasz i dlaczego?',
        'Ile czasu w tygodniu jest realne?',
      ],
      takeaway: 'Jeden wpis lub komentarz w ciągu dwóch tygodni.',
    },
    'brand-on-social-media': {
      title: 'Jak widzą nas inni w mediach społecznościowych',
      show: 'Mentor pokazuje, co ludzie piszą o nas i o konkurencji.',
      attempt: 'Mentee czyta dziesięć komentarzy i nazywa wzór.',
      prompts: [
        'Który komentarz zaskoczył?',
        'Czego oczekuje tu od nas klient w wieku 25 lat?',
        'Gdzie odpowiadać, a gdzie słuchać?',
      ],
      takeaway: 'Jedno spostrzeżenie dla własnego zespołu.',
    },
    'short-video': {
      title: 'Dlaczego krótkie wideo działa',
      show: 'Mentor pokazuje trzy krótkie filmy i to, co dzieje się w pierwszych trzech sekundach.',
      attempt: 'Mentee wyjaśnia do kamery jedną myśl w 30 sekund.',
      prompts: [
        'Co zostaje w pamięci po jednym obejrzeniu?',
        'Co można wyciąć?',
        'Który nasz przekaz mieści się w 30 sekundach?',
      ],
      takeaway: 'Jedna myśl w 30 sekund.',
    },
    'online-communities': {
      title: 'Społeczności: gdzie ludzie sobie pomagają',
      show: 'Mentor pokazuje społeczność, do której należy, i jej niepisane zasady.',
      attempt: 'Mentee szuka pytania, na które nasza organizacja zna odpowiedź.',
      prompts: [
        'Dlaczego ludzie pomagają tam bez zapłaty?',
        'Co sprawiłoby, że nie będziemy mile widziani?',
        'Czego nauczymy się, tylko czytając?',
      ],
      takeaway: 'Jedna społeczność do czytania przez dwa tygodnie.',
    },
    'collaboration-tools': {
      title: 'Mniej maili, lepsza współpraca',
      show: 'Mentor pokazuje, jak jego zespół pracuje na jednym dokumencie i kanale.',
      attempt: 'Mentee przenosi jeden wątek mailowy do wspólnego miejsca.',
      prompts: [
        'Które spotkanie mogłoby być wspólną stroną?',
        'Czego szukasz najczęściej?',
        'Na co czekają od Ciebie inni?',
      ],
      takeaway: 'O jeden wątek mailowy mniej.',
    },
    'own-systems': {
      title: 'Nasze systemy oczami użytkowników',
      show: 'Mentor wykonuje codzienne zadanie w jednym z naszych systemów, w zwykłym tempie.',
      attempt: 'Mentee samodzielnie wykonuje to samo zadanie.',
      prompts: ['Gdzie pojawiło się wahanie?', 'Co ludzie robią z pominięciem systemu?', 'Co zmienić najpierw?'],
      takeaway: 'Jedna przeszkoda do zgłoszenia tym, którzy mogą ją usunąć.',
    },
    'data-literacy': {
      title: 'Uważne czytanie wykresu',
      show: 'Mentor bierze nasz raport i pyta: w porównaniu z czym, z ilu?',
      attempt: 'Mentee objaśnia wykres z ostatniego miesiąca i to, czego on nie pokazuje.',
      prompts: ['Co zmieniłoby Twoje zdanie?', 'To przyczyna czy zbieg okoliczności?', 'Kogo brakuje w tych liczbach?'],
      takeaway: 'Jedno pytanie do każdego wykresu.',
    },
    'cybersecurity-habits': {
      title: 'Bezpieczeństwo w pięciu nawykach',
      show: 'Mentor pokazuje dobrze zrobiony mail phishingowy i to, co go zdradza.',
      attempt: 'Mentee sprawdza swoje metody logowania i jedno urządzenie.',
      prompts: [
        'Kiedy najłatwiej kliknąć za szybko?',
        'Kto mógłby działać w Twoim imieniu i jak to zauważysz?',
        'Co robisz, gdy coś wygląda dziwnie?',
      ],
      takeaway: 'Jeden nawyk do zmiany dziś.',
    },
    'digital-customers': {
      title: 'Być własnym klientem',
      show: 'Mentor przechodzi przez naszą ofertę na telefonie jak nowy klient.',
      attempt: 'Mentee robi to samo i myśli na głos.',
      prompts: ['W którym miejscu przyszłaby rezygnacja?', 'Co inni robią lepiej?', 'O co pytamy, choć już to wiemy?'],
      takeaway: 'Jeden krok do uproszczenia.',
    },
    'market-trends': {
      title: 'Trend czy szum?',
      show: 'Mentor przynosi jeden trend z jednym sygnałem za i jednym przeciw.',
      attempt: 'Mentee mówi, co musiałoby się stać, by miał on dla nas znaczenie.',
      prompts: [
        'Kto zyskuje na tej opowieści?',
        'Co myśleliśmy o poprzednim takim trendzie?',
        'Jak tanio to sprawdzić?',
      ],
      takeaway: 'Jeden sygnał do obserwowania przed następną sesją.',
    },
    'technology-investments': {
      title: 'Pytania przed zakupem technologii',
      show: 'Mentor wyjaśnia prostymi słowami jedną technologię i to, czego ona wymaga.',
      attempt: 'Mentee wskazuje nadchodzącą decyzję i to, co wciąż niejasne.',
      prompts: [
        'Jaki problem rozwiązuje i czyj?',
        'Co się stanie, jeśli poczekamy rok?',
        'Kto musi pracować inaczej, żeby się opłaciło?',
      ],
      takeaway: 'Trzy pytania do następnej propozycji.',
    },
    'new-ways-of-working': {
      title: 'Jak dziś pracują zespoły',
      show: 'Mentor pokazuje, jak jego zespół planuje tydzień i podejmuje decyzje.',
      attempt: 'Mentee wybiera jeden stały zwyczaj i mówi, czemu służy.',
      prompts: [
        'Która decyzja mogłaby zapadać bliżej pracy?',
        'Z czego można by zrezygnować?',
        'Skąd wiesz, że coś poszło źle?',
      ],
      takeaway: 'Jeden zwyczaj do zmiany na miesiąc.',
    },
    'remote-work': {
      title: 'Kierować ludźmi, których nie widać',
      show: 'Mentor opisuje dobry i zły dzień pracy hybrydowej.',
      attempt: 'Mentee patrzy na jedno stałe spotkanie oczami osoby zdalnej.',
      prompts: [
        'Kto mówi mniej na odległość?',
        'Co wiedzą ludzie w biurze, a inni nie?',
        'Po czym poznajesz, że komuś jest trudno?',
      ],
      takeaway: 'Jedna zmiana w jednym spotkaniu.',
    },
    'public-digital-services': {
      title: 'Usługa publiczna od strony obywatela',
      show: 'Mentor korzysta z cyfrowej usługi publicznej od początku do końca.',
      attempt: 'Mentee powtarza to jako ktoś z małą ilością czasu lub doświadczenia.',
      prompts: [
        'Kto nie może z niej skorzystać i dlaczego?',
        'Który formularz mógłby zniknąć?',
        'Co wzbudziłoby zaufanie?',
      ],
      takeaway: 'Jedna bariera do usunięcia.',
    },
    'inclusion-and-language': {
      title: 'Słowa, które włączają',
      show: 'Mentor przynosi dwa nasze teksty i mówi, jak brzmią dla różnych czytelników.',
      attempt: 'Mentee przepisuje jeden własny akapit.',
      prompts: [
        'Kto może nie czuć się adresatem?',
        'Jakiego słowa unikasz, a jakiego brakuje?',
        'Jak reagujesz, gdy ktoś Cię poprawia?',
      ],
      takeaway: 'Jedno zdanie, które powiesz inaczej.',
    },
    'younger-generations': {
      title: 'Czego oczekują młodsi współpracownicy',
      show: 'Mentor mówi, dlaczego tu przyszedł i co skłoniłoby go do odejścia.',
      attempt: 'Mentee opowiada o swoim pierwszym roku pracy; porównujecie.',
      prompts: [
        'Czego oboje chcemy od pracy?',
        'Jakie przekonanie o młodych tu się nie sprawdza?',
        'Na jaką informację zwrotną czekasz na próżno?',
      ],
      takeaway: 'Jedna rzecz do zaoferowania młodszej osobie w tym miesiącu.',
    },
    'communication-between-generations': {
      title: 'Rozmowa między pokoleniami',
      show: 'Mentor pokazuje wiadomość, którą odczytano na dwa sposoby.',
      attempt: 'Mentor i mentee przepisują ją nawzajem dla siebie.',
      prompts: [
        'Kiedy dzwonisz, piszesz albo czekasz?',
        'Co oznacza dla Ciebie milczenie?',
        'Co dla jednego z nas jest nieuprzejme, a dla drugiego zwykłe?',
      ],
      takeaway: 'Jedna umowa, jak się komunikujemy.',
    },
    sustainability: {
      title: 'Zrównoważony rozwój w decyzjach',
      show: 'Mentor pokazuje, czego szukają i w co wątpią młodzi klienci i kandydaci.',
      attempt: 'Mentee bierze bieżącą decyzję i patrzy na nią z perspektywy dziesięciu lat.',
      prompts: [
        'Co twierdzimy, choć nie możemy tego udowodnić?',
        'Gdzie to także oszczędza pieniądze?',
        'Co powiesz o tym wnukom?',
      ],
      takeaway: 'Jedna liczba, o którą warto zapytać.',
    },
    'feedback-culture': {
      title: 'Prosić o informację zwrotną i jej słuchać',
      show: 'Mentor opowiada o uwadze, która pomogła, i o takiej, która nie pomogła.',
      attempt: 'Mentee prosi mentora o jedną szczerą obserwację i tylko słucha.',
      prompts: [
        'Czego ludzie Ci nie mówią?',
        'Skąd mieliby wiedzieć, że to bezpieczne?',
        'Co ostatnio zmieniło się dzięki informacji zwrotnej?',
      ],
      takeaway: 'Jedno pytanie do zespołu w tym tygodniu.',
    },
  },
};

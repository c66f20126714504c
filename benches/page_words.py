"""The words of pages.py: eight languages, each with sentences, titles and names that follow from the seed.

Text of real pages is rich: of 100 words that a corpus of 2.7 MB holds, 28 are among the commonest 100, and every
seventh stands there once. So a word is a common one, one of the middle (stems with endings, and the words that the
built-in packs hold, which are words of their language), or a rare one, put together as it is needed.
"""

import itertools
import random
from typing import NamedTuple

from corpus import LANGUAGES, zipf

# Of running words; the others are common ones.
MIDDLE_SHARE, RARE_SHARE, NAME_SHARE = 0.29, 0.15, 0.06
BRAND_SHARE = 0.12  # of names
KNOWN_NAMES = 4000  # different names that are written again and again


class Tongue(NamedTuple):
    """What sets a language apart. Stems and endings are separated by blanks; _ is no ending."""

    common: str
    stems: str
    endings: str
    syllables: str  # of names and rare words
    quotes: tuple[str, str]
    months: str
    clipped: str = ""  # what an apostrophe joins to a word, and how often
    clipped_share: float = 0.0
    spaced: bool = True  # blanks between words


def stems_of(language: str) -> tuple[str, str]:
    """What corpus.py has: the stems of all its families, and all their endings."""
    families = LANGUAGES[language].families
    endings = dict.fromkeys(ending for _, endings in families for ending in endings.split())
    return " ".join(stems for stems, _ in families), " ".join(endings)


LATIN = """ba be bor bra bre can car cor da de den dor dra el en er fa fel fin ga gar gen gla ha hel hol in ir jo ka
    ker kin la lan lar le len lin lo lor ma mar mel mer mi mo mor na nel nor o or pa per pol ra ren ri ro ros sa san
    sel ser sta ster sto ta tan tel ter ti to tor tra u ul va vel ver vi vo wa wel wi zan"""

TONGUES = {
    "en": Tongue(
        LANGUAGES["en"].common
        + """ i you your do can our just like how make see know than then now here get very much many such through where
            while both each few own same too any between during under still may must should might does did don't it's
            us me my them him most every another around without within back down off way day work need help use used
            using part place best good great free full small large high long under app site page book video photo
            company team service data market support number group case point fact week month today since until per
            however although because""",
        *stems_of("en"),
        LATIN,
        ("“", "”"),
        "January February March April May June July August September October November December",
        clipped="{}’s {}'s {}’t",
        clipped_share=0.014,
    ),
    "de": Tongue(
        """der die das und in zu den von mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er
            hat dass sie nach wird bei einer um am sind noch wie einem über einen so zum war haben nur oder aber vor
            zur bis mehr durch man sein wurde wenn können ihre ihrer ich wir was unter gegen vom kann schon sei habe
            seine alle ihm ihn unser unsere zwischen immer jetzt seit dann sehr hier wieder doch da beim diese dieser
            dieses diesem diesen mich uns sowie bereits ohne damit viele viel neue neuen ersten zwei drei Jahr Jahre
            Jahren Zeit Menschen Uhr Prozent Euro Deutschland heute also rund etwa dabei keine kein müssen soll sollen
            worden gibt geht machen bietet außerdem jedoch weil denn ob mal nun dort einfach gut ganz""",
        """Bericht Straß Stück Kür Schlüss Übung Größ Händl Räum Täg Mögl Künstl Führ Wärm Küch Höh Tür Prüf Gebühr
            Rück Gebäud Anträg Präsid Plätz Völk Jäg Käuf Stadt Werk Haus Wald Schul Markt Land Kind Freund Arbeit
            Wohnung Leitung Fahr Bau Handel Recht
            Zeitung Lehr Spiel Bild Sprach Weg Brück Gart Wasser Berg Stein Holz Licht Kraft Dienst Amt Grund Verein
            Gemeind Wirtschaft Gesellschaft Rechnung Versicher Gesundheit Umwelt Förder Lös Entwickl Verbrauch Technik
            Verwalt Prüf Mess plan bau lern führ zeig stell sprech geb nehm steh lauf trag fahr halt wähl nutz bestimm
            erklär berat schütz öffn wichtig möglich öffentlich sozial deutsch groß klein jung alt frei hoch gut""",
        "_ e en er es ung ungen s lich liche lichen keit heit end ender te ten t st isch ische",
        LATIN + " lau schä grü kö mül bau schei wei hei ber burg stein rich diet sieg",
        ("„", "“"),
        "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    ),
    "fr": Tongue(
        """de la le et les des en un du une que est pour qui dans a par plus pas au sur ne se ce il sont avec son aux
            d'une cette ont ses mais comme on tout nous sa fait été aussi leur bien peut ces y deux ou sans entre vous
            encore après même depuis être faire très dont temps autres si toujours moins lors ainsi avant contre jour
            ans monde notre votre elle ils leurs où chez c'est n'est l'on d'un qu'il trois années pays vie""",
        """journ maison vill march énerg polit écol histoir projet servic probl produit régl étud march parl donn port
            chang propos travaill prépar présent utilis expliqu trouv port command général national social médic
            command command local européen culturel""",
        "_ e es s er é ée és ées ait ent ant eur eurs ion ions al ale ique iques ement",
        LATIN + " beau champ font ger gné lé mont ne rou vil",
        ("« ", " »"),
        "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
        clipped="l’{} d’{} qu’{} l'{} d'{}",
        clipped_share=0.06,
    ),
    "es": Tongue(
        """de la que el en y a los del se las por un para con no una su al lo como más pero sus le ya o este sí porque
            esta entre cuando muy sin sobre también me hasta hay donde quien desde todo nos durante todos uno les ni
            contra otros ese eso ante ellos e esto antes algunos qué unos yo otro otras otra él tanto esa estos mucho
            cada años día parte país tiempo gobierno mundo vida ciudad""",
        """gobiern ciudad mercad escuel trabaj famili proyect servici product histori polític económic públic nacional
            internacional cultur present prepar utiliz explic encontr mejor llam pas habl llev busc termin cambi
            report anunci""",
        "_ o a os as ar ó aba ado ada ados ando ción ciones mente al ales idad",
        LATIN + " rez guez lla ño cha que ría dón",
        ("“", "”"),
        "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    ),
    "pl": Tongue(
        """w i na z do się nie to że jest o od za po jak przez dla ale co oraz są przy był tym jego już tylko czy które
            który roku może być było ich będzie także także ma tego jej lub bardzo kiedy gdy tak bez pod osób lat czasu
            dzieci więcej możesz nas nam swoje swój jeszcze między""",
        """miast szkoł rynk prac rodzin projekt usług produkt histori polit gospodar now star dobr wielk mał pierwsz
            ostatn spraw budow mieszk zdrow samochod pociąg dom sąd pisa czyta kupowa sprzedawa pyta buduj""",
        "_ a y i u em ie ą ę ów ami ach ego emu ych ym ł ła ły ć nie",
        LATIN + " wski cka czyk ński szcz ław mir dom gór",
        ("„", "”"),
        "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia",
    ),
    "pt": Tongue(
        """de a o que e do da em um para com não uma os no se na por mais as dos como mas ao ele das seu sua ou quando
            muito nos já eu também só pelo pela até isso ela entre depois sem mesmo aos seus quem nas me esse eles você
            essa num nem suas meu às minha numa pelos qual nós lhe deles foi ser está são anos dia país""",
        """govern cidad mercad escol trabalh famili projet servi produt histór polític econômic públic nacional cultur
            present prepar utiliz explic encontr melhor cham pass fal lev busc termin mud anunci""",
        "_ o a os as ar ou ava ado ada ados ando ção ções mente al ais idade",
        LATIN + " ção nho lho reira inha ção mão",
        ("“", "”"),
        "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    ),
    "ru": Tongue(
        LANGUAGES["ru"].common,
        *stems_of("ru"),
        """ба бо ва вел ве во га гор да де дор ер за зе ил ка ко кра ла лен ли ло лу ма ме ми мор на не ни но ол ор па пе
            по ра ри ро са се си ска ски со ста та те ти то тор ту ур фа фе хо ца че ша щи эр ю я""",
        ("«", "»"),
        "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    ),
    "ja": Tongue(
        "の に は を た が で て と し れ さ ある いる も する から な こと として い や など なっ ない この ため その あっ よう また もの という",
        """会社 学校 市場 情報 世界 日本 東京 新聞 記事 地域 研究 開発 技術 経済 政治 文化 教育 医療 環境 安全 生活 時間 問題 必要 可能
            重要 発表 利用 企業 社会 国際 サービス システム データ ニュース ページ コメント メール""",
        "_ 的 性 化 者 品 会 部 所 力 時 中 後",
        "山 川 田 中 村 本 林 森 石 井 木 水 原 高 松 橋 野 上 下 大 小 藤 佐 伊 加 吉 カ サ タ ラ ン ス ト リ ア",
        ("「", "」"),
        "1月 2月 3月 4月 5月 6月 7月 8月 9月 10月 11月 12月",
        spaced=False,
    ),
}


class Words:
    """A language's running words, sentences, titles and names, from one generator of random numbers."""

    def __init__(self, language: str, pack_words: list[str], brands: list[str], rng: random.Random):
        self.tongue, self.rng = TONGUES[language], rng
        self.common = list(dict.fromkeys(self.tongue.common.split()))
        self.hyphens = [*itertools.repeat("", 20), "\xad"]  # a soft one now and then
        self.syllables = self.tongue.syllables.split()
        endings = [ending.strip("_") for ending in self.tongue.endings.split()]
        inflected = [stem + ending for stem in self.tongue.stems.split() for ending in endings]
        self.middle = list(dict.fromkeys(inflected + pack_words))
        rng.shuffle(self.middle)
        self.common_weights, self.middle_weights = zipf(len(self.common)), zipf(len(self.middle), 0.6)
        self.brands = brands
        self.item_weights = zipf(len(self.middle), 0.3)
        self.known_names = [self.invented().capitalize() for _ in range(KNOWN_NAMES)]
        self.name_weights = zipf(len(self.known_names), 0.8)

    def row(self, count: int) -> list[str]:
        """Running words, as many as asked for."""
        choices, chance = self.rng.choices, self.rng.random
        common = iter(choices(self.common, cum_weights=self.common_weights, k=count))
        middle = iter(choices(self.middle, cum_weights=self.middle_weights, k=count))
        words = []
        for _ in range(count):
            found = chance()
            if found < self.tongue.clipped_share:
                words.append(self.rng.choice(self.tongue.clipped.split()).format(next(middle)))
            elif found < MIDDLE_SHARE:
                words.append(next(middle))
            elif found < MIDDLE_SHARE + RARE_SHARE - NAME_SHARE:
                words.append(self.rare())
            elif found < MIDDLE_SHARE + RARE_SHARE:
                words.append(self.name())
            else:
                words.append(next(common))
        return words

    def rare(self) -> str:
        """A stem in a compound, with a prefix, or one that nobody has heard of."""
        pick = self.rng.choice
        kind, ending = self.rng.random(), pick(self.tongue.endings.split()).strip("_")
        if kind < 0.4:
            return pick(self.middle) + pick(self.hyphens) + pick(self.syllables) + ending
        if kind < 0.6:
            return f"{pick(self.middle)}-{pick(self.middle)}" if self.tongue.spaced else pick(self.middle)
        return self.invented() + ending

    def invented(self) -> str:
        return "".join(self.rng.choices(self.syllables, k=self.rng.choice((2, 2, 3, 3, 4))))

    def name(self) -> str:
        found = self.rng.random()
        if found < 0.3:
            return self.invented().capitalize()
        if found < 0.3 + BRAND_SHARE:
            return self.rng.choice(self.brands)
        return self.rng.choices(self.known_names, cum_weights=self.name_weights)[0]

    def person(self) -> str:
        return self.joined([self.name(), self.name()])

    def joined(self, words: list[str]) -> str:
        return (" " if self.tongue.spaced else "").join(words)

    def sentence(self, shortest: int = 4, longest: int = 28) -> str:
        """Words dressed as print does."""
        rng = self.rng
        row = self.row(rng.randint(shortest, longest))
        row[0] = row[0][:1].upper() + row[0][1:]
        place = lambda: rng.randrange(len(row))
        for _ in range(len(row) // 9):
            row[rng.randrange(len(row))] += ","
        if rng.random() < 0.17:
            first, last = sorted((place(), place()))
            opening, closing = self.tongue.quotes if rng.random() < 0.65 else ('"', '"')
            row[first] = opening + row[first]
            row[last] += closing
        dressed = rng.random()
        if dressed < 0.18:
            row.insert(place(), self.figure())
        elif dressed < 0.24:
            row.insert(place(), "–")
        elif dressed < 0.28:
            row[place()] += f" ({' '.join(self.row(2))})"
        end = rng.choice("........?!") if self.tongue.spaced else "。"
        return self.joined(row).rstrip(",") + end

    def figure(self) -> str:
        rng = self.rng
        kind = rng.randrange(5)
        return (
            str(rng.randint(1990, 2026)),
            str(rng.randint(2, 99)),
            f"{rng.randint(1, 99)}.{rng.randint(0, 9)}%",
            f"{rng.randint(1, 999)},{rng.randint(0, 999):03}",
            f"${rng.randint(1, 90)}.99",
        )[kind]

    def title(self, shortest: int = 4, longest: int = 11) -> str:
        """A headline or a heading: no full stop."""
        row = self.row(self.rng.randint(shortest, longest))
        row[0] = row[0][:1].upper() + row[0][1:]
        if self.rng.random() < 0.12:
            row[len(row) // 2] += ":"
        return self.joined(row)

    def item(self) -> str:
        """An entry of a menu: mostly one word or two, each with a capital."""
        count = self.rng.choices((1, 2, 3, 4), (62, 24, 9, 5))[0]
        words = self.rng.choices(self.middle, cum_weights=self.item_weights, k=count)
        if self.rng.random() < 0.35:
            words[0] = self.name()
        return self.joined(words if self.rng.random() < 0.15 else [word.capitalize() for word in words])

    def date(self) -> str:
        rng, year = self.rng, self.rng.randint(2005, 2026)
        day, number = rng.randint(1, 28), rng.randint(1, 12)
        month = self.tongue.months.split()[number - 1]
        in_figures = f"{day:02}.{number:02}.{year}", f"{year}-{number:02}-{day:02}"
        return rng.choice((f"{month} {day}, {year}", f"{day} {month} {year}", *in_figures))

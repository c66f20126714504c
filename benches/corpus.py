#!/usr/bin/env python3
"""Makes the corpora and pattern lists that compare.py runs over: synthetic scraped news, English and Russian.

    corpus.py FOLDER --seed 2 --mb 64 en-whole-usual-1000 ru-none ...

Everything follows from the seed, so nothing of it is kept in git. What a right cleaner keeps is known by
construction: a phrase never stands in ordinary text, not even inside longer words (see `junctions`), and the
hash of the kept lines lies beside each corpus. Lines end in a full stop or match, and none is blank, so that
dechrome's menus and blank-line rules have nothing to do that grep would not do as well.

Phrases and ordinary text share one vocabulary on purpose: a rare marker word in every phrase would make any
prefilter look better than it is.
"""

import argparse
import hashlib
import itertools
import json
import os
import random
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

TABLE_SEED, TUNE_SEED = 2, 1
RATES = {"none": 0.0, "usual": 0.2, "heavy": 0.6}
HIT_SHARE = 1 / 3  # of a pattern list's phrases stand in its corpus, the rest match nothing, as in real packs
PHRASE_WORDS, PHRASE_CHARS = (2, 8), (8, 60)
SENTENCES = 30_000  # in the pool that lines are put together from, about 2.3 MB: more than a core's L2
LINE_SENTENCES = (45, 28, 15, 8, 4)  # weights of lines with 1, 2, ... sentences
PAGE_LINES = (20, 60)


class Language(NamedTuple):
    common: str  # words that head the frequency list
    families: tuple[tuple[str, str], ...]  # stems and the endings each of them takes; _ is no ending
    quotes: tuple[str, str]
    sentence_words: tuple[int, int]  # chosen so that a line has about 128 bytes in either language


LANGUAGES = {
    "en": Language(
        common="""the of and to in a that for on was with as it is by at from he said his have has but an they be
            are who their after more not which were this had or its about will when one would people new there
            she her over we two up than been if last year time first also other out into what some no could so
            against city under before many most home police world while state health three children public money
            old war party family often early almost never again across season morning past""",
        families=(
            ("""report claim turn help want look open start follow remain return explain appear consider support
                demand protest attack call point view record offer answer question visit test train work farm
                result park plant land bank market field paint print repair harvest load form import export warn
                fear fail gain hand head hunt invest knock lift mention obtain order own pack reach search seem
                shift sign sort spell staff succeed talk walk wait weather wonder yield""", "_ s ed ing"),
            ("""minister village river teacher school hospital window garden driver engine doctor neighbour leader
                street bridge farmer summer winter letter picture number member court judge king queen tower
                forest island harbour airport station song film player goal club team game museum artist writer
                book paper page column mountain valley coast storm cloud sister brother mother father student
                worker owner office product price tax law vote seat contract project system model device phone
                screen camera""", "_ s"),
            ("quick slow quiet loud clear kind calm proud", "_ ly er"),
            ("recent final local direct late", "_ ly"),
        ),
        quotes=("“", "”"),
        sentence_words=(3, 25),
    ),
    "ru": Language(
        common="""и в не на что с по как это он из за о но к от для его она так у же было были мы они то все бы
            если уже или до когда при этом еще чтобы после года только под может нас их чем был время также более
            где без во там сейчас лет очень между через даже себя день дом люди дело жизнь опять почти всегда
            поезд лес рост налог спорт""",
        families=(
            ("""завод депутат закон проект район театр студент экран журналист автор фильм музыкант артист сезон
                клиент банкир магазин самолет вагон порт мост стол суд адвокат договор концерт директор инженер
                мотор телефон документ архив аппарат момент ветеран капитан тренер стадион турнир план премьер
                сад""", "_ а у ом е ы ов ам ами ах"),
            ("""стран газет команд школ работ картин машин погод групп систем реформ проблем побед комнат реклам
                температур культур квартир цен игр вод гор ламп""", "а ы е у ой ам ами ах"),
            ("""нов стар красн известн важн культурн народн главн трудн сложн северн южн западн восточн местн
                спокойн крупн годов мирн военн научн""", "ый ая ое ые ого ому ой ым ых ыми ую"),
            ("""сказа написа показа узна рассказа оказа доказа связа наказа заказа отказа созда переда прода
                встреча отвеча обеща замеча помога ожида""", "л ла ло ли ть"),
        ),
        quotes=("«", "»"),
        sentence_words=(3, 11),
    ),
}


class Corpus(NamedTuple):
    """Which corpus: its name is its address on the command line and on disk."""

    language: str
    job: str  # "whole": chrome lines equal a phrase; "contains": they hold one among other words
    rate: str
    patterns: int

    @property
    def name(self) -> str:
        # Without chrome the text depends on neither the job nor the list.
        return f"{self.language}-none" if self.rate == "none" else "-".join(map(str, self))

    @classmethod
    def parse(cls, name: str) -> "Corpus":
        language, *rest = name.split("-")
        job, rate, patterns = rest if len(rest) == 3 else ("whole", "none", "0")
        return cls(language, job, rate, int(patterns))


class Text:
    """A language's vocabulary, sentences and phrases for one seed."""

    def __init__(self, name: str, seed: int):
        self.name, self.seed, self.language = name, seed, LANGUAGES[name]
        self.rng = random.Random(f"{seed} {name}")
        self.words = vocabulary(self.language, self.rng)
        rows = self.word_rows()
        self.sentences = [self.sentence(row).encode() for row in rows]
        self.surroundings = [self.surrounding(row) for row in rows[:3000]]
        self.junctions = junctions(self.words, rows)

    def word_rows(self) -> list[list[str]]:
        shortest, longest = self.language.sentence_words
        lengths = self.rng.choices(range(shortest, longest + 1), k=SENTENCES)
        words = iter(self.rng.choices(self.words, cum_weights=zipf(len(self.words)), k=sum(lengths)))
        return [list(itertools.islice(words, length)) for length in lengths]

    def sentence(self, row: list[str]) -> str:
        """Dresses words as print does; always ends in a mark, and adds no word of the vocabulary."""
        chance, place = self.rng.random, lambda: self.rng.randrange(len(row))
        row = [word.capitalize() if chance() < 0.06 else word for word in row]
        row[0] = row[0].capitalize()
        if chance() < 0.1:
            first, last = sorted((place(), place()))
            row[first] = self.language.quotes[0] + row[first]
            row[last] += self.language.quotes[1]
        if chance() < 0.3:
            row[place()] += ","
        if chance() < 0.2:
            row.insert(place(), self.rng.choice(("–", str(self.rng.randint(2, 2030)))))
        return " ".join(row).rstrip(",") + self.rng.choice("......?!")

    def surrounding(self, row: list[str]) -> tuple[bytes, bytes]:
        """What stands before and after a phrase in a line that contains one: at least one side holds words."""
        before, after = f"{' '.join(row[:2])} ".encode(), f" {' '.join(row[-3:])}".encode()
        return self.rng.choice(((before, b""), (b"", after), (before, after)))

    def phrases(self, count: int) -> list[str]:
        """The first `count` phrases of one endless list, so that a shorter list is the head of a longer one."""
        weights, found = zipf(len(self.words), 0.7), {}
        rng = random.Random(f"{self.seed} {self.name} phrases")
        while len(found) < count:
            words = rng.choices(self.words, cum_weights=weights, k=rng.randint(*PHRASE_WORDS))
            phrase = " ".join(words)
            if not PHRASE_CHARS[0] <= len(phrase) <= PHRASE_CHARS[1]:
                continue
            if not all(pair in self.junctions for pair in itertools.pairwise(words)):
                found[phrase] = None
        return list(found)


def vocabulary(language: Language, rng: random.Random) -> list[str]:
    """All words, most frequent first; which of the inflected words are frequent is the seed's choice."""
    inflected = [
        stem + ending.strip("_")
        for stems, endings in language.families
        for stem in stems.split()
        for ending in endings.split()
    ]
    rng.shuffle(inflected)
    return list(dict.fromkeys(language.common.split() + inflected))


def zipf(count: int, exponent: float = 1.0) -> list[float]:
    """Cumulative weights for `random.choices`; the first of 1 000 words gets about 4 %, as "the" does."""
    return list(itertools.accumulate((rank + 5) ** -exponent for rank in range(count)))


def junctions(words: list[str], rows: list[list[str]]) -> set[tuple[str, str]]:
    """All pairs of words that ordinary text holds side by side, also as the end and the head of longer words.

    A phrase with a pair that is not among them can stand nowhere in the text, neither as words (dechrome)
    nor as a substring (grep).
    """
    known = set(words)
    ends = {word: [word[i:] for i in range(len(word)) if word[i:] in known] for word in words}
    heads = {word: [word[:i] for i in range(1, len(word) + 1) if word[:i] in known] for word in words}
    pairs = {pair for row in rows for pair in itertools.pairwise(row)}
    return {pair for left, right in pairs for pair in itertools.product(ends[left], heads[right])}


class Pages:
    """Endless pages of one corpus, each as its prose lines and its chrome lines."""

    def __init__(self, text: Text, corpus: Corpus, phrases: list[str]):
        self.text, self.corpus = text, corpus
        self.rng = random.Random(f"{text.seed} {corpus.name}")
        self.hits = [phrase.encode() for phrase in phrases[: max(1, int(corpus.patterns * HIT_SHARE))]]
        self.weights = zipf(len(self.hits))

    def __iter__(self) -> Iterator[tuple[list[bytes], list[bytes]]]:
        while True:
            count = self.rng.randint(*PAGE_LINES)
            matched = int(count * RATES[self.corpus.rate] + self.rng.random())
            yield self.prose(count - matched), self.chrome(matched)

    def prose(self, count: int) -> list[bytes]:
        lengths = self.rng.choices(range(1, len(LINE_SENTENCES) + 1), LINE_SENTENCES, k=count)
        sentences = iter(self.rng.choices(self.text.sentences, k=sum(lengths)))
        return [b" ".join(itertools.islice(sentences, length)) for length in lengths]

    def chrome(self, count: int) -> list[bytes]:
        """A few phrases make up most of it, as they do on a site."""
        if not count:
            return []
        phrases = self.rng.choices(self.hits, cum_weights=self.weights, k=count)
        if self.corpus.job == "whole":
            return phrases
        around = self.rng.choices(self.text.surroundings, k=count)
        return [before + phrase + after for phrase, (before, after) in zip(phrases, around)]

    def laid_out(self, prose: list[bytes], chrome: list[bytes]) -> list[bytes]:
        """A quarter of the chrome at the page's head, a quarter strewn between the prose, the rest at its foot."""
        quarter = len(chrome) // 4
        body = list(prose)
        for line in chrome[quarter : 2 * quarter]:
            body.insert(self.rng.randrange(len(body) + 1), line)
        return chrome[:quarter] + body + chrome[2 * quarter :]


def write_corpus(path: Path, pages: Pages, size: int) -> dict:
    """Writes the corpus and returns its figures. A killed run leaves no half corpus under the final name."""
    kept = hashlib.sha256()
    lines = chrome_lines = chrome_bytes = written = 0
    part = path.with_suffix(".part")
    with open(part, "wb") as file:
        for prose, chrome in pages:
            written += file.write(b"\n".join(pages.laid_out(prose, chrome)) + b"\n")
            kept.update(b"".join(line + b"\n" for line in prose))
            lines += len(prose) + len(chrome)
            chrome_lines += len(chrome)
            chrome_bytes += sum(len(line) + 1 for line in chrome)
            if written >= size:
                break
    os.replace(part, path)
    return {
        "bytes": written,
        "lines": lines,
        "chrome_lines": chrome_lines,
        "chrome_bytes": chrome_bytes,
        "kept_sha256": kept.hexdigest(),
    }


class Store:
    """The folder of corpora and lists: beside NAME.txt stands NAME.json, which says what it was made from."""

    def __init__(self, folder: Path, seed: int, mb: int):
        self.folder, self.seed, self.mb = folder, seed, mb
        # Part of the recipe, so that a changed generator never reports on old text.
        generator = hashlib.sha256(Path(__file__).read_bytes()).hexdigest()
        self.recipe = {"generator": generator, "seed": seed, "mb": mb}

    def is_current(self, name: str) -> bool:
        try:
            return self.recipe.items() <= json.loads((self.folder / f"{name}.json").read_text()).items()
        except (OSError, ValueError):
            return False

    def make(self, language: str, corpora: list[Corpus], counts: list[int]) -> None:
        """Makes what is not there yet of a language's corpora and lists."""
        corpora = [corpus for corpus in corpora if not self.is_current(corpus.name)]
        counts = [count for count in counts if not self.is_current(f"{language}-{count}")]
        if not corpora and not counts:
            return
        self.folder.mkdir(parents=True, exist_ok=True)
        text = Text(language, self.seed)
        phrases = text.phrases(max(counts + [corpus.patterns for corpus in corpora]))
        for count in counts:
            (self.folder / f"{language}-{count}.txt").write_text("\n".join(phrases[:count]) + "\n")
            self.describe(f"{language}-{count}", {})
        for corpus in corpora:
            pages = Pages(text, corpus, phrases)
            self.describe(corpus.name, write_corpus(self.folder / f"{corpus.name}.txt", pages, self.mb * 1_000_000))

    def describe(self, name: str, figures: dict) -> None:
        (self.folder / f"{name}.json").write_text(json.dumps(self.recipe | figures))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("corpora", nargs="+", type=Corpus.parse, metavar="LANGUAGE-JOB-RATE-COUNT")
    parser.add_argument("--lists", nargs="*", type=int, default=[], metavar="COUNT", help="pattern lists to write")
    parser.add_argument("--seed", type=int, default=TABLE_SEED)
    parser.add_argument("--mb", type=int, default=64)
    options = parser.parse_args()
    store = Store(options.folder, options.seed, options.mb)
    for language in LANGUAGES:
        corpora = {corpus.name: corpus for corpus in options.corpora if corpus.language == language}
        if corpora:
            store.make(language, list(corpora.values()), options.lists)


if __name__ == "__main__":
    main()

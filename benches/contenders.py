"""Who runs in compare.py: for each job the commands that do it, and the pack that gives dechrome the same list."""

import json
import sys
from pathlib import Path
from typing import NamedTuple

from corpus import LANGUAGES, Corpus

LIST, PACK, INPUT, DECHROME = "LIST", "PACK", "INPUT", "dechrome"  # stand for paths in a command

PERL_HASH = 'BEGIN { open my $list, "<", shift or die; $drop{$_} = 1 while <$list> } print unless $drop{$_}'
PYTHON_SET = """
import sys
with open(sys.argv[1], "rb") as phrases:
    drop = set(phrases)
with open(sys.argv[2], "rb") as lines:
    sys.stdout.buffer.writelines(line for line in lines if line not in drop)
"""


class Contender(NamedTuple):
    """One way of doing a job."""

    name: str
    command: tuple[str, ...]
    role: str = "rival"  # or "ours", or "limit": only copies, to show what the machine could do at most
    good: tuple[int, ...] = (0,)  # exit statuses of a run that went well

    def argv(self, paths: dict[str, Path]) -> list[str]:
        return [str(paths.get(word, word)) for word in self.command]


def grep(*command: str) -> Contender:
    """grep and ripgrep say with status 1 that no line came out, which an empty file makes right."""
    return Contender(" ".join(command), (*command, LIST, INPUT), good=(0, 1))


def ours(name: str, *options: str) -> Contender:
    return Contender(name, (DECHROME, "clean", *options, INPUT), role="ours")


CAT = Contender("cat", ("cat", INPUT), role="limit")
WITH_PACK = ours("dechrome", "--no-builtin", "--packs", PACK, "-j", "1")
BUILT_IN = (CAT, ours("dechrome -j 1", "-j", "1"), ours("dechrome -j 2", "-j", "2"))
JOBS = {
    "whole": (
        CAT,
        grep("grep", "-vxFf"),
        Contender("perl hash", ("perl", "-ne", PERL_HASH, LIST, INPUT)),
        grep("rg", "-vxFf"),
        # ripgrep 13 finds nothing with -xF and some forty phrases; as regexes, which mean the same here, it does.
        grep("rg", "-vxf"),
        # -S, so that what happens to be in a machine's site-packages does not count against it.
        Contender("python set", (sys.executable, "-S", "-c", PYTHON_SET, LIST, INPUT)),
        WITH_PACK,
    ),
    "contains": (CAT, grep("grep", "-vFf"), grep("rg", "-vFf"), grep("rg", "-i", "-vFf"), WITH_PACK),
    "built-in": BUILT_IN,
    "pages": BUILT_IN,
}
VERSIONS = {
    "cat": ("cat", "--version"),
    "grep": ("grep", "--version"),
    "rg": ("rg", "--version"),
    "perl": ("perl", "-e", 'print "perl $^V\n"'),
    sys.executable: (sys.executable, "--version"),
    DECHROME: (DECHROME, "--version"),
}


def write_pack(phrases: Path, corpus: Corpus, pack: Path) -> None:
    """The pattern list as a pack of one rule; for any language if the text has many."""
    # grep knows no limit to a line's length, so here dechrome must not have one either.
    keys = "is" if corpus.job == "whole" else "max-chars = 1000000\ncontains"
    with open(phrases, encoding="utf-8") as lines, open(pack, "w", encoding="utf-8") as toml:
        toml.write('[pack]\ntitle = "bench"\n')
        if corpus.language in LANGUAGES:
            toml.write(f'languages = ["{corpus.language}"]\n')
        toml.write("\n")
        toml.write(f'[[rule]]\nid = "bench"\nkind = "ad"\n{keys} = [\n')
        toml.writelines(f"  {toml_string(line.rstrip(chr(10)))},\n" for line in lines)
        toml.write("]\n")


def toml_string(text: str) -> str:
    """JSON's escapes are TOML's, but for DEL; and a brace that is doubled opens no placeholder."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f").replace("{", "{{")

"""What type checkers must make of calls: mypy and pyright read it, nobody runs it."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import dechrome

if TYPE_CHECKING:
    from typing_extensions import assert_type


def cleaners() -> Iterator[dechrome.Cleaner]:
    yield dechrome.Cleaner()
    yield dechrome.Cleaner("packs", builtin=False)
    yield dechrome.Cleaner([Path("packs"), "more"], only="cookie", except_=["share"])
    yield dechrome.Cleaner({"mine": "[pack]"}, disable=("menu",))


def texts(cleaner: dechrome.Cleaner) -> None:
    assert_type(cleaner.clean("a"), str)
    assert_type(cleaner.clean(b"a", "a.example"), bytes)
    for removal in cleaner.explain("a"):
        assert_type(removal, dechrome.Removal)
        assert_type(removal.kind, str | None)


def batches(
    cleaner: dechrome.Cleaner,
    all_there: list[str],
    some: list[str | None],
    lazy: Iterable[bytes],
    mixed: list[str | bytes | None],
    urls: list[str],
    some_urls: Iterable[str | None],
) -> None:
    assert_type(cleaner.clean_batch(["a", "b"]), list[str])
    assert_type(cleaner.clean_batch(all_there, urls), list[str])
    assert_type(cleaner.clean_batch(lazy, some_urls, threads=2), list[bytes])
    assert_type(cleaner.clean_batch(some), list[str | None])
    assert_type(cleaner.clean_batch(["a", None], threads=None), list[str | None])
    assert_type(cleaner.clean_batch(mixed), list[str | bytes | None])


def arrow(cleaner: dechrome.Cleaner, data: Any) -> None:
    assert_type(cleaner.clean_arrow(data, "text", threads=1), dechrome.ArrowArray | dechrome.ArrowStream)


def mining(miner: dechrome.Miner, cleaner: dechrome.Cleaner) -> None:
    assert_type(miner.add("a", "a.example"), bool)
    assert_type(miner.add_batch(["a", b"b", None], ["a.example", None, None]), int)
    assert_type(dechrome.Cleaner(miner.packs(cleaner, blocks=True)), dechrome.Cleaner)
    assert_type(dechrome.Miner.from_bytes(miner.to_bytes()).sites(), dict[str, int])


def mistakes(error: dechrome.PackError) -> None:
    assert_type(error.problems, list[dechrome.Problem])
    assert_type(error.line, int | None)
    assert_type((dechrome.__version__, dechrome.__build__), tuple[str, str])

from collections.abc import Iterable, Mapping, Sequence
from os import PathLike
from typing import Any, TypeVar, final

from dechrome._removal import Removal

__all__ = ["ArrowArray", "ArrowStream", "Cleaner", "Miner", "__build__", "__version__", "_miner_of", "_rebuild", "main"]

__build__: str
__version__: str

_Text = TypeVar("_Text", str, bytes)
# Of a list without None comes a list without None.
_Item = TypeVar("_Item", str, bytes, str | None, bytes | None, str | bytes, str | bytes | None)
_Path = str | PathLike[str]

@final
class Cleaner:
    """Takes site chrome out of texts, and says by which rule. Immutable; shared between threads; picklable.

    Args:
        packs: Packs of your own: a path of a file or folder, a list of such paths, or a dict of pack
            names to TOML texts. One called like a built-in one stands beside it, unless it says
            `replaces = true`.
        builtin: Whether the built-in packs take part.
        only: Only rules of these kinds, such as "cookie".
        except_: No rules of these kinds.
        disable: No rules with these full ids, such as "generic/en/share-buttons"; a pack's name stands
            for all of its rules, "menu" for the rules for menus, "evidence" for what no rule names.
        markup: How texts are written: "auto" (as each shows itself), "markdown" or "text". Of Markdown what
            a reader sees is compared.
        level: How much goes that no rule names, by what stands around it: nothing ("rules"), or more from
            "careful" over "standard" to "thorough".

    Raises:
        PackError: A pack has a mistake.
        ValueError: A kind, a rule, a markup or a level is not known.
    """

    def __new__(
        cls,
        packs: _Path | Sequence[_Path] | Mapping[str, str] | None = None,
        *,
        builtin: bool = True,
        only: str | Sequence[str] | None = None,
        except_: str | Sequence[str] | None = None,
        disable: str | Sequence[str] | None = None,
        markup: str = "auto",
        level: str = "standard",
    ) -> Cleaner: ...
    def clean(self, text: _Text, url: str | None = None) -> _Text:
        """Takes the chrome out of a text; the very same object comes back if nothing went."""

    def explain(self, text: str | bytes, url: str | None = None) -> list[Removal]:
        """Tells what goes of a text, and by which rule, in order."""

    def clean_batch(
        self, texts: Iterable[_Item], urls: Iterable[str | None] | None = None, *, threads: int | None = None
    ) -> list[_Item]:
        """Takes the chrome out of many texts, in parallel; other threads of Python run meanwhile."""

    def clean_arrow(
        self, data: Any, text: str = "text", url: str | None = None, *, threads: int | None = None
    ) -> ArrowArray | ArrowStream:
        """Takes the chrome out of a column of Arrow data, without a copy of what does not change."""

@final
class Miner:
    """Learns candidate packs from the documents of sites. Picklable; can be shared between threads.

    A Miner can be merged: miners that saw parts of a corpus, merged in any order, have the same packs as one
    that saw all of it, and as `dechrome mine` has.

    Args:
        memory_bytes: The text of all samples together; where they would grow larger, each site's sample
            shrinks. 2 GiB if not given.
        site_bytes: The text of one site's sample; 4 MiB if not given.
        document_bytes: Of a longer document its beginning and its end are kept; 64 KiB if not given.
        fewest_documents: Sites of fewer different documents have no pack; 5 if not given.

    Raises:
        ValueError: A size is 0, or fewest_documents is less than 2.
    """

    def __new__(
        cls,
        *,
        memory_bytes: int | None = None,
        site_bytes: int | None = None,
        document_bytes: int | None = None,
        fewest_documents: int | None = None,
    ) -> Miner: ...
    def add(self, text: str | bytes, url: str | None = None) -> bool:
        """Shows it a document; says whether it was looked at: not if its site is not known, or it is binary."""

    def add_batch(self, texts: Iterable[str | bytes | None], urls: Iterable[str | None]) -> int:
        """Shows it many documents; says how many were looked at. Other threads of Python run meanwhile."""

    def add_arrow(self, data: Any, text: str = "text", url: str | None = None) -> int:
        """Shows it the rows of Arrow data, without a copy; says how many were looked at."""

    def merge(self, other: Miner) -> None:
        """Takes in what another Miner of the same options has seen; the other one stays as it is."""

    def to_bytes(self) -> bytes:
        """It as bytes, to be sent to where miners are merged, or kept. The same for the same documents."""

    @staticmethod
    def from_bytes(data: bytes | bytearray) -> Miner:
        """The Miner that to_bytes wrote; ValueError for other bytes, of another version, or damaged."""

    def sites(self) -> dict[str, int]:
        """The sites it saw documents of, with how many."""

    def packs(
        self, cleaner: Cleaner | None = None, *, blocks: bool = False, threads: int | None = None
    ) -> dict[str, str]:
        """The packs it has learned: sites to TOML texts, which Cleaner takes as they are.

        What the rules of `cleaner` (the built-in packs if not given) take already is left out.
        """

@final
class ArrowArray:
    """A cleaned array or record batch, for whatever takes Arrow data: pyarrow.array, pyarrow.record_batch, ..."""

    def __arrow_c_array__(self, requested_schema: object | None = None) -> tuple[object, object]: ...
    def __arrow_c_schema__(self) -> object: ...
    def __len__(self) -> int: ...

@final
class ArrowStream:
    """Chunks that are cleaned as they are read, for whatever takes Arrow data: pyarrow.table, ..."""

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object: ...
    def __arrow_c_schema__(self) -> object: ...

def main(arguments: list[str]) -> int: ...
def _miner_of(data: bytes | bytearray) -> Miner: ...
def _rebuild(version: str, recipe: dict[str, Any]) -> Cleaner: ...

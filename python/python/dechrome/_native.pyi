from collections.abc import Iterable, Mapping, Sequence
from os import PathLike
from typing import Any, TypeVar, final

from dechrome._removal import Removal

__all__ = ["ArrowArray", "ArrowStream", "Cleaner", "__version__", "_rebuild", "main"]

__version__: str

_Text = TypeVar("_Text", str, bytes)
_Path = str | PathLike[str]

@final
class Cleaner:
    """Takes site chrome out of texts, and says by which rule. Immutable; shared between threads; picklable.

    Args:
        packs: Packs of your own: a path of a file or folder, a list of such paths, or a dict of pack
            names to TOML texts. A pack replaces the built-in one of its name.
        builtin: Whether the built-in packs take part.
        only: Only rules of these kinds, such as "cookie".
        except_: No rules of these kinds.
        disable: No rules with these full ids, such as "generic/en/share-buttons"; a pack's name stands
            for all of its rules, "menu" for the rule for menus.

    Raises:
        PackError: A pack has a mistake.
        ValueError: A kind or a rule is not known.
    """

    def __new__(
        cls,
        packs: _Path | Sequence[_Path] | Mapping[str, str] | None = None,
        *,
        builtin: bool = True,
        only: str | Sequence[str] | None = None,
        except_: str | Sequence[str] | None = None,
        disable: str | Sequence[str] | None = None,
    ) -> Cleaner: ...
    def clean(self, text: _Text, url: str | None = None) -> _Text:
        """Takes the chrome out of a text; the very same object comes back if nothing went."""

    def explain(self, text: str | bytes, url: str | None = None) -> list[Removal]:
        """Tells what goes of a text, and by which rule, in order."""

    def clean_batch(
        self,
        texts: Iterable[_Text | None],
        urls: Iterable[str | None] | None = None,
        *,
        threads: int | None = None,
    ) -> list[_Text | None]:
        """Takes the chrome out of many texts, in parallel; other threads of Python run meanwhile."""

    def clean_arrow(
        self, data: Any, text: str = "text", url: str | None = None, *, threads: int | None = None
    ) -> ArrowArray | ArrowStream:
        """Takes the chrome out of a column of Arrow data, without a copy of what does not change."""

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
def _rebuild(version: str, recipe: dict[str, Any]) -> Cleaner: ...

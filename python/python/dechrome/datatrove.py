"""dechrome for datatrove: a step between reader and writer.

>>> from dechrome.datatrove import Dechrome
>>> pipeline = [JsonlReader("pages"), Dechrome(), JsonlWriter("cleaned")]
"""

from __future__ import annotations

from collections.abc import Iterable

from datatrove.data import Document
from datatrove.pipeline.base import PipelineStep

from dechrome import Cleaner

__all__ = ["Dechrome"]


class Dechrome(PipelineStep):  # type: ignore[misc]  # datatrove has no types
    """Takes the chrome out of each document's text, and counts what went by rule and kind.

    Args:
        cleaner: The built-in packs, if not given. It goes to the workers with the pipeline.
        url: The key of a document's metadata that holds its address.
        keep_removals: Puts the removals into ``document.metadata["dechrome"]``: dicts of rule, kind, start
            and end, in characters of the text as it was.

    Counts, beside datatrove's own: ``documents_changed``, ``removals``, ``removed_chars``, and
    ``removed/KIND`` and ``rule/ID`` for each kind and rule that took something.
    """

    type = "🧽 - FORMAT"
    name = "🧹 dechrome"

    def __init__(self, cleaner: Cleaner | None = None, url: str = "url", keep_removals: bool = False) -> None:
        super().__init__()
        self.cleaner = cleaner or Cleaner()
        self.url = url
        self.keep_removals = keep_removals

    def run(self, data: Iterable[Document] | None, rank: int = 0, world_size: int = 1) -> Iterable[Document]:
        """Cleans documents as they come."""
        for document in data or ():
            with self.track_time():
                self._clean(document)
                self.update_doc_stats(document)
            yield document

    def _clean(self, document: Document) -> None:
        url = document.metadata.get(self.url)
        removals = self.cleaner.explain(document.text, url if isinstance(url, str) else None)
        self.stat_update("documents_changed", value=int(bool(removals)), unit="doc")
        if not removals:
            return
        self.stat_update("removals", value=len(removals))
        self.stat_update("removed_chars", value=sum(gone.end - gone.start for gone in removals))
        for gone in removals:
            self.stat_update(f"removed/{gone.kind}", f"rule/{gone.rule}")
        text, starts = document.text, [0, *(gone.end for gone in removals)]
        ends = [*(gone.start for gone in removals), len(text)]
        document.text = "".join(text[start:end] for start, end in zip(starts, ends))
        if self.keep_removals:
            document.metadata["dechrome"] = [
                {"rule": gone.rule, "kind": gone.kind, "start": gone.start, "end": gone.end} for gone in removals
            ]

"""dechrome for Hugging Face datasets, in memory, on disk and streamed.

>>> import dechrome.datasets
>>> dataset = dechrome.datasets.clean(dataset)
"""

from __future__ import annotations

from typing import Any, TypeVar

import pyarrow as pa
from datasets import Dataset, DatasetDict, IterableDataset, IterableDatasetDict

from dechrome import Cleaner

__all__ = ["clean"]

_Data = TypeVar("_Data", Dataset, DatasetDict, IterableDataset, IterableDatasetDict)


class _CleanBatch:
    """Cleans a batch of columns. Its pickle is the same for the same packs, so datasets finds its cache."""

    def __init__(self, cleaner: Cleaner, text: str, url: str | None, threads: int | None) -> None:
        self.cleaner, self.text, self.url, self.threads = cleaner, text, url, threads

    def __call__(self, batch: Any) -> Any:
        if isinstance(batch, pa.Table):
            return pa.table(self.cleaner.clean_arrow(batch, self.text, self.url, threads=self.threads))
        return {self.text: self.cleaner.clean_batch(batch[self.text], self._urls(batch), threads=self.threads)}

    def _urls(self, batch: Any) -> list[str | None] | None:
        """The addresses that were named, or those of the usual column, if that is what it holds."""
        urls: list[str | None] | None = batch[self.url] if self.url else batch.get("url")
        if self.url:
            return urls
        return urls if urls and all(url is None or isinstance(url, str) for url in urls) else None


def clean(
    data: _Data, text: str = "text", url: str | None = None, *, cleaner: Cleaner | None = None, **options: Any
) -> _Data:
    """Takes the chrome out of a column of texts.

    Args:
        data: A Dataset, an IterableDataset, or a dict of them.
        text: The column of texts; nulls stay null.
        url: The column of addresses; if not given, "url" where there is one.
        cleaner: The built-in packs, if not given.
        options: For ``map``: batch_size, num_proc, ... With num_proc each process works with one thread.

    Returns:
        The same kind of data, with its columns, features and format.

    Raises:
        ValueError: There is no such column.
    """
    cleaner = cleaner or Cleaner()
    if isinstance(data, (DatasetDict, IterableDatasetDict)):
        return type(data)({name: _cleaned(part, text, url, cleaner, options) for name, part in data.items()})
    return _cleaned(data, text, url, cleaner, options)


def _cleaned(data: Any, text: str, url: str | None, cleaner: Cleaner, options: dict[str, Any]) -> Any:
    names = data.column_names
    if names is not None:
        for name in (text, url):
            if name is not None and name not in names:
                raise ValueError(f"there is no column `{name}`; there are: {', '.join(names)}")
    work = _CleanBatch(cleaner, text, url, 1 if options.get("num_proc") else None)
    if isinstance(data, IterableDataset):
        return data.map(work, batched=True, **options)
    arrow = data.with_format("arrow").map(work, batched=True, features=data.features, **options)
    return arrow.with_format(**data.format)

"""dechrome for Ray Data.

>>> import ray, dechrome.ray
>>> dechrome.ray.clean(ray.data.read_parquet("pages")).write_parquet("cleaned")
"""

from __future__ import annotations

from typing import Any

import pyarrow as pa
from ray.data import Dataset

from dechrome import Cleaner, Miner

__all__ = ["Clean", "clean", "mine"]


class Clean:
    """A stateful class for ``map_batches(batch_format="pyarrow")``: the tables are made once in each actor."""

    def __init__(self, cleaner: Cleaner, text: str = "text", url: str | None = None) -> None:
        self.cleaner, self.text, self.url = cleaner, text, url

    def __call__(self, batch: pa.Table) -> pa.Table:
        """The batch, cleaned in the actor's one thread."""
        return pa.table(self.cleaner.clean_arrow(batch, self.text, self.url, threads=1))


def clean(
    data: Dataset,
    text: str = "text",
    url: str | None = None,
    *,
    cleaner: Cleaner | None = None,
    concurrency: int | tuple[int, int] | None = None,
    **options: Any,
) -> Dataset:
    """Takes the chrome out of a column of texts.

    Args:
        data: A Dataset; its other columns stay.
        text: The column of texts, strings or binary; nulls stay null.
        url: The column of addresses; if not given, "url" where there is one.
        cleaner: The built-in packs, if not given. Its packs are sent to the workers with the task; what
            the workers need is this wheel.
        concurrency: How many actors, or from how many to how many. If not given, plain tasks are run, one
            for each free core: they find the tables that an earlier task of their process made.
        options: For ``map_batches``: batch_size, num_cpus, memory, ...
    """
    cleaner = cleaner or Cleaner()
    options = {"batch_format": "pyarrow", "zero_copy_batch": True, **options}
    if concurrency is None:
        return data.map_batches(Clean(cleaner, text, url).__call__, **options)
    return data.map_batches(
        Clean,
        fn_constructor_kwargs={"cleaner": cleaner, "text": text, "url": url},
        concurrency=concurrency,
        **options,
    )


class _Mine:
    """One row for a block: a miner that has seen it."""

    def __init__(self, options: dict[str, int], text: str, url: str) -> None:
        self.options, self.text, self.url = options, text, url

    def __call__(self, block: pa.Table) -> pa.Table:
        miner = Miner(**self.options)
        miner.add_arrow(block, self.text, self.url)
        return _row(miner)


class _Merge:
    """One row for some: their miners, merged."""

    def __init__(self, options: dict[str, int]) -> None:
        self.options = options

    def __call__(self, miners: pa.Table) -> pa.Table:
        whole = Miner(**self.options)
        for miner in miners["miner"]:
            whole.merge(Miner.from_bytes(miner.as_py()))
        return _row(whole)


def _row(miner: Miner) -> pa.Table:
    return pa.table({"miner": pa.array([miner.to_bytes()], pa.large_binary())})


def mine(data: Dataset, text: str = "text", url: str = "url", **options: int) -> Miner:
    """Shows all rows to a Miner: one for each block, merged by eights in the workers, and then where this is called.

    >>> packs = dechrome.ray.mine(pages).packs()

    Args:
        data: A Dataset.
        text: The column of texts, strings or binary.
        url: The column of addresses.
        options: For Miner: memory_bytes, fewest_documents, ... memory_bytes is 512 MiB here if not given. A task
            that merges holds up to twelve times as much, if there is so much text in each block.

    Returns:
        A Miner: the same, byte for byte, as one that was shown all rows.
    """
    options = {"memory_bytes": 512 << 20, **options}
    whole = Miner(**options)
    arrow: dict[str, Any] = {"batch_format": "pyarrow", "zero_copy_batch": True}
    miners = data.select_columns([text, url]).map_batches(_Mine(options, text, url).__call__, batch_size=None, **arrow)
    miners = miners.map_batches(_Merge(options).__call__, batch_size=8, **arrow)
    for row in miners.iter_rows():
        whole.merge(Miner.from_bytes(row["miner"]))
    return whole

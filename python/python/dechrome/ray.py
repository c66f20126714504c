"""dechrome for Ray Data.

>>> import ray, dechrome.ray
>>> dechrome.ray.clean(ray.data.read_parquet("pages")).write_parquet("cleaned")
"""

from __future__ import annotations

from typing import Any

import pyarrow as pa
from ray.data import Dataset

from dechrome import Cleaner

__all__ = ["Clean", "clean"]


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

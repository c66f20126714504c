"""dechrome for Spark 3.5 and later, over mapInArrow.

>>> import dechrome.spark
>>> dechrome.spark.clean(spark.read.parquet("pages")).write.parquet("cleaned")
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from typing import Any

import pyarrow as pa
from pyspark.sql import DataFrame
from pyspark.sql.types import BinaryType, StringType

from dechrome import Cleaner, Miner

__all__ = ["clean", "mine"]


class _CleanBatches:
    """What runs in the workers: cleans record batches, in the worker's one thread."""

    def __init__(self, cleaner: Cleaner, text: str, url: str | None) -> None:
        self.cleaner, self.text, self.url = cleaner, text, url

    def __call__(self, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            yield pa.record_batch(self.cleaner.clean_arrow(batch, self.text, self.url, threads=1))


def clean(frame: DataFrame, text: str = "text", url: str | None = None, *, cleaner: Cleaner | None = None) -> DataFrame:
    """Takes the chrome out of a column of texts, in the partitions as they are.

    Args:
        frame: A DataFrame; its schema stays.
        text: The column of texts, strings or binary; nulls stay null.
        url: The column of addresses; if not given, "url" where there is one.
        cleaner: The built-in packs, if not given. Its packs are sent to the workers with the task; what
            the workers need is this wheel and pyarrow.

    Raises:
        ValueError: There is no such column.
        TypeError: The column holds no text.
    """
    _check(frame, text, url)
    return frame.mapInArrow(_CleanBatches(cleaner or Cleaner(), text, url), frame.schema)


class _MineBatches:
    """What runs in the workers: one row for a partition, a miner that has seen it."""

    def __init__(self, options: dict[str, int], text: str, url: str) -> None:
        self.options, self.text, self.url = options, text, url

    def __call__(self, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        miner = Miner(**self.options)
        for batch in batches:
            miner.add_arrow(batch, self.text, self.url)
        yield pa.record_batch({"miner": pa.array([miner.to_bytes()], pa.binary())})


def mine(frame: DataFrame, text: str = "text", url: str = "url", **options: int) -> Miner:
    """Shows all rows to a Miner: one in each partition, merged in the workers, of which the last comes to the driver.

    >>> packs = dechrome.spark.mine(pages).packs()

    Args:
        frame: A DataFrame.
        text: The column of texts, strings or binary.
        url: The column of addresses.
        options: For Miner: memory_bytes, fewest_documents, ... memory_bytes is 512 MiB here if not given: a
            miner travels as one value, which Spark limits to 2 GiB. A worker that merges holds up to four
            times as much, if there is so much text.

    Returns:
        A Miner: the same, byte for byte, as one that was shown all rows.

    Raises:
        ValueError: There is no such column.
        TypeError: The column holds no text.
    """
    _check(frame, text, url)
    options = {"memory_bytes": 512 << 20, **options}
    Miner(**options)
    pages = frame.select(text, url)
    mined = pages.mapInArrow(_MineBatches(options, text, url), "miner binary").rdd.map(lambda row: row.miner)

    def merge(parts: Iterable[Any]) -> Iterator[bytes]:
        whole = Miner(**options)
        for part in parts:
            whole.merge(Miner.from_bytes(part))
        yield whole.to_bytes()

    # Two steps, or else one worker would take in all partitions.
    for count in [math.isqrt(mined.getNumPartitions()), 1]:
        mined = mined.repartition(max(count, 1)).mapPartitions(merge)
    [whole] = mined.collect()
    return Miner.from_bytes(whole)


def _check(frame: DataFrame, text: str, url: str | None) -> None:
    for name in (text, url):
        if name is not None and name not in frame.columns:
            raise ValueError(f"there is no column `{name}`; there are: {', '.join(frame.columns)}")
    if not isinstance(frame.schema[text].dataType, (StringType, BinaryType)):
        raise TypeError(f"column `{text}` is of type {frame.schema[text].dataType.simpleString()}, not of strings")

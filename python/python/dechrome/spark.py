"""dechrome for Spark 3.5 and later, over mapInArrow.

>>> import dechrome.spark
>>> dechrome.spark.clean(spark.read.parquet("pages")).write.parquet("cleaned")
"""

from __future__ import annotations

from collections.abc import Iterator

import pyarrow as pa
from pyspark.sql import DataFrame
from pyspark.sql.types import BinaryType, StringType

from dechrome import Cleaner

__all__ = ["clean"]


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
    for name in (text, url):
        if name is not None and name not in frame.columns:
            raise ValueError(f"there is no column `{name}`; there are: {', '.join(frame.columns)}")
    if not isinstance(frame.schema[text].dataType, (StringType, BinaryType)):
        raise TypeError(f"column `{text}` is of type {frame.schema[text].dataType.simpleString()}, not of strings")
    return frame.mapInArrow(_CleanBatches(cleaner or Cleaner(), text, url), frame.schema)

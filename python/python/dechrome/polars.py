"""dechrome for Polars: an expression, for eager and lazy frames and for streams.

>>> import polars as pl, dechrome.polars
>>> frame.with_columns(dechrome.polars.clean("text", url="url"))
"""

from __future__ import annotations

import polars as pl

from dechrome import Cleaner

__all__ = ["clean"]


def clean(
    text: str | pl.Expr = "text",
    url: str | pl.Expr | None = None,
    *,
    cleaner: Cleaner | None = None,
    threads: int | None = None,
) -> pl.Expr:
    """An expression of texts without their chrome; it keeps the column's name, and nulls stay nulls.

    Strings come out also where a Categorical or an Enum goes in: what is left need not be one of its categories.

    Args:
        text: A column of strings or categories, or an expression.
        url: A column of addresses, or an expression; without it, sites are not known.
        cleaner: The built-in packs, if not given.
        threads: As for Cleaner.clean_batch.

    Raises, when it is computed:
        polars.exceptions.ComputeError or TypeError: The column holds no strings.
    """
    cleaner = cleaner or Cleaner()
    texts = pl.col(text) if isinstance(text, str) else text
    if url is None:

        def clean_texts(series: pl.Series) -> pl.Series:
            # A column of nulls is not written by Polars as Arrow's reader wants it.
            series = series.cast(pl.String) if series.dtype == pl.Null else series
            cleaned = pl.Series(series.name, cleaner.clean_arrow(series, threads=threads))
            return cleaned.cast(pl.String) if cleaned.dtype == pl.Categorical else cleaned

        return texts.map_batches(clean_texts, return_dtype=pl.String, is_elementwise=True)

    urls = pl.col(url) if isinstance(url, str) else url

    def clean_pages(pages: pl.Series) -> pl.Series:
        frame = pages.struct.unnest().with_columns(pl.col(pl.Null).cast(pl.String))
        return pl.DataFrame(cleaner.clean_arrow(frame, "text", "url", threads=threads)).to_series(0)

    pages = pl.struct(texts.alias("text"), urls.alias("url"))
    cleaned = pages.map_batches(clean_pages, return_dtype=pl.String, is_elementwise=True)
    return cleaned.alias(texts.meta.output_name())

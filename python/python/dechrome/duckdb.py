"""dechrome for DuckDB: SQL functions over Arrow.

>>> import duckdb, dechrome.duckdb
>>> connection = duckdb.connect()
>>> dechrome.duckdb.register(connection)
>>> connection.sql("select dechrome(text), dechrome_url(text, url) from 'pages.parquet'")
"""

from __future__ import annotations

from typing import Any

import duckdb
import pyarrow as pa

from dechrome import Cleaner

__all__ = ["register"]


def register(connection: duckdb.DuckDBPyConnection, name: str = "dechrome", *, cleaner: Cleaner | None = None) -> None:
    """Registers the functions NAME(text), and NAME_URL(text, url) for pages whose address is known.

    NULL texts stay NULL; a NULL address is none.

    Args:
        connection: Where; functions live as long as it does.
        name: The name of the first function; the second one has `_url` behind it, as DuckDB's Python
            functions have one list of arguments each.
        cleaner: The built-in packs, if not given.

    Raises:
        duckdb.Error: A function of that name is there already.
    """
    cleaner = cleaner or Cleaner()

    def clean(texts: pa.ChunkedArray) -> pa.ChunkedArray:
        return pa.chunked_array(cleaner.clean_arrow(texts, threads=1))

    def clean_pages(texts: pa.ChunkedArray, urls: pa.ChunkedArray) -> pa.ChunkedArray:
        pages = pa.table({"text": texts, "url": urls})
        return pa.table(cleaner.clean_arrow(pages, threads=1))["text"]

    options: dict[str, Any] = {"return_type": "VARCHAR", "type": "arrow", "null_handling": "special"}
    connection.create_function(name, clean, ["VARCHAR"], **options)
    connection.create_function(f"{name}_url", clean_pages, ["VARCHAR", "VARCHAR"], **options)

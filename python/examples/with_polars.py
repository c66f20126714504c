"""A lazy frame that is read, cleaned and written as a stream."""

import sys
from pathlib import Path

import polars as pl

import dechrome.polars

pages = pl.scan_ndjson(Path(__file__).with_name("pages.jsonl"))
cleaned = pages.with_columns(dechrome.polars.clean("text", url="url")).select("id", "text")
cleaned.collect(engine="streaming").write_ndjson(sys.stdout.buffer)

"""check_restored.py CORPORA AGAIN CLEANED: what was restored is what there was, and what was cleaned is cleaned."""

import gzip
import subprocess
import sys
from pathlib import Path

import duckdb
import pyarrow.parquet


def content(path):
    if path.suffix == ".gz":
        return gzip.decompress(path.read_bytes())
    return subprocess.run(["zstd", "-dcq", path], check=True, capture_output=True).stdout


def main():
    corpora, again, cleaned = map(Path, sys.argv[1:])
    for name in ["pages.jsonl.gz", "pages.jsonl.zst", "pages.warc.wet.gz"]:
        if content(corpora / name) != content(again / name):
            sys.exit(f"{name} was not restored")
        if content(corpora / name) == content(cleaned / name):
            sys.exit(f"{name} was not cleaned")
    before, after = (pyarrow.parquet.read_table(folder / "pages.parquet") for folder in (corpora, again))
    if not before.equals(after) or not before.schema.equals(after.schema, check_metadata=True):
        sys.exit("pages.parquet was not restored")
    query = f"select count(*), count(*) filter (text like '%Read more%') from '{cleaned}/pages.parquet'"
    if duckdb.sql(query).fetchall() != [(300, 0)]:
        sys.exit(f"DuckDB reads {duckdb.sql(query).fetchall()}")


main()

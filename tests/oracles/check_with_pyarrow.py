#!/usr/bin/env python3
"""Fails if two Parquet files differ in anything but the texts of one column.

    check_with_pyarrow.py ORIGINAL CLEANED COLUMN [--expected TEXTS.json] [--drop-empty] [--same]

COLUMN is a dotted path. Compared are the schema with its metadata, the footer, every other column (value by value
and, unless rows were dropped, its pages byte for byte), what is null, how the column is encoded, and what DuckDB makes
of the file where it is installed. --expected gives the texts that must be there (JSON: strings and nulls);
--drop-empty says that rows whose expected text is "" are gone; --same that the column is to be the same too.
"""

import argparse
import json
import sys

import pyarrow as pa
import pyarrow.parquet as pq


def fail(message):
    sys.exit(f"check_with_pyarrow: {message}")


def require(equal, what, before=None, after=None):
    if not equal:
        fail(f"{what} differs\n--- original: {before!r:.2000}\n--- cleaned:  {after!r:.2000}")


def take_out(value, path):
    """A row without the field at `path`, and that field's value."""
    if value is None:
        return None, None
    value = dict(value)
    if len(path) == 1:
        return value, value.pop(path[0])
    value[path[0]], text = take_out(value[path[0]], path[1:])
    return value, text


def same_values(before, after):
    """Equality where NaN equals NaN."""
    return repr(before) == repr(after)


def rows_of(file):
    # Values of string_view and of dictionaries as plain ones; bytes that are no UTF-8 as they are.
    table = file.read()
    columns = [[cell(value) for value in column] for column in table.columns]
    return [dict(zip(table.column_names, values)) for values in zip(*columns)] if columns else []


def cell(scalar):
    try:
        return scalar.as_py()
    except (UnicodeDecodeError, ValueError):
        return bytes(scalar.as_buffer())


def check_file(before, after, column):
    old, new = before.metadata, after.metadata
    require(before.schema.equals(after.schema), "Parquet schema", before.schema, after.schema)
    require(before.schema_arrow.equals(after.schema_arrow, check_metadata=True), "Arrow schema",
            before.schema_arrow, after.schema_arrow)
    require(old.metadata == new.metadata, "key-value metadata", old.metadata, new.metadata)
    for name in ("created_by", "format_version", "num_columns"):
        require(getattr(old, name) == getattr(new, name), name, getattr(old, name), getattr(new, name))


def pages(path, chunk):
    start = chunk.dictionary_page_offset or chunk.data_page_offset
    with open(path, "rb") as file:
        file.seek(start)
        return file.read(chunk.total_compressed_size)


def statistics(chunk):
    found = chunk.statistics
    return found and (found.has_min_max, found.null_count, repr(found.min_raw), repr(found.max_raw)) if found else None


SAME_ALWAYS = ("path_in_schema", "physical_type", "compression", "has_offset_index", "has_column_index")
SAME_IF_SPLICED = ("num_values", "encodings", "total_compressed_size", "total_uncompressed_size", "is_stats_set")


def check_row_groups(args, before, after, column):
    old, new = before.metadata, after.metadata
    if args.drop_empty:
        return
    require(old.num_rows == new.num_rows, "number of rows", old.num_rows, new.num_rows)
    require(old.num_row_groups == new.num_row_groups, "number of row groups")
    for group in range(old.num_row_groups):
        a, b = old.row_group(group), new.row_group(group)
        require(a.num_rows == b.num_rows, f"rows of row group {group}", a.num_rows, b.num_rows)
        for index in range(old.num_columns):
            x, y = a.column(index), b.column(index)
            where = f"row group {group}, column {x.path_in_schema}: "
            for name in SAME_ALWAYS:
                require(getattr(x, name) == getattr(y, name), where + name, getattr(x, name), getattr(y, name))
            require(x.has_dictionary_page == y.has_dictionary_page, where + "dictionary")
            require((x.statistics is None) == (y.statistics is None), where + "statistics", x.statistics, y.statistics)
            if x.path_in_schema == column and not args.same:
                continue
            for name in SAME_IF_SPLICED:
                require(getattr(x, name) == getattr(y, name), where + name, getattr(x, name), getattr(y, name))
            require(statistics(x) == statistics(y), where + "statistics", x.statistics, y.statistics)
            require(pages(args.original, x) == pages(args.cleaned, y), where + "pages")


def check_rows(args, before, after, column):
    path = column.split(".") if column not in before.schema_arrow.names else [column]
    old = [take_out(row, path) for row in rows_of(before)]
    new = [take_out(row, path) for row in rows_of(after)]
    if args.expected:
        expected = json.load(open(args.expected))
        require(len(expected) == len(old), "number of expected texts", len(old), len(expected))
        old = [(rest, text) for (rest, _), text in zip(old, expected)]
    if args.drop_empty:
        old = [(rest, text) for rest, text in old if text != ""]
    require(len(old) == len(new), "number of rows", len(old), len(new))
    for row, ((rest, text), (new_rest, new_text)) in enumerate(zip(old, new)):
        require(same_values(rest, new_rest), f"row {row}", rest, new_rest)
        require((text is None) == (new_text is None), f"null in row {row}", text, new_text)
        if args.expected and isinstance(new_text, bytes):
            new_text = new_text.decode(errors="surrogateescape")
        if args.expected or args.same:
            require(text == new_text, f"text of row {row}", text, new_text)


def check_with_duckdb(args, before, after):
    try:
        import duckdb
    except ImportError:
        return
    def run(path):
        try:
            return duckdb.execute("select count(*) from read_parquet(?)", [path]).fetchall(), duckdb.execute(
                "select * from read_parquet(?)", [path]).fetchall()
        except duckdb.Error as error:
            return "error", str(error).replace(path, "")[:40]
    old, new = run(args.original), run(args.cleaned)
    require(old[0] == new[0] or args.drop_empty, "what DuckDB reads", old, new)
    require(old[0] == "error" or new[0] != "error", "DuckDB", old[0], new)
    if args.same:
        require(repr(old) == repr(new), "what DuckDB reads", old, new)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("original")
    parser.add_argument("cleaned")
    parser.add_argument("column")
    parser.add_argument("--expected")
    parser.add_argument("--drop-empty", action="store_true")
    parser.add_argument("--same", action="store_true")
    args = parser.parse_args()
    before, after = pq.ParquetFile(args.original), pq.ParquetFile(args.cleaned)
    check_file(before, after, args.column)
    check_row_groups(args, before, after, args.column)
    check_rows(args, before, after, args.column)
    check_with_duckdb(args, before, after)


if __name__ == "__main__":
    main()

"""dechrome.duckdb against the command."""

import pytest

duckdb = pytest.importorskip("duckdb")
pa = pytest.importorskip("pyarrow")

import dechrome.duckdb
from conftest import PAGES


@pytest.fixture()
def connection():
    connection = duckdb.connect()
    dechrome.duckdb.register(connection)
    yield connection
    connection.close()


def test_a_query_is_what_the_command_leaves(connection, cleaned_texts):
    rows = connection.execute(f"select dechrome_url(text, url) from read_json('{PAGES}') order by id").fetchall()
    assert [text for (text,) in rows] == cleaned_texts


def test_texts_without_addresses_are_cleaned_too(connection, pages):
    cleaner = dechrome.Cleaner()
    rows = connection.execute(f"select dechrome(text) from read_json('{PAGES}') order by id").fetchall()
    assert [text for (text,) in rows] == [page["text"] and cleaner.clean(page["text"]) for page in pages]


def test_many_rows_come_out_at_their_place(connection):
    page, left = r"'Page ' || n || E'\n\nRead more\n'", r"'Page ' || n || E'\n'"
    query = f"select count(*) from range(10000) t(n) where dechrome({page}) != {left}"
    wrong = connection.execute(query).fetchone()
    assert wrong == (0,)


def test_clean_arrow_takes_a_relation(connection, cleaned_texts):
    relation = connection.sql(f"select text, url from read_json('{PAGES}') order by id")
    assert pa.table(dechrome.Cleaner().clean_arrow(relation))["text"].to_pylist() == cleaned_texts


def test_an_enum_is_cleaned_as_its_text(connection):
    connection.execute("create type words as enum ('B', 'A\nRead more\n')")
    rows = connection.execute("select dechrome(v) from (select unnest(enum_range(null::words))::words as v)").fetchall()
    assert rows == [("B",), ("A\n",)]
    relation = connection.sql("select 'A\nRead more\n'::words as text")
    cleaned = pa.table(dechrome.Cleaner().clean_arrow(relation))["text"]
    assert cleaned.to_pylist() == ["A\n"] and pa.types.is_dictionary(cleaned.type)

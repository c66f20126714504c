"""Columns of Arrow data, in every layout and through every kind of container."""

import pyarrow as pa
import pytest

import dechrome

TYPES = [pa.string(), pa.large_string(), pa.string_view(), pa.binary(), pa.large_binary(), pa.binary_view()]

PACK = """
[pack]
title = "Harbour news"
sites = ["harbour.example"]

[[rule]]
id = "tickets"
kind = "ad"
is = ["Buy ferry tickets"]
"""
TEXTS = [
    "A\nBuy ferry tickets\n",
    None,
    "",
    "Ж\nBuy ferry tickets\n",
    "B\n",
    "C is a longer line than views keep inside\n",
]
URLS = ["harbour.example", None, None, "https://www.harbour.example/2", "harbour.example", None]
LEFT = ["A\n", None, "", "Ж\n", "B\n", "C is a longer line than views keep inside\n"]


@pytest.fixture(scope="module")
def cleaner():
    return dechrome.Cleaner({"harbour.example": PACK}, builtin=False)


@pytest.fixture(scope="module")
def everywhere():
    return dechrome.Cleaner({"mine": PACK.replace('sites = ["harbour.example"]', "")}, builtin=False)


def column(values, kind):
    if pa.types.is_binary(kind) or pa.types.is_large_binary(kind) or pa.types.is_binary_view(kind):
        values = [None if value is None else value.encode() for value in values]
    return pa.array(values, kind)


@pytest.mark.parametrize("kind", TYPES, ids=str)
def test_an_array_of_any_layout_keeps_its_type(everywhere, kind):
    for threads in [1, 2, None]:
        cleaned = pa.array(everywhere.clean_arrow(column(TEXTS, kind), threads=threads))
        cleaned.validate(full=True)
        assert cleaned.equals(column(LEFT, kind))


@pytest.mark.parametrize("kind", TYPES, ids=str)
@pytest.mark.parametrize("url_kind", [*TYPES, pa.dictionary(pa.int8(), pa.string())], ids=str)
def test_addresses_of_any_layout_wake_packs(cleaner, kind, url_kind):
    urls = column(URLS, pa.string()).dictionary_encode() if pa.types.is_dictionary(url_kind) else column(URLS, url_kind)
    batch = pa.record_batch({"n": range(6), "text": column(TEXTS, kind), "url": urls})
    cleaned = pa.record_batch(cleaner.clean_arrow(batch))
    assert cleaned.equals(pa.record_batch({"n": range(6), "text": column(LEFT, kind), "url": urls}))


def test_slices_are_cleaned_as_slices(cleaner):
    batch = pa.record_batch(
        {"text": pa.array(["x\nBuy ferry tickets\n", *TEXTS, "y"]), "url": pa.array([None, *URLS, None])}
    )
    cleaned = pa.record_batch(cleaner.clean_arrow(batch.slice(1, 6)))
    assert cleaned["text"].to_pylist() == LEFT and cleaned["url"].to_pylist() == URLS


def test_schema_metadata_and_other_columns_stay(cleaner):
    schema = pa.schema(
        [
            pa.field("tags", pa.list_(pa.string())),
            pa.field("body", pa.string(), nullable=False, metadata={"unit": "page"}),
            pa.field("at", pa.string()),
        ],
        metadata={"origin": "a test"},
    )
    table = pa.table(
        {"tags": [["a"], None], "body": ["A\nBuy ferry tickets\n", "B"], "at": ["harbour.example"] * 2}, schema
    )
    cleaned = pa.table(cleaner.clean_arrow(table, "body", "at"))
    wanted = pa.table({"tags": [["a"], None], "body": ["A\n", "B"], "at": ["harbour.example"] * 2}, schema)
    assert cleaned.equals(wanted, check_metadata=True)


def test_chunks_stay_chunks(everywhere):
    chunks = pa.chunked_array([TEXTS, [], ["C"]])
    cleaned = pa.chunked_array(everywhere.clean_arrow(chunks))
    assert [chunk.to_pylist() for chunk in cleaned.chunks] == [LEFT, [], ["C"]]
    empty = pa.chunked_array([], pa.large_string())
    assert pa.chunked_array(everywhere.clean_arrow(empty)).type == pa.large_string()
    table = pa.table({"text": chunks})
    assert pa.table(everywhere.clean_arrow(table.slice(0, 0))).schema == table.schema


def test_what_does_not_change_is_not_copied(cleaner):
    batch = pa.record_batch({"text": pa.array(["A", "B"] * 100), "n": range(200)})
    cleaned = pa.record_batch(cleaner.clean_arrow(batch))
    for name in ["text", "n"]:
        before, after = batch[name].buffers(), cleaned[name].buffers()
        assert before[-1].address == after[-1].address


def test_a_stream_is_cleaned_as_it_is_read(everywhere):
    read = []

    def batches():
        for number in range(5):
            read.append(number)
            yield pa.record_batch({"text": [f"{number}\nBuy ferry tickets\n"]})

    schema = pa.schema({"text": pa.string()})
    stream = everywhere.clean_arrow(pa.RecordBatchReader.from_batches(schema, batches()))
    reader = pa.RecordBatchReader.from_stream(stream)
    assert reader.read_next_batch()["text"].to_pylist() == ["0\n"]
    assert len(read) <= 2
    assert reader.read_all()["text"].to_pylist() == ["1\n", "2\n", "3\n", "4\n"]


def test_a_table_can_be_read_again(everywhere):
    stream = everywhere.clean_arrow(pa.table({"text": TEXTS}))
    assert pa.table(stream) == pa.table(stream) == pa.table({"text": LEFT})


def test_an_error_of_the_source_comes_through(everywhere):
    def batches():
        yield pa.record_batch({"text": ["a"]})
        raise OSError("the disk is gone")

    stream = everywhere.clean_arrow(pa.RecordBatchReader.from_batches(pa.schema({"text": pa.string()}), batches()))
    with pytest.raises(Exception, match="the disk is gone"):
        pa.table(stream)


def test_wrong_data_is_told(everywhere):
    with pytest.raises(TypeError, match="Arrow data"):
        everywhere.clean_arrow(["a"])
    with pytest.raises(TypeError, match="Int64"):
        everywhere.clean_arrow(pa.array([1]))
    with pytest.raises(TypeError, match="decode the dictionary"):
        everywhere.clean_arrow(pa.array(["a"]).dictionary_encode())
    table = pa.table({"body": ["a"], "n": [1]})
    with pytest.raises(ValueError, match="no column `text`; there are: body, n"):
        everywhere.clean_arrow(table)
    with pytest.raises(ValueError, match="no column `url`"):
        everywhere.clean_arrow(table, "body", "url")
    with pytest.raises(TypeError, match="column `n`"):
        everywhere.clean_arrow(table, "n")
    with pytest.raises(TypeError, match="column `n`"):
        everywhere.clean_arrow(table, "body", "n")
    assert pa.table(everywhere.clean_arrow(table, "body")) == table


def test_many_rows_come_out_as_texts_one_by_one(everywhere):
    texts = [None if n % 11 == 0 else f"Line {n} is here.\n" + "Buy ferry tickets\n" * (n % 3) for n in range(15_000)]
    left = [text and everywhere.clean(text) for text in texts]
    for kind in [pa.string(), pa.string_view()]:
        assert pa.array(everywhere.clean_arrow(pa.array(texts, kind), threads=3)).to_pylist() == left

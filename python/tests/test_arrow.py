"""Columns of Arrow data, in every layout and through every kind of container."""

import pyarrow as pa
import pytest

import dechrome
from conftest import PACK

TYPES = [pa.string(), pa.large_string(), pa.string_view(), pa.binary(), pa.large_binary(), pa.binary_view()]
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
def test_addresses_of_any_layout_activate_packs(cleaner, kind, url_kind):
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
    for wrong, kind in [
        (pa.array([1]), "int64"),
        (pa.array([1]).dictionary_encode(), "dictionary of int64"),
        (pa.array([["a"]]), "list of string"),
        (pa.array([1.0]), "double"),
        (pa.array([1], pa.timestamp("us")), "timestamp"),
    ]:
        with pytest.raises(TypeError, match=f"the data is of type {kind}, not of strings"):
            everywhere.clean_arrow(wrong)
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


NULLS = [
    pa.nulls(3),
    pa.nulls(3).dictionary_encode(),
    pa.DictionaryArray.from_arrays(pa.array([1, None, 1]), pa.nulls(2)),
]


@pytest.mark.parametrize("nulls", NULLS, ids=["plain", "dictionary", "dictionary with keys"])
def test_a_column_of_nulls_stays_one(everywhere, cleaner, nulls):
    kind = nulls.type if pa.types.is_null(nulls.type) else pa.dictionary(nulls.type.index_type, pa.null())
    cleaned = pa.array(everywhere.clean_arrow(nulls))
    cleaned.validate(full=True)
    assert cleaned.type == kind and cleaned.to_pylist() == [None] * 3
    assert pa.chunked_array(everywhere.clean_arrow(pa.chunked_array([nulls, nulls]))).to_pylist() == [None] * 6
    # Where there are addresses, a dictionary comes out plain.
    pages = pa.table({"text": nulls, "url": ["harbour.example"] * 3})
    cleaned = pa.table(cleaner.clean_arrow(pages))
    assert cleaned["text"].type == pa.null() and cleaned["text"].to_pylist() == [None] * 3
    assert cleaned["url"].equals(pages["url"])


@pytest.mark.parametrize("name", [None, "url"])
def test_a_column_of_nulls_is_one_of_unknown_addresses(cleaner, name):
    pages = pa.table({"text": ["A\nBuy ferry tickets\n"] * 2, "url": pa.nulls(2)})
    assert pa.table(cleaner.clean_arrow(pages, url=name)).equals(pages)


def test_many_rows_come_out_as_texts_one_by_one(everywhere):
    texts = [None if n % 11 == 0 else f"Line {n} is here.\n" + "Buy ferry tickets\n" * (n % 3) for n in range(15_000)]
    left = [text and everywhere.clean(text) for text in texts]
    for kind in [pa.string(), pa.string_view()]:
        assert pa.array(everywhere.clean_arrow(pa.array(texts, kind), threads=3)).to_pylist() == left


KEYS = [pa.int8(), pa.uint8(), pa.int16(), pa.uint16(), pa.int32(), pa.uint32(), pa.int64(), pa.uint64()]


def dictionary(keys, values, key_type=None, kind=None, ordered=False):
    """A dictionary with exactly these keys and values."""
    keys, values = pa.array(keys, key_type or pa.int32()), column(values, kind or pa.string())
    return pa.DictionaryArray.from_arrays(keys, values, ordered=ordered)


@pytest.mark.parametrize("key_type", KEYS, ids=str)
@pytest.mark.parametrize("kind", TYPES, ids=str)
def test_a_dictionary_keeps_its_type_and_order(everywhere, kind, key_type):
    array = dictionary([2, None, 0, 1, 2], ["B\n", "Ж\nBuy ferry tickets\n", "C\n"], key_type, kind, ordered=True)
    cleaned = pa.array(everywhere.clean_arrow(array))
    cleaned.validate(full=True)
    assert cleaned.equals(dictionary([2, None, 0, 1, 2], ["B\n", "Ж\n", "C\n"], key_type, kind, ordered=True))


def test_entries_that_become_the_same_are_one(everywhere):
    array = dictionary([0, 1, 2, 3], ["A\nBuy ferry tickets\n", "B\n", "A\n", "Buy ferry tickets\nA\n"])
    cleaned = pa.array(everywhere.clean_arrow(array))
    assert cleaned.equals(dictionary([0, 1, 0, 0], ["A\n", "B\n"]))
    assert cleaned.to_pandas().tolist() == ["A\n", "B\n", "A\n", "A\n"]


def test_entries_that_no_row_uses_are_left_out_where_something_goes(everywhere):
    array = dictionary([0, 1, 2, 3, None], ["never\n", "A\nBuy ferry tickets\n", "never too\n", "B\n"])
    cleaned = pa.array(everywhere.clean_arrow(array.take(pa.array([3, 1, 4]))))
    assert cleaned.equals(dictionary([1, 0, None], ["A\n", "B\n"]))


def test_a_dictionary_of_which_nothing_goes_is_not_copied(everywhere):
    array = dictionary([1, 1, 0], ["A\n", "B\n", "never\n"])
    cleaned = pa.array(everywhere.clean_arrow(array.slice(1)))
    assert cleaned.to_pylist() == ["B\n", "A\n"]
    assert cleaned.dictionary.buffers()[-1].address == array.dictionary.buffers()[-1].address


def test_nulls_of_a_dictionary_stay_null(everywhere):
    array = dictionary([0, 1, None, 0], [None, "A\nBuy ferry tickets\n"])
    assert pa.array(everywhere.clean_arrow(array)).to_pylist() == [None, "A\n", None, None]
    for nothing in [dictionary([], []), dictionary([None, None], [])]:
        assert pa.array(everywhere.clean_arrow(nothing)).equals(nothing)


def test_a_dictionary_with_addresses_comes_out_plain(cleaner):
    texts = dictionary([0, 0, 1, None, 0, 0], ["A\nBuy ferry tickets\n", "B\n"], pa.int8())
    table = pa.table({"n": range(6), "text": texts, "url": pa.array(URLS)})
    left = ["A\n", "A\nBuy ferry tickets\n", "B\n", None, "A\n", "A\nBuy ferry tickets\n"]
    wanted = pa.table({"n": range(6), "text": left, "url": pa.array(URLS)})
    assert pa.table(cleaner.clean_arrow(table)).equals(wanted)
    assert pa.record_batch(cleaner.clean_arrow(table.to_batches()[0])).equals(wanted.to_batches()[0])
    # Whether anything goes or not.
    assert pa.table(cleaner.clean_arrow(table.slice(1, 2))).schema.equals(wanted.schema)


def test_chunks_with_dictionaries_of_their_own_stay_so(everywhere):
    chunks = [dictionary([0], ["A\nBuy ferry tickets\n"]), dictionary([1, 0], ["B\n", "A\nBuy ferry tickets\n"])]
    cleaned = pa.chunked_array(everywhere.clean_arrow(pa.chunked_array(chunks)))
    assert cleaned.equals(pa.chunked_array([dictionary([0], ["A\n"]), dictionary([1, 0], ["B\n", "A\n"])]))


def test_each_entry_is_cleaned_once(everywhere):
    """A long text that stands in very many rows costs what one costs."""
    text = "The ferry left late, as ever.\nBuy ferry tickets\n" * 20_000
    array = dictionary([0] * 100_000, [text])
    cleaned = pa.array(everywhere.clean_arrow(array, threads=1))
    assert cleaned.dictionary.to_pylist() == ["The ferry left late, as ever.\n" * 20_000]
    assert cleaned.indices.equals(array.indices)

"""dechrome.polars against the command."""

import pytest

pl = pytest.importorskip("polars")

import dechrome
import dechrome.polars
from conftest import PAGES


def test_a_frame_is_what_the_command_leaves(cleaned):
    frame = pl.read_ndjson(PAGES)
    left = frame.with_columns(dechrome.polars.clean("text", url="url"))
    wanted = pl.DataFrame(cleaned, schema=frame.schema)
    assert left.equals(wanted)


def test_a_lazy_frame_and_a_stream_are_what_the_command_leaves(cleaned_texts):
    query = pl.scan_ndjson(PAGES).with_columns(dechrome.polars.clean(url=pl.col("url")))
    for engine in ["in-memory", "streaming"]:
        assert query.collect(engine=engine)["text"].to_list() == cleaned_texts


def test_many_rows_in_a_stream_stay_in_order(pages, cleaned_texts):
    frame = pl.DataFrame({"n": range(len(pages) * 300), "text": [page["text"] for page in pages] * 300})
    alone = [text and dechrome.Cleaner().clean(text) for text in (page["text"] for page in pages)]
    query = frame.lazy().with_columns(dechrome.polars.clean("text", threads=1))
    left = query.collect(engine="streaming")
    assert left["n"].to_list() == list(range(len(pages) * 300))
    assert left["text"].to_list() == alone * 300


def test_a_column_of_numbers_is_an_error():
    with pytest.raises((TypeError, pl.exceptions.ComputeError)):
        pl.DataFrame({"text": [1]}).with_columns(dechrome.polars.clean())


@pytest.mark.parametrize("url", [None, "url"])
def test_a_column_of_nulls_is_one_of_strings_that_are_null(url):
    frame = pl.DataFrame({"text": [None, None], "url": ["a.example", None]})
    assert frame["text"].dtype == pl.Null
    for left in [
        frame.with_columns(dechrome.polars.clean(url=url)),
        frame.lazy().with_columns(dechrome.polars.clean(url=url)).collect(engine="streaming"),
    ]:
        assert left["text"].to_list() == [None, None] and left["text"].dtype == pl.String


def test_clean_arrow_takes_series_and_frames(pages, cleaned_texts):
    frame = pl.read_ndjson(PAGES)
    cleaner = dechrome.Cleaner()
    assert pl.DataFrame(cleaner.clean_arrow(frame))["text"].to_list() == cleaned_texts
    assert pl.Series(cleaner.clean_arrow(frame["text"])).to_list()[0] == cleaned_texts[0]


@pytest.mark.parametrize("url", [None, "url"])
@pytest.mark.parametrize("dtype", [pl.Categorical, pl.Enum(["A\nRead more\n", "B\n", "never"])], ids=str)
def test_categories_come_out_as_strings(dtype, url):
    frame = pl.DataFrame({"text": ["B\n", "A\nRead more\n", None], "url": ["a.example", None, None]})
    frame = frame.with_columns(pl.col("text").cast(dtype))
    for query in [frame, frame.lazy()]:
        left = query.with_columns(dechrome.polars.clean(url=url)).lazy().collect()
        assert left["text"].to_list() == ["B\n", "A\n", None] and left["text"].dtype == pl.String


@pytest.mark.parametrize("dtype", [pl.Categorical, pl.Enum(["A\nRead more\n", "B\n", "never"])], ids=str)
def test_clean_arrow_gives_categories_back_and_no_nulls_for_them(dtype):
    series = pl.Series("text", ["B\n", "A\nRead more\n", None, "B\n"], dtype=dtype)
    for left in [
        pl.Series(dechrome.Cleaner().clean_arrow(series)),
        pl.DataFrame(dechrome.Cleaner().clean_arrow(series.to_frame()))["text"],
    ]:
        assert left.to_list() == ["B\n", "A\n", None, "B\n"] and left.dtype == pl.Categorical

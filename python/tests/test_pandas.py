"""dechrome.pandas against the command."""

import pytest

pd = pytest.importorskip("pandas")

import dechrome.pandas


@pytest.fixture()
def frame(pages):
    return pd.DataFrame({"url": [page["url"] for page in pages], "text": [page["text"] for page in pages]})


@pytest.mark.parametrize("dtype", ["object", "string", "string[pyarrow]"])
def test_a_series_is_what_the_command_leaves(frame, cleaned_texts, dtype):
    pytest.importorskip("pyarrow")
    texts = frame["text"].astype(dtype)
    left = dechrome.pandas.clean(texts, frame["url"])
    assert left.dtype == texts.dtype and left.name == "text"
    assert [None if pd.isna(text) else text for text in left] == cleaned_texts


def test_the_index_stays(frame):
    frame.index = range(100, 100 + len(frame))
    assert list(dechrome.pandas.clean(frame["text"], frame["url"].reset_index(drop=True)).index) == list(frame.index)


def test_a_cleaner_of_ones_own_is_used(frame):
    left = dechrome.pandas.clean(frame["text"], cleaner=dechrome.Cleaner(builtin=False))
    assert left.equals(frame["text"])

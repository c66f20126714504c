"""dechrome.pandas against the command."""

import pytest

pd = pytest.importorskip("pandas")

import dechrome
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


LINES = ["A\nRead more\n", "B\n", "A\n", "never used\n"]


@pytest.mark.parametrize("ordered", [False, True])
def test_categories_are_what_is_left_of_them_in_their_order(ordered):
    kinds = pd.CategoricalDtype(LINES, ordered=ordered)
    texts = pd.Series(["A\n", None, "A\nRead more\n", "B\n"], name="text", dtype=kinds)
    left = dechrome.pandas.clean(texts)
    assert left.isna().tolist() == [False, True, False, False] and left.name == "text"
    assert left.dropna().tolist() == ["A\n", "A\n", "B\n"]
    assert left.cat.categories.tolist() == ["A\n", "B\n", "never used\n"] and left.cat.ordered is ordered


def test_a_category_becomes_two_where_a_site_has_a_pack():
    pack = '[pack]\ntitle = "Own"\nsites = ["own.example"]\n[[rule]]\nid = "b"\nkind = "ad"\nis = ["B"]\n'
    texts = pd.Series(["A\nB\n", "A\nB\n", "C\n", None], dtype="category")
    urls = pd.Series(["own.example", "other.example", None, None])
    cleaner = dechrome.Cleaner({"own.example": pack}, builtin=False)
    left = dechrome.pandas.clean(texts, urls, cleaner=cleaner)
    assert left[:3].tolist() == ["A\n", "A\nB\n", "C\n"] and left.isna().tolist() == [False, False, False, True]
    assert left.cat.categories.tolist() == ["A\n", "A\nB\n", "C\n"]


def test_categories_that_are_no_texts_are_told():
    with pytest.raises(TypeError, match="str or bytes"):
        dechrome.pandas.clean(pd.Series([1, 2], dtype="category"))


def test_the_index_stays(frame):
    frame.index = range(100, 100 + len(frame))
    assert list(dechrome.pandas.clean(frame["text"], frame["url"].reset_index(drop=True)).index) == list(frame.index)


def test_a_cleaner_of_ones_own_is_used(frame):
    left = dechrome.pandas.clean(frame["text"], cleaner=dechrome.Cleaner(builtin=False))
    assert left.equals(frame["text"])

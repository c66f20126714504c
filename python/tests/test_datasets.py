"""dechrome.datasets against the command."""

import os

import pytest

os.environ.setdefault("HF_HUB_OFFLINE", "1")
datasets = pytest.importorskip("datasets")

import pyarrow as pa

import dechrome.datasets


@pytest.fixture()
def dataset(pages):
    keys = {key: [page.get(key) for page in pages] for key in ["id", "url", "text"]}
    return datasets.Dataset.from_dict(keys)


@pytest.mark.parametrize("options", [{}, {"batch_size": 3}, {"num_proc": 2}, {"url": "url"}])
def test_a_dataset_is_what_the_command_leaves(dataset, cleaned_texts, options):
    left = dechrome.datasets.clean(dataset, **options)
    assert left["text"][:] == cleaned_texts
    assert left["id"][:] == dataset["id"][:]
    assert left.features == dataset.features and left.format == dataset.format


def test_a_streamed_dataset_is_what_the_command_leaves(dataset, cleaned_texts):
    left = dechrome.datasets.clean(dataset.to_iterable_dataset(num_shards=3), batch_size=2)
    assert [row["text"] for row in left] == cleaned_texts


def test_addresses_are_found_in_a_stream_that_names_no_columns():
    pack = '[pack]\ntitle = "T"\nsites = ["t.example"]\n[[rule]]\nid = "a"\nkind = "ad"\nis = ["Buy ferry tickets"]\n'

    def rows():
        yield {"text": "A\nBuy ferry tickets\n", "url": "https://t.example/1"}
        yield {"text": "A\nBuy ferry tickets\n", "url": None}

    stream = datasets.IterableDataset.from_generator(rows)
    assert stream.column_names is None
    left = dechrome.datasets.clean(stream, cleaner=dechrome.Cleaner({"t.example": pack}))
    assert [row["text"] for row in left] == ["A\n", "A\nBuy ferry tickets\n"]


def test_a_dict_of_datasets_is_cleaned_part_by_part(dataset, cleaned_texts):
    left = dechrome.datasets.clean(datasets.DatasetDict({"train": dataset, "test": dataset}))
    assert left["train"]["text"][:] == left["test"]["text"][:] == cleaned_texts


def test_the_work_is_done_once_for_the_same_packs(dataset):
    marks = [
        dechrome.datasets.clean(dataset, cleaner=dechrome.Cleaner(disable=disable))._fingerprint
        for disable in [None, None, ["menu"]]
    ]
    assert marks[0] == marks[1] != marks[2]


def test_the_work_is_done_again_by_another_build(dataset):
    def mark(build):
        cleaner = Cleaner(build)
        return dataset.map(dechrome.datasets._CleanBatch(cleaner, "text", None, 1), batched=True)._fingerprint

    class Cleaner:
        """One that is pickled as by that build."""

        def __init__(self, build):
            self.build = build

        def clean_batch(self, texts, urls, threads):
            return texts

        def __reduce__(self):
            rebuild, (version, recipe) = dechrome.Cleaner().__reduce__()
            assert dechrome.__build__ in version
            return rebuild, (version.replace(dechrome.__build__, self.build), recipe)

    assert mark(dechrome.__build__) != mark("0123456789abcdef")
    assert mark(dechrome.__build__) == mark(dechrome.__build__)


def test_a_column_of_nulls_stays_one():
    dataset = datasets.Dataset.from_dict({"id": [1, 2], "text": [None, None]})
    left = dechrome.datasets.clean(dataset)
    assert left["text"][:] == [None, None] and left.features == dataset.features


def test_a_column_that_is_not_there_is_told(dataset):
    with pytest.raises(ValueError, match="no column `body`; there are: id, url, text"):
        dechrome.datasets.clean(dataset, "body")


@pytest.mark.parametrize("addresses", [False, True])
def test_a_dictionary_column_is_cleaned(addresses):
    columns = {"text": pa.array(["A\nRead more\n", None, "B\n", "A\nRead more\n"]).dictionary_encode()}
    if addresses:
        columns["url"] = pa.array(["a.example", None, None, "b.example"])
    dataset = datasets.Dataset(pa.table(columns))
    left = dechrome.datasets.clean(dataset)
    assert left["text"][:] == ["A\n", None, "B\n", "A\n"] and left.features == dataset.features

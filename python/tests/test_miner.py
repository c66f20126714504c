"""Promises of the class Miner."""

import pickle
import random
import threading

import pytest

import dechrome
from conftest import mined_by_command, site_pages


@pytest.fixture(scope="module")
def rows():
    return site_pages(40)


@pytest.fixture(scope="module")
def miner(rows):
    miner = dechrome.Miner()
    assert miner.add_batch(rows["text"], rows["url"]) == sum(url is not None for url in rows["url"])
    return miner


def test_packs_are_those_of_the_command(miner, rows, tmp_path):
    packs = miner.packs()
    assert list(packs) == ["harbour.example", "hills.example"]
    assert "Port authority, pier 4" in packs["harbour.example"]
    assert packs == mined_by_command(rows, tmp_path)
    assert packs == miner.packs(threads=1) == miner.packs(dechrome.Cleaner(), threads=3)


def test_packs_with_blocks_are_those_of_the_command(tmp_path):
    teasers = [
        "a lost key",
        "the choir",
        "two swans",
        "old maps",
        "new ropes",
        "a wet spring",
        "the baker",
        "cold soup",
    ]
    texts = [
        f"The tide of day {n} came in late, and nobody on the quay could say why that was so.\n\n"
        f"More from the quay\n{teaser}\nNumber {n} of {teaser}\nAsk the harbour master\n"
        for n, teaser in enumerate(teasers * 2)
    ]
    rows = {"text": texts, "url": ["https://quay.example/"] * len(texts)}
    miner = dechrome.Miner()
    miner.add_batch(rows["text"], rows["url"])
    packs = miner.packs(blocks=True)
    assert "from = " in packs["quay.example"] and "from = " not in miner.packs()["quay.example"]
    assert packs == mined_by_command(rows, tmp_path, "--blocks")


def test_packs_are_for_a_cleaner(miner, rows):
    cleaner = dechrome.Cleaner(miner.packs(), builtin=False)
    text, url = next((text, url) for text, url in zip(rows["text"], rows["url"]) if url and "harbour" in url)
    assert "Port authority, pier 4" in text and "Port authority, pier 4" not in cleaner.clean(text, url)
    assert miner.packs(dechrome.Cleaner(miner.packs())) == {}


def test_sites_are_counted(miner, rows):
    count = sum("harbour" in (url or "") for url in rows["url"])
    assert miner.sites() == {
        "harbour.example": count,
        "hills.example": len(rows["url"]) - count - rows["url"].count(None),
    }
    assert repr(miner) == f"<dechrome.Miner of {sum(miner.sites().values())} documents of 2 sites>"


def test_each_way_to_add_is_the_same(miner, rows):
    pa = pytest.importorskip("pyarrow")
    one_by_one = dechrome.Miner()
    for text, url in zip(rows["text"], rows["url"]):
        assert one_by_one.add(text, url) is (url is not None)
    encoded = dechrome.Miner()
    encoded.add_batch([text.encode() for text in rows["text"]], iter(rows["url"]))
    table = pa.table(rows)
    ways = [one_by_one, encoded]
    for data in [table, table.to_batches()[0], pa.table({**rows, "text": table["text"].dictionary_encode()})]:
        by_arrow = dechrome.Miner()
        assert by_arrow.add_arrow(data) == len(rows["url"]) - rows["url"].count(None)
        ways.append(by_arrow)
    renamed = dechrome.Miner()
    renamed.add_arrow(table.rename_columns(["body", "at"]), "body", "at")
    for way in [*ways, renamed]:
        assert way.to_bytes() == miner.to_bytes()


def test_what_cannot_be_mined_is_passed_over():
    miner = dechrome.Miner()
    assert not miner.add("A text")
    assert not miner.add("A text", "no host")
    assert not miner.add("bin\0ary", "harbour.example")
    assert miner.add_batch([None, "a", "b"], ["harbour.example", None, "harbour.example"]) == 1
    assert miner.sites() == {"harbour.example": 1}


def test_parts_merged_in_any_order_are_the_whole(miner, rows):
    numbers = list(range(len(rows["url"])))
    for seed in range(4):
        random.Random(seed).shuffle(numbers)
        parts = []
        for start in range(0, len(numbers), 7):
            part = dechrome.Miner()
            for number in numbers[start : start + 7]:
                part.add(rows["text"][number], rows["url"][number])
            parts.append(part)
        whole = dechrome.Miner()
        for part in parts:
            before = part.to_bytes()
            whole.merge(part)
            assert part.to_bytes() == before
        assert whole.to_bytes() == miner.to_bytes()


def test_bytes_and_pickles_are_the_miner(miner, rows):
    data = miner.to_bytes()
    for again in [
        dechrome.Miner.from_bytes(data),
        dechrome.Miner.from_bytes(bytearray(data)),
        pickle.loads(pickle.dumps(miner)),
    ]:
        assert again.to_bytes() == data and again.packs() == miner.packs()
        assert again.add(rows["text"][0] + "More.\n", rows["url"][0]) and again.to_bytes() != data


def test_options_are_those_of_the_command(rows, tmp_path):
    miner = dechrome.Miner(fewest_documents=15, memory_bytes=1 << 20)
    miner.add_batch(rows["text"], rows["url"])
    packs = miner.packs()
    assert list(packs) == ["harbour.example"]
    assert packs == mined_by_command(rows, tmp_path, "--min-documents", "15", "--memory", "1")
    again = pickle.loads(pickle.dumps(miner))
    again.merge(miner)
    with pytest.raises(ValueError, match=r"other options.*: this one has memory_bytes=.*, the other one memory_bytes="):
        again.merge(dechrome.Miner())


@pytest.mark.parametrize("wrong", ["memory_bytes", "site_bytes", "document_bytes"])
def test_sizes_of_nothing_are_errors(wrong):
    with pytest.raises(ValueError, match=f"{wrong} must be at least 1"):
        dechrome.Miner(**{wrong: 0})
    with pytest.raises(ValueError, match="fewest_documents must be at least 2"):
        dechrome.Miner(fewest_documents=1)
    with pytest.raises(OverflowError):
        dechrome.Miner(**{wrong: -1})


def test_other_bytes_are_errors(miner):
    data = miner.to_bytes()
    for wrong, message in [
        (b"", "no miner"),
        (b"something else entirely", "no miner"),
        (data[:-1], "cut off or changed"),
        (data[:100] + bytes([data[100] ^ 1]) + data[101:], "cut off or changed"),
        (data[:7] + b"\xff" + data[8:], "version 255"),
    ]:
        with pytest.raises(ValueError, match=message):
            dechrome.Miner.from_bytes(wrong)
    with pytest.raises(TypeError):
        dechrome.Miner.from_bytes("text")


def test_wrong_values_are_told_and_nothing_is_looked_at():
    pa = pytest.importorskip("pyarrow")
    miner = dechrome.Miner()
    with pytest.raises(TypeError, match="str or bytes"):
        miner.add(3, "harbour.example")
    with pytest.raises(ValueError, match="there are 2 texts and 1 urls"):
        miner.add_batch(["a", "b"], ["harbour.example"])
    with pytest.raises(ValueError, match="no column `url`; there are: text"):
        miner.add_arrow(pa.table({"text": ["a"]}))
    with pytest.raises(TypeError, match="their addresses"):
        miner.add_arrow(pa.array(["a"]))
    with pytest.raises(TypeError, match="Arrow data"):
        miner.add_arrow(["a"])
    assert miner.sites() == {}


def test_threads_share_a_miner(miner, rows):
    shared = dechrome.Miner()

    def work(first):
        shared.add_batch(rows["text"][first::4], rows["url"][first::4])
        shared.packs(threads=1)
        shared.merge(dechrome.Miner())

    threads = [threading.Thread(target=work, args=[first]) for first in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert shared.to_bytes() == miner.to_bytes()


def test_a_miner_can_be_merged_with_itself(miner):
    twice = pickle.loads(pickle.dumps(miner))
    twice.merge(twice)
    assert twice.packs().keys() == miner.packs().keys()
    assert twice.sites() == {site: 2 * seen for site, seen in miner.sites().items()}


@pytest.mark.parametrize("engine", ["pandas", "polars", "duckdb", "datasets"])
def test_what_speaks_arrow_is_mined_as_it_is(miner, rows, engine):
    module = pytest.importorskip(engine)
    if engine == "duckdb":
        pa = pytest.importorskip("pyarrow")
        pages = pa.table(rows)  # noqa: F841, the query names it
        data = [module.connect().sql("select * from pages")]
    elif engine == "datasets":
        data = module.Dataset.from_dict(rows).with_format("arrow").iter(batch_size=10)
    else:
        data = [module.DataFrame(rows)]
    whole = dechrome.Miner()
    for part in data:
        whole.add_arrow(part)
    assert whole.to_bytes() == miner.to_bytes()

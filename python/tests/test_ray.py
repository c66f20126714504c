"""dechrome.ray against the command, on a real Ray of two cores."""

import os
import signal
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.heavy
os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
ray = pytest.importorskip("ray")
pytest.importorskip("ray.data")

import pyarrow as pa
import pyarrow.json
import pyarrow.parquet as pq

import dechrome
import dechrome.ray
from conftest import PAGES, command, many_pages, mined_by_command, site_pages


@pytest.fixture(scope="module", autouse=True)
def cluster():
    ray.init(num_cpus=2, include_dashboard=False, object_store_memory=200_000_000)
    yield
    ray.shutdown()


@pytest.mark.parametrize("concurrency", [None, 1])
def test_a_dataset_is_what_the_command_leaves(cleaned, concurrency):
    data = ray.data.from_arrow(pyarrow.json.read_json(PAGES)).repartition(3)
    rows = dechrome.ray.clean(data, concurrency=concurrency).take_all()
    rows.sort(key=lambda row: row["id"])
    assert [(row["id"], row["url"], row["text"]) for row in rows] == [
        (page["id"], page["url"], page["text"]) for page in cleaned
    ]


def test_parquet_in_many_blocks_is_what_the_command_leaves(tmp_path: Path):
    corpus = corpus_of(tmp_path)
    data = ray.data.read_parquet(str(corpus), override_num_blocks=6)
    dechrome.ray.clean(data, batch_size=100).write_parquet(str(tmp_path / "left"))
    assert rows_of(tmp_path / "left") == cleaned_by_command(corpus, tmp_path)


def test_a_dictionary_column_is_cleaned():
    texts = pa.array(["A\nRead more\n", "B\n", "A\nRead more\n"] * 20).dictionary_encode()
    rows = dechrome.ray.clean(ray.data.from_arrow(pa.table({"text": texts})).repartition(3)).take_all()
    assert sorted(row["text"] for row in rows) == ["A\n"] * 40 + ["B\n"] * 20


@pytest.mark.parametrize("blocks", [1, 20])
def test_mined_packs_are_those_of_the_command(tmp_path: Path, blocks):
    rows = site_pages(60)
    data = ray.data.from_arrow(pa.table({"body": rows["text"], "at": rows["url"]})).repartition(blocks)
    packs = dechrome.ray.mine(data, "body", "at", fewest_documents=6).packs()
    assert packs and packs == mined_by_command(rows, tmp_path, "--min-documents", "6")


# Workers do not know this file.
ray.cloudpickle.register_pickle_by_value(sys.modules[__name__])


class KilledOnce(dechrome.ray.Clean):
    """A worker that is killed in the middle of the work, the first time that somebody comes by the mark."""

    def __init__(self, cleaner: dechrome.Cleaner, mark: str) -> None:
        super().__init__(cleaner)
        self.mark = mark

    def __call__(self, batch: pa.Table) -> pa.Table:
        left = super().__call__(batch)
        if 1000 in batch["id"].to_pylist():
            try:
                os.close(os.open(self.mark, os.O_CREAT | os.O_EXCL))
            except FileExistsError:
                return left
            os.kill(os.getpid(), signal.SIGKILL)
        return left


def test_a_worker_that_is_killed_loses_and_doubles_nothing(tmp_path: Path):
    corpus = corpus_of(tmp_path)
    data = ray.data.read_parquet(str(corpus), override_num_blocks=6)
    work = KilledOnce(dechrome.Cleaner(), str(tmp_path / "mark"))
    killed = data.map_batches(work.__call__, batch_format="pyarrow", zero_copy_batch=True, batch_size=100)
    killed.write_parquet(str(tmp_path / "left"))
    assert (tmp_path / "mark").exists()
    assert rows_of(tmp_path / "left") == cleaned_by_command(corpus, tmp_path)


def corpus_of(folder: Path) -> Path:
    path = folder / "pages.parquet"
    pq.write_table(pa.table(many_pages(2000)), path, row_group_size=250, compression="zstd")
    return path


def rows_of(path: Path) -> dict:
    return pq.read_table(path).sort_by("id").to_pydict()


def cleaned_by_command(corpus: Path, folder: Path) -> dict:
    done = command("clean", corpus, "-o", folder / "by-command")
    assert done.returncode == 0, done.stderr.decode()
    return rows_of(folder / "by-command")

"""dechrome.spark against the command, on a real Spark of two cores."""

import os
import signal
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.heavy
pyspark = pytest.importorskip("pyspark")
os.environ.setdefault("PYSPARK_PYTHON", sys.executable)

import pyarrow as pa
import pyarrow.parquet as pq
from pyspark import TaskContext, cloudpickle
from pyspark.sql import SparkSession

import dechrome
import dechrome.spark
from conftest import PAGES, command, many_pages, mined_by_command, site_pages


@pytest.fixture(scope="module")
def spark():
    session = (
        # A task that fails is tried four times, as on a cluster.
        SparkSession.builder.master("local[2,4]")
        .config("spark.ui.enabled", False)
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.sql.files.minPartitionNum", 6)
        .config("spark.sql.files.openCostInBytes", 0)
        .config("spark.sql.execution.arrow.maxRecordsPerBatch", 100)
        .getOrCreate()
    )
    yield session
    session.stop()


def test_a_frame_is_what_the_command_leaves(spark, cleaned):
    frame = spark.read.json(str(PAGES)).repartition(3)
    left = dechrome.spark.clean(frame)
    assert left.schema == frame.schema
    rows = left.orderBy("id").collect()
    assert [(row.id, row.url, row.text) for row in rows] == [
        (page["id"], page["url"], page["text"]) for page in cleaned
    ]


def test_parquet_in_many_partitions_is_what_the_command_leaves(spark, tmp_path: Path):
    corpus = corpus_of(tmp_path)
    frame = spark.read.parquet(str(corpus))
    assert frame.rdd.getNumPartitions() > 2
    dechrome.spark.clean(frame).write.parquet(str(tmp_path / "left"))
    assert rows_of(tmp_path / "left") == cleaned_by_command(corpus, tmp_path)


# Workers do not know this file.
cloudpickle.register_pickle_by_value(sys.modules[__name__])


class KilledOnce(dechrome.spark._CleanBatches):
    """A worker that is killed in the middle of its partition, the first time."""

    def __call__(self, batches):
        for number, batch in enumerate(super().__call__(batches)):
            if number == 1 and TaskContext.get().attemptNumber() == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            yield batch


def test_a_worker_that_is_killed_loses_and_doubles_nothing(spark, tmp_path: Path):
    corpus = corpus_of(tmp_path)
    frame = spark.read.parquet(str(corpus))
    killed = frame.mapInArrow(KilledOnce(dechrome.Cleaner(), "text", None), frame.schema)
    killed.write.parquet(str(tmp_path / "left"))
    assert rows_of(tmp_path / "left") == cleaned_by_command(corpus, tmp_path)


def test_packs_of_ones_own_go_to_the_workers(spark, tmp_path: Path):
    pack = tmp_path / "mine.toml"
    pack.write_text('[pack]\ntitle = "Mine"\n[[rule]]\nid = "beans"\nkind = "ad"\ncontains = ["warm wall"]\n')
    cleaner = dechrome.Cleaner(pack)
    pack.unlink()
    left = dechrome.spark.clean(spark.read.json(str(PAGES)), cleaner=cleaner)
    [row] = left.filter("id = 2").collect()
    assert row.text.startswith("We planted ours")


@pytest.mark.parametrize("partitions", [1, 7])
def test_mined_packs_are_those_of_the_command(spark, tmp_path: Path, partitions):
    rows = site_pages(60)
    frame = spark.createDataFrame(list(zip(rows["text"], rows["url"])), "body string, at string")
    miner = dechrome.spark.mine(frame.repartition(partitions), "body", "at", fewest_documents=6)
    packs = miner.packs()
    assert packs and packs == mined_by_command(rows, tmp_path, "--min-documents", "6")
    assert dechrome.spark.mine(frame.filter("false"), "body", "at").packs() == {}


def test_columns_that_do_not_fit_are_told(spark):
    frame = spark.createDataFrame([("a", 1)], ["body", "n"])
    with pytest.raises(ValueError, match="no column `text`; there are: body, n"):
        dechrome.spark.clean(frame)
    with pytest.raises(TypeError, match="bigint"):
        dechrome.spark.clean(frame, "n")
    with pytest.raises(ValueError, match="no column `url`; there are: body, n"):
        dechrome.spark.mine(frame, "body")
    with pytest.raises(ValueError, match="fewest_documents"):
        dechrome.spark.mine(frame, "body", "body", fewest_documents=0)


def corpus_of(folder: Path) -> Path:
    path = folder / "pages.parquet"
    pq.write_table(pa.table(many_pages(2000)), path, row_group_size=250, compression="zstd")
    return path


def rows_of(path: Path) -> dict:
    table = pq.read_table(path).sort_by("id")
    return table.to_pydict()


def cleaned_by_command(corpus: Path, folder: Path) -> dict:
    done = command("clean", corpus, "-o", folder / "by-command")
    assert done.returncode == 0, done.stderr.decode()
    return rows_of(folder / "by-command")

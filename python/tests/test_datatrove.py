"""dechrome.datatrove against the command."""

import gzip
import json
from pathlib import Path

import pytest

pytest.importorskip("datatrove")
pytest.importorskip("orjson")

from datatrove.executor import LocalPipelineExecutor
from datatrove.pipeline.readers import JsonlReader
from datatrove.pipeline.writers import JsonlWriter

import dechrome
from dechrome.datatrove import Dechrome


@pytest.fixture()
def folder(tmp_path: Path, pages) -> Path:
    """The pages in two files. datatrove takes no pages without text."""
    texts = [page for page in pages if page["text"]]
    (tmp_path / "pages").mkdir()
    for number in range(2):
        lines = "".join(json.dumps(page) + "\n" for page in texts[number::2])
        (tmp_path / "pages" / f"{number}.jsonl").write_text(lines)
    return tmp_path


def run(folder: Path, step: Dechrome, workers: int = 1) -> tuple[dict[int, dict], dict]:
    LocalPipelineExecutor(
        pipeline=[JsonlReader(str(folder / "pages")), step, JsonlWriter(str(folder / "cleaned"))],
        tasks=2,
        workers=workers,
        logging_dir=str(folder / "logs"),
    ).run()
    records = {}
    for path in (folder / "cleaned").glob("*.jsonl.gz"):
        for record in map(json.loads, gzip.decompress(path.read_bytes()).splitlines()):
            records[record["id"]] = record
    [_, stats, _] = json.loads((folder / "logs" / "stats.json").read_text())
    return records, stats


@pytest.mark.parametrize("workers", [1, 2])
def test_documents_are_what_the_command_leaves(folder, cleaned, workers):
    records, stats = run(folder, Dechrome(), workers)
    wanted = {record["id"]: record["text"] for record in cleaned if record["text"]}
    emptied = {record["id"] for record in cleaned if record["text"] == ""}
    # datatrove writes no empty text.
    assert {id: record["text"] for id, record in records.items() if "text" in record} == wanted
    assert set(records) <= set(wanted) | emptied
    assert records[1]["metadata"]["url"] == "https://harbour.example/ferry"
    assert "removed/related" in stats["stats"] and "removals" in stats["stats"]


def test_removals_go_into_the_metadata_if_asked_for(folder, pages):
    records, _ = run(folder, Dechrome(keep_removals=True))
    cleaner = dechrome.Cleaner()
    for page in pages:
        if page["text"] and page["id"] in records:
            noted = records[page["id"]]["metadata"].get("dechrome", [])
            wanted = cleaner.explain(page["text"], page["url"])
            assert [(gone["rule"], gone["start"], gone["end"]) for gone in noted] == [
                (gone.rule, gone.start, gone.end) for gone in wanted
            ]


def test_the_counts_are_those_of_what_went(folder, pages):
    _, stats = run(folder, Dechrome(dechrome.Cleaner(only=["related"])))
    cleaner = dechrome.Cleaner(only=["related"])
    gone = [gone for page in pages if page["text"] for gone in cleaner.explain(page["text"], page["url"])]
    total = stats["stats"]["removals"]
    assert (total["total"] if isinstance(total, dict) else total) == len(gone)

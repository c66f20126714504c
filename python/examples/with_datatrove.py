"""A datatrove pipeline, in a folder that goes away: JSONL in, cleaned JSONL out, counts on stderr."""

import gzip
import json
import shutil
import tempfile
from pathlib import Path

from datatrove.executor import LocalPipelineExecutor
from datatrove.pipeline.readers import JsonlReader
from datatrove.pipeline.writers import JsonlWriter

from dechrome.datatrove import Dechrome

with tempfile.TemporaryDirectory() as name:
    folder = Path(name)
    (folder / "pages").mkdir()
    shutil.copy(Path(__file__).with_name("pages.jsonl"), folder / "pages")
    LocalPipelineExecutor(
        pipeline=[JsonlReader(str(folder / "pages")), Dechrome(), JsonlWriter(str(folder / "cleaned"))],
        logging_dir=str(folder / "logs"),
    ).run()
    with gzip.open(folder / "cleaned/00000.jsonl.gz", "rt", encoding="utf-8") as cleaned:
        for record in map(json.loads, cleaned):
            # datatrove writes no empty text, and reads no page without one.
            print(json.dumps({"id": record["id"], "text": record.get("text", "")}))

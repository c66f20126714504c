"""Ray Data, on a cluster of two cores on this machine."""

import json
import os
from pathlib import Path

os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")

import pyarrow.json
import ray

import dechrome.ray

ray.init(num_cpus=2, include_dashboard=False, object_store_memory=200_000_000, log_to_driver=False)
pages = ray.data.from_arrow(pyarrow.json.read_json(Path(__file__).with_name("pages.jsonl")))
cleaned = dechrome.ray.clean(pages.repartition(3))
for row in sorted(cleaned.take_all(), key=lambda row: row["id"]):
    print(json.dumps({"id": row["id"], "text": row["text"]}))
ray.shutdown()

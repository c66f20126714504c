"""A pack from a site's own pages, with Ray Data, on a cluster of two cores on this machine."""

import json
import os
from pathlib import Path

os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")

import pyarrow.json
import ray

import dechrome.ray

ray.init(num_cpus=2, include_dashboard=False, object_store_memory=200_000_000, log_to_driver=False)
pages = ray.data.from_arrow(pyarrow.json.read_json(Path(__file__).with_name("site.jsonl")))
for site, pack in dechrome.ray.mine(pages.repartition(3)).packs().items():
    print(json.dumps({"site": site, "pack": pack}))
ray.shutdown()

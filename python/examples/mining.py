"""A pack from a site's own pages: without an engine, in two parts that are merged."""

import json
from pathlib import Path

import dechrome

lines = Path(__file__).with_name("site.jsonl").read_text(encoding="utf-8").splitlines()
pages = [json.loads(line) for line in lines]
first, second = dechrome.Miner(), dechrome.Miner()
first.add_batch([page["text"] for page in pages[:4]], [page["url"] for page in pages[:4]])
for page in pages[4:]:
    second.add(page["text"], page["url"])

# As bytes it goes to another machine, or into a file.
whole = dechrome.Miner()
for part in [first.to_bytes(), second.to_bytes()]:
    whole.merge(dechrome.Miner.from_bytes(part))
for site, pack in whole.packs().items():
    print(json.dumps({"site": site, "pack": pack}))

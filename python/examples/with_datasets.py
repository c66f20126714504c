"""A Hugging Face dataset."""

import json
from pathlib import Path

from datasets import Dataset

import dechrome.datasets

records = [json.loads(line) for line in Path(__file__).with_name("pages.jsonl").open(encoding="utf-8")]
pages = Dataset.from_list(records)
for page in dechrome.datasets.clean(pages):
    print(json.dumps({"id": page["id"], "text": page["text"]}))

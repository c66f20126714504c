"""Records of a JSONL file, cleaned in one batch and printed; then what went, and by which rule, on stderr."""

import json
import sys
from pathlib import Path

import dechrome

records = [json.loads(line) for line in Path(__file__).with_name("pages.jsonl").open(encoding="utf-8")]
texts = [record["text"] for record in records]
urls = [record["url"] for record in records]

cleaner = dechrome.Cleaner()
for record, left in zip(records, cleaner.clean_batch(texts, urls)):
    print(json.dumps({"id": record["id"], "text": left}))

for record, text, url in zip(records, texts, urls):
    for removal in cleaner.explain(text or "", url):
        print(record["id"], removal.start, removal.end, removal.rule, file=sys.stderr)

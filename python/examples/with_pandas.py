"""A DataFrame."""

from pathlib import Path

import pandas as pd

import dechrome.pandas

pages = pd.read_json(Path(__file__).with_name("pages.jsonl"), lines=True)
pages["text"] = dechrome.pandas.clean(pages["text"], pages["url"])
print(pages[["id", "text"]].to_json(orient="records", lines=True))

"""A query that cleans as it reads."""

import json
from pathlib import Path

import duckdb

import dechrome.duckdb

connection = duckdb.connect()
dechrome.duckdb.register(connection)
pages = Path(__file__).with_name("pages.jsonl")
query = f"select id, dechrome_url(text, url) from read_json('{pages}') order by id"
for number, text in connection.execute(query).fetchall():
    print(json.dumps({"id": number, "text": text}))

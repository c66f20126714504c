"""Writes the same invented pages as JSONL, WET and Parquet, with other programs than ours, to corpora/."""

import gzip
import io
import json
import subprocess
from pathlib import Path

import pyarrow
import pyarrow.parquet
from warcio.statusandheaders import StatusAndHeaders  # noqa: F401, shows a broken installation early
from warcio.warcwriter import WARCWriter

PAGES = 300


def page(number):
    body = [f"The ferry of line {number} left late, as “ever”.", "", "Читайте также об этом", "Nobody minded 🛳."]
    chrome = ["Read more", "Advertisement"] if number % 3 else []
    return "\n".join(body[:2] + chrome + body[2:]) + "\n"


def main():
    folder = Path("corpora")
    folder.mkdir()
    records = [
        {"id": number, "url": f"https://town{number % 7}.example/{number}", "text": page(number), "n": 1e3}
        for number in range(PAGES)
    ]
    raw = "".join(json.dumps(record, ensure_ascii=number % 2 == 0) + "\n" for number, record in enumerate(records))
    with gzip.open(folder / "pages.jsonl.gz", "wt", encoding="utf-8") as file:
        file.write(raw)
    (folder / "pages.jsonl").write_text(raw, encoding="utf-8")
    subprocess.run(["zstd", "-q", "--keep", folder / "pages.jsonl", "-o", folder / "pages.jsonl.zst"], check=True)
    (folder / "pages.jsonl").unlink()

    with open(folder / "pages.warc.wet.gz", "wb") as file:
        writer = WARCWriter(file, gzip=True)
        writer.write_record(writer.create_warcinfo_record("pages.warc.wet.gz", {"software": "a test"}))
        for record in records:
            text = record["text"].encode()
            writer.write_record(
                writer.create_warc_record(
                    record["url"], "conversion", payload=io.BytesIO(text), length=len(text), warc_content_type="text/plain"
                )
            )

    table = pyarrow.table(
        {
            "id": [record["id"] for record in records],
            "text": pyarrow.array([record["text"] for record in records], pyarrow.large_string()),
            "url": pyarrow.array([record["url"] for record in records]).dictionary_encode(),
            "tags": [["a", None], []] * (PAGES // 2),
        }
    )
    pyarrow.parquet.write_table(table, folder / "pages.parquet", row_group_size=70, compression="zstd")


main()

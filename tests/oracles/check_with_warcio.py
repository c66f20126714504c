#!/usr/bin/env python3
"""Asks warcio, an independent reader, about a WARC or WET file: check_with_warcio.py FILE [ORIGINAL]

Fails if a record cannot be read, is not as long as it says, has a wrong digest or one that cannot be checked, or if
what is compressed is not one gzip member a record. With ORIGINAL, the file it was made from: also if there are other
records than there, if a header differs that does not speak of the body, or if a body differs that is no page's text.
Needs: pip install warcio
"""

import contextlib
import io
import sys

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

OF_THE_BODY = {"content-length", "warc-block-digest", "warc-payload-digest"}


def bodies(path, faults):
    """The headers and the raw body of each record."""
    records = []
    with open(path, "rb") as file, contextlib.redirect_stderr(io.StringIO()) as said:
        reader = ArchiveIterator(file, no_record_parse=True)
        for record in reader:
            body = record.raw_stream.read()
            records.append((record.rec_headers.headers, body))
            if str(len(body)) != record.rec_headers.get_header("Content-Length"):
                faults.append(f"record {len(records)}: a body of {len(body)} bytes is not as long as it says")
    if reader.err_count or said.getvalue():
        faults.append(f"warcio complains: {said.getvalue().strip()}")
    return records


def check_digests(path, faults):
    with open(path, "rb") as file:
        for number, record in enumerate(ArchiveIterator(file, check_digests=True), 1):
            record.content_stream().read()
            headers = [name.lower() for name, _ in record.rec_headers.headers]
            checker = record.digest_checker
            faults.extend(f"record {number}: {problem}" for problem in checker.problems)
            if checker.passed is not True and "warc-block-digest" in headers:
                faults.append(f"record {number}: its digest was not found right")


def compare(written, original, faults):
    if len(written) != len(original):
        faults.append(f"{len(written)} records were made of {len(original)}")
    for number, ((headers, body), (old_headers, old_body)) in enumerate(zip(written, original), 1):
        rest, old_rest = ([h for h in all if h[0].lower() not in OF_THE_BODY] for all in (headers, old_headers))
        if rest != old_rest:
            faults.append(f"record {number}: other headers: {rest} instead of {old_rest}")
        is_text = ("WARC-Type", "conversion") in headers
        if body != old_body and not is_text:
            faults.append(f"record {number}: a body that is no page's text differs")
        if body == old_body and headers != old_headers:
            faults.append(f"record {number}: the same body, but other headers")


def main(path, original=None):
    faults = []
    try:
        written = bodies(path, faults)
        check_digests(path, faults)
        if not written:
            faults.append("there is no record")
        if original:
            compare(written, bodies(original, []), faults)
    except ArchiveLoadFailed as error:
        faults.append(f"warcio cannot read it: {error}")
    for fault in faults[:10]:
        print(f"{path}: {fault}", file=sys.stderr)
    if len(faults) > 10:
        print(f"{path}: {len(faults) - 10} faults more", file=sys.stderr)
    if not faults:
        print(f"{path}: {len(written)} records, all right")
    return 1 if faults else 0


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    sys.exit(main(*sys.argv[1:]))

"""A pack from a site's own pages, with Spark, on a cluster of two cores on this machine."""

import json
import os
import sys
from pathlib import Path

os.environ.setdefault("PYSPARK_PYTHON", sys.executable)

from pyspark.sql import SparkSession

import dechrome.spark

spark = (
    SparkSession.builder.master("local[2]")
    .config("spark.ui.enabled", False)
    .config("spark.driver.host", "127.0.0.1")
    .config("spark.driver.bindAddress", "127.0.0.1")
    .getOrCreate()
)
pages = spark.read.json(str(Path(__file__).with_name("site.jsonl"))).repartition(3)
for site, pack in dechrome.spark.mine(pages).packs().items():
    print(json.dumps({"site": site, "pack": pack}))
spark.stop()

"""The examples run as they stand, and print what the command leaves."""

import importlib.util
import json
import subprocess
import sys

import pytest

from conftest import PAGES, command

ENGINES = ["plain", "pandas", "polars", "duckdb", "datasets", "datatrove", "spark", "ray"]
MODULES = {"plain": "dechrome", "spark": "pyspark"}
HEAVY = {"spark", "ray"}


def marked(engine: str):
    missing = importlib.util.find_spec(MODULES.get(engine, engine)) is None
    marks = [pytest.mark.skipif(missing, reason=f"{engine} is not installed")]
    return pytest.param(engine, marks=[*marks, pytest.mark.heavy] if engine in HEAVY else marks)


@pytest.mark.parametrize("engine", [marked(engine) for engine in ENGINES])
def test_an_example_prints_what_the_command_leaves(engine, cleaned):
    file = PAGES.with_name("plain.py" if engine == "plain" else f"with_{engine}.py")
    done = subprocess.run([sys.executable, file], capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    printed = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    wanted = [{"id": record["id"], "text": record["text"]} for record in cleaned]
    if engine == "datatrove":
        # It reads no page without a text.
        given = {json.loads(line)["id"] for line in PAGES.open(encoding="utf-8") if json.loads(line)["text"]}
        wanted = [record for record in wanted if record["id"] in given]
    assert printed == wanted


@pytest.mark.parametrize("engine", [marked(engine) for engine in ["plain", "spark", "ray"]])
def test_an_example_of_mining_prints_the_packs_of_the_command(engine, tmp_path):
    file = PAGES.with_name("mining.py" if engine == "plain" else f"mining_with_{engine}.py")
    done = subprocess.run([sys.executable, file], capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    printed = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    assert command("mine", PAGES.with_name("site.jsonl"), "-o", tmp_path).returncode == 0
    assert printed == [{"site": file.stem, "pack": file.read_text()} for file in tmp_path.glob("*.toml")]
    assert "Ask the harbour master about berths" in printed[0]["pack"]


def test_the_readme_runs_as_it_stands():
    """The five lines of python/README.md."""
    readme = PAGES.parents[1] / "README.md"
    program = readme.read_text(encoding="utf-8").split("```python\n")[1].split("```")[0]
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("The council met.\n\n[Removal(rule='generic/en/")

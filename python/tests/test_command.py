"""The command that comes with the module."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import dechrome
from conftest import PAGES, command


def test_it_cleans_like_the_module():
    text = "The ferry left.\n\nRead more\n"
    done = command("clean", text=text.encode())
    assert (done.returncode, done.stdout, done.stderr) == (0, dechrome.Cleaner().clean(text).encode(), b"")


def test_its_statuses_are_those_of_the_program(tmp_path: Path):
    assert command("clean", "--check", PAGES).returncode == 1
    assert command("clean", tmp_path / "none.txt").returncode == 2
    wrong = command("clean", "--no-such-option")
    assert wrong.returncode == 2 and b"Usage: dechrome clean" in wrong.stderr
    assert command("-V").stdout.decode() == f"dechrome {dechrome.__version__}\n"
    assert command("--version").stdout.decode() == f"dechrome {dechrome.__version__} ({dechrome.__build__})\n"
    assert b"clean" in command("--help").stdout


def test_it_runs_as_a_module():
    done = subprocess.run(
        [sys.executable, "-m", "dechrome", "clean"], input=b"A\n\nRead more\n", capture_output=True, check=True
    )
    assert done.stdout == b"A\n"


def test_a_closed_pipe_is_no_error(tmp_path: Path):
    big = tmp_path / "big.txt"
    big.write_text("The ferry left late, as ever.\n" * 200_000)
    program = Path(sys.executable).with_name("dechrome")
    child = subprocess.Popen([program, "clean", big], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    child.stdout.read(10)
    child.stdout.close()
    assert child.wait(timeout=60) == 0
    assert child.stderr.read() == b""


@pytest.mark.skipif(os.name != "posix", reason="a signal is sent")
@pytest.mark.parametrize("arguments", [["clean"], ["explain"]])
def test_ctrl_c_ends_it(arguments):
    program = Path(sys.executable).with_name("dechrome")
    child = subprocess.Popen([program, *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    time.sleep(1)
    child.send_signal(signal.SIGINT)
    # `clean` ends by its own handler, what only reads by the signal itself.
    assert child.wait(timeout=30) in {130, -signal.SIGINT}

"""Promises of the class Cleaner."""

import itertools
import multiprocessing
import os
import pickle
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from types import MappingProxyType

import pytest

import dechrome
from conftest import PACK


def test_an_address_activates_the_packs_of_its_site():
    cleaner = dechrome.Cleaner({"harbour.example": PACK})
    text = "The ferry left.\n\nBuy ferry tickets\n"
    assert cleaner.clean(text, "https://www.harbour.example/1") == "The ferry left.\n"
    assert cleaner.clean(text, "https://elsewhere.example/1") is text
    assert cleaner.clean(text) is text
    assert cleaner.clean_batch([text, text], ["harbour.example", None]) == ["The ferry left.\n", text]


def test_packs_are_read_from_files_and_folders(tmp_path: Path):
    (tmp_path / "sites").mkdir()
    file = tmp_path / "sites" / "harbour.example.toml"
    file.write_text(PACK)
    text = "A\n\nBuy ferry tickets\n"
    for packs in [file, str(file), tmp_path, [tmp_path]]:
        [gone] = dechrome.Cleaner(packs, builtin=False).explain(text, "harbour.example")
        assert gone == ("harbour.example/tickets", "ad", "harbour.example", 2, 21, "\nBuy ferry tickets\n"[0:19])


def test_offsets_of_a_str_are_characters_and_of_bytes_bytes():
    cleaner = dechrome.Cleaner({"mine": PACK.replace('sites = ["harbour.example"]', "")}, builtin=False)
    text = "Fähre 🛳 ab\nBuy ferry tickets\nж\nBuy ferry tickets\nEnde\n"
    assert [(gone.start, gone.end) for gone in cleaner.explain(text)] == [(11, 29), (31, 49)]
    assert [(gone.start, gone.end) for gone in cleaner.explain(text.encode())] == [(15, 33), (36, 54)]


def test_lone_surrogates_pass_through():
    text = "A \ud800 b\nRead more\n\udc80\ud83d\ude00"
    cleaner = dechrome.Cleaner()
    assert cleaner.clean(text) == "A \ud800 b\n\udc80\ud83d\ude00"
    [gone] = cleaner.explain(text)
    assert text[gone.start : gone.end] == gone.text == "Read more\n"
    assert cleaner.clean_batch([text]) == ["A \ud800 b\n\udc80\ud83d\ude00"]


def test_options_leave_rules_out():
    text = "Text.\n\nRead more\n"
    [gone] = dechrome.Cleaner().explain(text)
    assert dechrome.Cleaner(disable=[gone.rule]).clean(text) is text
    assert dechrome.Cleaner(disable=gone.rule).clean(text) is text
    assert dechrome.Cleaner(except_=[gone.kind]).clean(text) is text
    assert dechrome.Cleaner(only=["cookie"]).clean(text) is text
    assert dechrome.Cleaner(only=gone.kind).clean(text) == "Text.\n"
    assert dechrome.Cleaner(builtin=False).clean(text) is text


def test_a_mistake_in_a_pack_is_told_with_its_place():
    with pytest.raises(dechrome.PackError) as caught:
        dechrome.Cleaner({"mine": PACK.replace('kind = "ad"', 'kind = "adv"')})
    error = caught.value
    assert (error.file, error.line, error.column) == ("mine.toml", 8, 8)
    assert "`adv`" in str(error) and "^^^^^" in str(error)
    assert error.problems[0].suggestion == "did you mean `ad`?"
    again = pickle.loads(pickle.dumps(error))
    assert (str(again), again.problems) == (str(error), error.problems)


def test_a_path_without_packs_is_told(tmp_path: Path):
    for path in [tmp_path, tmp_path / "none"]:
        with pytest.raises(dechrome.PackError) as caught:
            dechrome.Cleaner(path)
        assert caught.value.file == str(path) and caught.value.line is None


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"only": ["shares"]}, "did you mean `share`"),
        ({"except_": "cookies"}, "did you mean `cookie`"),
        ({"disable": ["generic/en/nothing-of-the-kind"]}, "there is no rule or pack"),
        ({"markup": "html"}, "there is no markup"),
        ({"level": "most"}, "unknown level"),
    ],
)
def test_words_that_name_nothing_are_errors(options, message):
    with pytest.raises(ValueError, match=message):
        dechrome.Cleaner(**options)


@pytest.mark.parametrize("wrong", [None, 3, ["a"], bytearray(b"a")])
def test_what_is_no_text_is_a_type_error(wrong):
    cleaner = dechrome.Cleaner(builtin=False)
    with pytest.raises(TypeError, match="str or bytes"):
        cleaner.clean(wrong)
    with pytest.raises(TypeError):
        cleaner.clean_batch("one text")
    with pytest.raises(TypeError):
        cleaner.clean_batch([3])


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda: dechrome.Cleaner(3),
            "packs must be a path, a list of paths, or a dict of names to TOML texts, not int",
        ),
        (lambda: dechrome.Cleaner([3]), "packs must be a path, a list of paths, .*, not list"),
        (lambda: dechrome.Cleaner({"mine": 3}), "packs must be a path, a list of paths, .*, not dict"),
        (lambda: dechrome.Cleaner(b"packs"), "packs must be a path, a list of paths, .*, not bytes"),
        (lambda: dechrome.Cleaner(only=3), "only, except_ and disable must be a str or a list of str, not int"),
        (lambda: dechrome.Cleaner(disable=[3]), "only, except_ and disable must be a str or a list of str, not list"),
        (lambda: dechrome.Cleaner(builtin=False).clean_batch(["a"], [3]), "a url must be str or None, not int"),
        (
            lambda: dechrome.Cleaner(builtin=False).clean_batch(["a"], "b"),
            "urls must be an iterable of str or None, not str",
        ),
    ],
)
def test_values_of_wrong_types_are_told_in_words(call, message):
    with pytest.raises(TypeError, match=message):
        call()


def test_packs_may_be_any_mapping_or_sequence(tmp_path: Path):
    cleaner = dechrome.Cleaner(MappingProxyType({"harbour.example": PACK}), builtin=False)
    assert cleaner.clean("A\nBuy ferry tickets\n", "harbour.example") == "A\n"
    (tmp_path / "harbour.example.toml").write_text(PACK)
    assert repr(dechrome.Cleaner((tmp_path,), builtin=False)) == repr(cleaner)


def test_urls_are_as_many_as_texts():
    cleaner = dechrome.Cleaner(builtin=False)
    for urls in [[], ["a.example"], ["a.example"] * 3]:
        with pytest.raises(ValueError, match="there are 2 texts"):
            cleaner.clean_batch(["a", "b"], urls)
    assert cleaner.clean_batch([]) == []
    with pytest.raises(ValueError, match="at least 1"):
        cleaner.clean_batch(["a"], threads=0)


def test_a_batch_is_what_its_texts_are_one_by_one(pages):
    cleaner = dechrome.Cleaner()
    texts = [page["text"] for page in pages] * 40
    urls = [page.get("url") for page in pages] * 40
    one_by_one = [text and cleaner.clean(text, url) for text, url in zip(texts, urls)]
    for threads in [None, 1, 2, 5]:
        assert cleaner.clean_batch(texts, urls, threads=threads) == one_by_one
    assert cleaner.clean_batch(iter(texts), iter(urls)) == one_by_one


def test_a_cleaner_is_the_same_after_pickling():
    cleaner = dechrome.Cleaner({"harbour.example": PACK}, disable=["menu"], except_="share")
    again = pickle.loads(pickle.dumps(cleaner))
    text = "A\n\nBuy ferry tickets\n\nRead more\n"
    assert again.clean(text, "harbour.example") == cleaner.clean(text, "harbour.example") == "A\n"
    assert pickle.dumps(again) == pickle.dumps(cleaner)
    assert repr(again) == repr(cleaner)


def test_a_pickle_holds_the_packs_and_not_their_place(tmp_path: Path):
    file = tmp_path / "harbour.example.toml"
    file.write_text(PACK)
    pickled = pickle.dumps(dechrome.Cleaner(file))
    file.unlink()
    assert pickle.loads(pickled).clean("A\nBuy ferry tickets\n", "harbour.example") == "A\n"


@pytest.mark.parametrize("other", ["0.0.0", dechrome.__version__, f"{dechrome.__version__} (0123456789abcdef)"])
def test_a_pickle_of_another_build_is_refused(other):
    own = f"{dechrome.__version__} ({dechrome.__build__})"
    rebuild, (version, recipe) = dechrome.Cleaner().__reduce__()
    assert version == own
    with pytest.raises(RuntimeError) as caught:
        rebuild(other, recipe)
    assert f"pickled by dechrome {other}, and here is dechrome {own}" in str(caught.value)


def batch_in_a_fork(texts):
    return dechrome.Cleaner().clean_batch(texts, threads=2)


@pytest.mark.skipif("fork" not in multiprocessing.get_all_start_methods(), reason="no fork here")
def test_threads_work_in_a_process_that_was_forked():
    texts = ["Text.\n\nRead more\n"] * 100
    assert batch_in_a_fork(texts) == ["Text.\n"] * 100
    with multiprocessing.get_context("fork").Pool(1) as pool:
        assert pool.apply_async(batch_in_a_fork, [texts]).get(timeout=60) == ["Text.\n"] * 100


def test_other_threads_run_during_a_batch(pages):
    cleaner = dechrome.Cleaner()
    texts = [page["text"] for page in pages if page["text"]] * 300
    ticks, stop = [], threading.Event()

    def tick():
        while not stop.is_set():
            ticks.append(time.monotonic())
            time.sleep(0.001)

    ticker = threading.Thread(target=tick)
    ticker.start()
    start = time.monotonic()
    cleaner.clean_batch(texts, threads=1)
    took = time.monotonic() - start
    stop.set()
    ticker.join()
    between = [b - a for a, b in itertools.pairwise(ticks)]
    assert took > 0.1, "too short to tell"
    assert max(between) < took / 2


@pytest.mark.skipif(os.name != "posix", reason="a signal is sent")
def test_ctrl_c_ends_a_batch():
    program = (
        "import dechrome\n"
        "text = 'The ferry left late, as ever.\\nRead more\\n' * 2_000\n"
        "print('go', flush=True)\n"
        "while True: dechrome.Cleaner().clean_batch([text] * 2000)\n"
    )
    child = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert child.stdout.readline() == b"go\n"
    time.sleep(0.5)
    child.send_signal(signal.SIGINT)
    _, stderr = child.communicate(timeout=60)
    assert b"KeyboardInterrupt" in stderr


def test_importing_prints_nothing_and_imports_no_engine():
    program = (
        "import sys; before = set(sys.modules); import dechrome\n"
        "new = {name.split('.')[0] for name in set(sys.modules) - before}\n"
        "assert not new & {'pandas', 'polars', 'duckdb', 'datasets', 'pyarrow', 'pyspark', 'ray', 'numpy'}, new"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert done.stdout == done.stderr == b""


def test_markdown_is_compared_by_what_a_reader_sees():
    text = "The [mill](/mill) stood [empty](/empty).\n\n* [**Share**](/share)\n\nIt was sold.\n"
    left = "The [mill](/mill) stood [empty](/empty).\n\nIt was sold.\n"
    pack = {"mine": '[pack]\ntitle = "Mine"\n[[rule]]\nid = "share"\nkind = "share"\nis = ["Share"]\n'}
    for markup, want in (("auto", left), ("markdown", left), ("text", text)):
        cleaner = dechrome.Cleaner(pack, builtin=False, markup=markup)
        assert cleaner.clean(text) == want
        assert pickle.loads(pickle.dumps(cleaner)).clean(text) == want

"""The cases of all doors, through Python's."""

import contextlib

import pytest

import dechrome
from case_files import Case, all_cases

CASES = list(all_cases())


def test_there_are_cases():
    assert len(CASES) > 100


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_case_comes_out_as_it_should(case: Case):
    cleaner = dechrome.Cleaner(case.packs, builtin=False, **case.options)
    forms = [case.text]
    with contextlib.suppress(UnicodeDecodeError):
        forms.append(case.text.decode())
    for text in forms:
        wanted = case.clean.decode() if isinstance(text, str) else case.clean
        assert cleaner.clean(text, case.site) == wanted
        assert (cleaner.clean(text, case.site) is text) == (text == wanted), "the same object, if nothing goes"
        assert cleaner.clean_batch([text, None], [case.site, None], threads=2) == [wanted, None]
        removals = cleaner.explain(text, case.site)
        assert without(text, removals) == wanted
        assert [text[gone.start : gone.end] for gone in removals] == [gone.text for gone in removals]
        if case.removals is not None:
            assert [gone.rule for gone in removals] == case.removals


def without(text, removals):
    """The text less its removals, by the offsets that Python was told."""
    starts = [0, *(removal.end for removal in removals)]
    ends = [*(removal.start for removal in removals), len(text)]
    return text[:0].join(text[start:end] for start, end in zip(starts, ends))

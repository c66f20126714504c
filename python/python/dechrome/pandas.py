"""dechrome for pandas: functions on a Series and a DataFrame.

>>> import dechrome.pandas
>>> frame["text"] = dechrome.pandas.clean(frame["text"], frame["url"])
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from dechrome import Cleaner

__all__ = ["clean"]


def clean(texts: pd.Series, urls: pd.Series | None = None, *, cleaner: Cleaner | None = None) -> pd.Series:
    """Takes the chrome out of a Series of texts, on all cores.

    Args:
        texts: Of str, a string type or categories; missing values stay missing.
        urls: Addresses, in the same order; their index is not looked at.
        cleaner: The built-in packs, if not given.

    Returns:
        A Series of the same index, name and dtype; one of categories has those that are left of them, in their order.

    Raises:
        TypeError: A value is no text.
        ValueError: There are more or fewer urls than texts.
    """
    cleaner = cleaner or Cleaner()
    if isinstance(texts.dtype, pd.CategoricalDtype):
        return _clean_categories(texts, urls, cleaner)
    cleaned = cleaner.clean_batch(_values(texts), None if urls is None else _values(urls))
    return pd.Series(cleaned, index=texts.index, name=texts.name, dtype=texts.dtype)


def _clean_categories(texts: pd.Series, urls: pd.Series | None, cleaner: Cleaner) -> pd.Series:
    """Cleans each category once, or each row where the same text may become two."""
    codes, categories = texts.cat.codes, texts.cat.categories
    if urls is None:
        left = cleaner.clean_batch(list(categories))
        cleaned = [left[code] if code >= 0 else None for code in codes]
    else:
        cleaned = cleaner.clean_batch(_values(texts), _values(urls))
        left = [text for _, text in sorted(zip(codes, cleaned), key=lambda row: row[0]) if text is not None]
    kinds = pd.Index(list(dict.fromkeys(left)), dtype=categories.dtype)
    whole = pd.Categorical(cleaned, categories=kinds, ordered=texts.cat.ordered)
    return pd.Series(whole, index=texts.index, name=texts.name)


def _values(series: pd.Series) -> list[Any]:
    """Its values, with None for what is missing, however pandas says so."""
    return [None if missing else value for value, missing in zip(series, series.isna())]

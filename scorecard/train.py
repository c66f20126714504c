#!/usr/bin/env python3
"""Fits the scorecard to labelled pages, and reports what it takes and damages on pages of hosts that it has not seen.

    train.py --binary dechrome PAGES... [--write scorecard.toml] [--report report.md]     needs: numpy, lightgbm

PAGES are JSON lines, gzip or not, or folders of them: {"url", "host", "lines" or "text" and "visible", "labels", "kind"}, where
`labels` has a character for each line: C and R chrome, K content, N titles, bylines and dates, which count above the text
alone; lines of others are left out.
design.toml says what is fitted. The same pages give the same file.
"""
import argparse
import tomllib
from pathlib import Path

import lightgbm
import numpy as np

import pages
import report
import tables

FOLDS = 4
# One host in so many is set aside: it is neither fitted nor looked at when the design is chosen.
ASIDE_OF = 5


def boosted(design, train):
    """Boosted trees of one or two features each, which sum to tables."""
    constraints = [[feature] for feature in range(len(design.features))] + design.pairs
    model = lightgbm.LGBMClassifier(
        n_estimators=500, num_leaves=4, max_depth=3, learning_rate=0.12, min_child_samples=150, max_bin=15,
        min_data_in_bin=1, interaction_constraints=constraints, deterministic=True, force_col_wise=True, verbose=-1,
    )
    model.fit(train.steps, train.is_chrome, sample_weight=train.weight)
    return model.booster_.dump_model()["tree_info"]


class Lines:
    """What is fitted: the steps that the values of lines have reached, what they are, and what they weigh."""

    def __init__(self, steps, is_chrome, weight):
        self.steps, self.is_chrome, self.weight = steps, is_chrome, weight

    def of(self, rows):
        return Lines(self.steps[rows], self.is_chrome[rows], self.weight[rows])


def weights(design, lines, documents):
    """Long lines weigh more, and content more than chrome; kinds of which there are few pages weigh more."""
    weight = np.sqrt(lines.chars + 1.0)
    weight[~lines.is_chrome] *= design.weights["content"]
    weight[lines.is_title] *= design.weights["title"]
    kind = np.array([document.get("kind", "news") for document in documents])[lines.document]
    known = (lines.is_chrome | lines.is_content) & lines.open
    of_news = weight[known & (kind == "news")].sum()
    for name in sorted(set(kind) - {"news"}):
        share = design.weights["kind-share"] * of_news / weight[known & (kind == name)].sum()
        weight[kind == name] *= min(design.weights["most-for-kind"], share)
    markup = np.array(["text" in document for document in documents])[lines.document]
    weight[markup] *= design.weights["markdown"]
    return weight


def main():
    here = Path(__file__).parent
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pages", nargs="+", type=Path)
    parser.add_argument("--binary", default="dechrome")
    parser.add_argument("--design", type=Path, default=here / "design.toml")
    parser.add_argument("--write", type=Path, help="write the scorecard")
    parser.add_argument("--report", type=Path, help="write the figures, as Markdown")
    arguments = parser.parse_args()
    documents = list(pages.read_documents(arguments.pages))
    lines = pages.load(arguments.binary, documents)
    design = tables.Design(tomllib.loads(arguments.design.read_text()), lines.names)
    steps = design.steps_of(lines.values)
    data = Lines(steps, lines.is_chrome, weights(design, lines, documents))
    aside = np.array([pages.part(document, "", ASIDE_OF) == ASIDE_OF - 1 for document in documents])
    fold = np.array([pages.part(document, "fold", FOLDS) for document in documents])
    fitted = (lines.is_chrome | lines.is_content) & lines.open & ~aside[lines.document]
    score = np.zeros(len(lines.label), int)
    for number in range(FOLDS):
        seen = fitted & (fold != number)[lines.document]
        card = tables.Scorecard.of_trees(design, boosted(design, data.of(seen)))
        unseen = (fold == number)[lines.document]
        score[unseen] = card.score(steps[unseen])
    card = tables.Scorecard.of_trees(design, boosted(design, data.of(fitted)))
    score[aside[lines.document]] = card.score(steps[aside[lines.document]])
    written = report.report(design, lines, documents, score, aside)
    print(written)
    if arguments.report:
        arguments.report.write_text(written)
    if arguments.write:
        arguments.write.write_text(card.to_toml())


if __name__ == "__main__":
    main()

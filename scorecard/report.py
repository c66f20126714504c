"""What each level takes and damages, by set of pages."""
import numpy as np

import pages

# The value of the feature `rule` for an item of a menu that no rule matches by itself.
UNKNOWN = 2


def report(design, lines, documents, score, aside):
    total = {label: np.zeros(len(documents)) for label in "CRK"}
    for number, document in enumerate(documents):
        for label, text in zip(document["labels"], document.get("visible") or document["lines"]):
            if label in total:
                total[label][number] += len(text)
    gone = {"rules": lines.taken}
    for level, asked in design.levels.items():
        is_unknown = lines.value("rule") == UNKNOWN
        least = np.where(is_unknown, asked["gives-back-unknown"], asked["gives-back"])
        stays = lines.open & lines.taken & (score < least)
        goes = lines.open & ~lines.taken & (score >= asked["takes"])
        gone[level] = lines.taken & ~stays | goes
    out = ["Per cent of characters: all chrome (C and R), recurring chrome (R), content (K). Per cent of lines: titles, bylines and dates.", ""]
    for name, chosen in sets(documents, aside).items():
        if not chosen.any():
            continue
        out += [f"{name}: {int(chosen.sum())} documents", "", "| level | all chrome | recurring | content | titles, dates | documents hurt |"]
        out += ["| --- | ---: | ---: | ---: | ---: | ---: |"]
        for level, taken in gone.items():
            out.append(row(level, taken & chosen[lines.document], lines, total, chosen))
        out.append("")
    return "\n".join(out)


def sets(documents, aside):
    """Sets of documents by what they are; those set aside apart."""
    kind = np.array([document.get("kind", "news and blogs") for document in documents])
    markdown = np.array(["text" in document for document in documents])
    is_news = kind == "news and blogs"
    found = {
        "News and blogs": is_news & ~markdown & ~aside,
        "Other kinds of pages": ~is_news & ~markdown & ~aside,
        "News and blogs, Markdown": is_news & markdown & ~aside,
        "Other kinds of pages, Markdown": ~is_news & markdown & ~aside,
        "News and blogs, set aside": is_news & ~markdown & aside,
        "Other kinds of pages, set aside": ~is_news & ~markdown & aside,
        "News and blogs, Markdown, set aside": is_news & markdown & aside,
        "Other kinds of pages, Markdown, set aside": ~is_news & markdown & aside,
    }
    found |= {f"{name}, plain text": (kind == name) & ~markdown & ~aside for name in sorted(set(kind[~is_news]))}
    by = lambda key: sorted({document[key] for document, news in zip(documents, is_news & ~markdown) if news and key in document})
    for key in ("extractor", "lang"):
        value = np.array([document.get(key) for document in documents])
        found |= {f"News and blogs, {key} {name}": is_news & ~markdown & ~aside & (value == name) for name in by(key)}
    return found


def row(level, gone, lines, total, chosen):
    def share(labels):
        of = sum(total[label][chosen].sum() for label in labels)
        return 100 * lines.chars[gone & np.isin(lines.label, list(labels))].sum() / max(1, of)

    titles = lines.is_title & chosen[lines.document]
    lost = 100 * (gone & titles).sum() / max(1, titles.sum())
    hurt = len(set(lines.document[gone & (lines.label == pages.CONTENT)])) / chosen.sum()
    figures = [f"{share('CR'):.1f}", f"{share('R'):.1f}", f"{share('K'):.3f}", f"{lost:.1f}", f"{100 * hurt:.1f}"]
    return f"| {level} | " + " | ".join(figures) + " |"

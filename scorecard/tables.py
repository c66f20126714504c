"""Designs, and scorecards made of boosted trees."""
import numpy as np

# Points are written with this line before them.
HEAD = """# What each feature of a line is worth as evidence that it is chrome, fitted by train.py: do not edit. README.md says what the
# features are and how the points are used; design.toml has what was chosen.
"""


class Design:
    """What is fitted, and at which levels it is used."""

    def __init__(self, source, names):
        self.scale = source["scale"]
        self.levels = source["levels"]
        self.weights = source["weights"]
        self.features = list(source["steps"])
        self.steps = list(source["steps"].values())
        self.columns = [names.index(feature) for feature in self.features]
        number = self.features.index
        self.pairs = [[number(first), number(other)] for first, others in source["pairs"].items() for other in others]

    def steps_of(self, values):
        """How many steps each value has reached."""
        reached = [
            np.searchsorted(steps, values[:, column], side="right") for steps, column in zip(self.steps, self.columns)
        ]
        return np.stack(reached, 1).astype(np.uint8)


class Scorecard:
    """Points by the step of a feature, or by those of two."""

    def __init__(self, design, base, singles, pairs):
        self.design, self.base, self.singles, self.pairs = design, base, singles, pairs

    @classmethod
    def of_trees(cls, design, trees):
        """Sums trees of one or two features into tables, and rounds them."""
        counts = [len(steps) + 1 for steps in design.steps]
        singles, pairs, base = {}, {}, 0.0
        for tree in trees:
            for leaf, within in leaves(tree["tree_structure"], {}, counts):
                features = sorted(within)
                ranges = tuple(slice(*within[feature]) for feature in features)
                if not features:
                    base += leaf
                elif len(features) == 1:
                    singles.setdefault(features[0], np.zeros(counts[features[0]]))[ranges] += leaf
                else:
                    table = pairs.setdefault(tuple(features), np.zeros([counts[feature] for feature in features]))
                    table[ranges] += leaf
        for (first, second), table in pairs.items():
            # What a pair says of one feature alone belongs to that one.
            of_first, of_second = table.mean(1), table.mean(0) - table.mean()
            table -= of_first[:, None] + of_second[None, :]
            singles.setdefault(first, np.zeros(counts[first]))
            singles.setdefault(second, np.zeros(counts[second]))
            singles[first] += of_first
            singles[second] += of_second
        for feature in singles:
            base += singles[feature].mean()
            singles[feature] = points(design, singles[feature] - singles[feature].mean())
        pairs = {features: points(design, table) for features, table in pairs.items()}
        # What rounds to nothing says nothing.
        singles = {feature: table for feature, table in sorted(singles.items()) if table.any()}
        pairs = {features: table for features, table in sorted(pairs.items()) if table.any()}
        return cls(design, int(points(design, np.array(base))), singles, pairs)

    def score(self, steps):
        score = np.full(len(steps), self.base)
        for feature, table in self.singles.items():
            score += table[steps[:, feature]]
        for (first, second), table in self.pairs.items():
            score += table[steps[:, first], steps[:, second]]
        return score

    def to_toml(self):
        design, lines = self.design, [HEAD + f"base = {self.base}", "", "[levels]"]
        for level, asked in design.levels.items():
            thresholds = ", ".join(f"{name} = {threshold}" for name, threshold in asked.items())
            lines.append(f"{level} = {{ {thresholds} }}")
        used = set(self.singles) | {feature for features in self.pairs for feature in features}
        for feature in sorted(used):
            lines += ["", "[[feature]]", f'name = "{design.features[feature]}"', f"steps = {design.steps[feature]}"]
            if feature in self.singles:
                lines.append(f"points = {self.singles[feature].tolist()}")
        for (first, second), table in self.pairs.items():
            names = f'features = ["{design.features[first]}", "{design.features[second]}"]'
            rows = [f"    {row}," for row in table.tolist()]
            lines += ["", "[[pair]]", names, "points = [", *rows, "]"]
        return "\n".join(lines) + "\n"


def points(design, odds):
    return np.rint(odds * design.scale).astype(int)


def leaves(node, within, counts):
    """Each leaf of a tree, with the steps of each feature that lead to it: one feature or two."""
    if "split_feature" not in node:
        yield node["leaf_value"], within
        return
    feature = node["split_feature"]
    start, end = within.get(feature, (0, counts[feature]))
    after = int(node["threshold"]) + 1
    yield from leaves(node["left_child"], within | {feature: (start, min(end, after))}, counts)
    yield from leaves(node["right_child"], within | {feature: (max(start, after), end)}, counts)

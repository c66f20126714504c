//! The first text of a new pack.

/// The text of a new pack for that host, ready to be filled in: it loads and its example passes.
pub fn new_pack(host: &str) -> String {
    SKELETON.replace("HOST", host)
}

const SKELETON: &str = r##"# Chrome of HOST. Every key is described in `dechrome pack --help` and in patterns/README.md.
[pack]
title = "HOST"
languages = ["en"]
sites = ["HOST"] # its subdomains too

# Where no URL is known, a document that holds one of these is taken to be from this site:
# signature = ["Also on HOST"]

# A line that starts with this goes. Other line patterns: is, ends-with, contains, made-of.
[[rule]]
id = "also-on"
kind = "related"
starts-with = ["Also on HOST"]

# Ordinary words are taken only in a run: beside a line that is taken anyway, or as three in a row.
# [[rule]]
# id = "buttons"
# kind = "share"
# weak = true
# is = ["Share", "Save", "Print"]

# From one line to another, both included.
# [[rule]]
# id = "appeal"
# kind = "donation"
# from = { starts-with = ["A message from HOST"] }
# to = { is = ["Remind me later"] }
# max-lines = 30

# Run by `dechrome pack test`, and whenever the pack is loaded. Invent the page; do not copy one.
[[example]]
page = """
The council met on Tuesday.
Also on HOST: A story that somebody else wrote
It will meet again next week.
"""
clean = """
The council met on Tuesday.
It will meet again next week.
"""
"##;

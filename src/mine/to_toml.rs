//! A candidate pack as TOML.

use std::fmt::Write;

use super::candidate::{Candidate, CandidatePack, CandidateShape};

impl CandidatePack {
    /// The pack's file, as TOML. It passes `pack check`, and is the same for the same candidates.
    pub fn to_toml(&self) -> String {
        written(self)
    }
}

fn written(pack: &CandidatePack) -> String {
    let mut out = String::new();
    let CandidatePack { site, seen, documents, candidates, example } = pack;
    // Writing to a string does not fail.
    let _ = write!(
        out,
        "# Candidates that dechrome found in {documents} documents of {site}, of {seen} that it saw.\n\
         # Nobody has looked at them yet: dechrome review, or patterns/README.md.\n\
         [pack]\ntitle = {}\nsites = [{}]\nmenu-evidence = false\n",
        quoted(site),
        quoted(site)
    );
    for candidate in candidates {
        rule(&mut out, candidate);
    }
    if let Some((page, clean)) = example {
        let _ = write!(out, "\n[[example]]\npage = {}\nclean = {}\n", text(page), text(clean));
    }
    out
}

fn rule(out: &mut String, candidate: &Candidate) {
    let Candidate { id, kind, weak, shape, max_chars, evidence } = candidate;
    let _ = write!(out, "\n[[rule]]\nid = {}\nkind = \"{kind}\"\n", quoted(id));
    if *weak {
        out.push_str("weak = true\n");
    }
    match shape {
        CandidateShape::Is(patterns) => list(out, "is", patterns),
        CandidateShape::StartsWith(patterns) => list(out, "starts-with", patterns),
        CandidateShape::EndsWith(patterns) => list(out, "ends-with", patterns),
        CandidateShape::MadeOf(words) => list(out, "made-of", words),
        CandidateShape::Cut(patterns) => list(out, "cut", patterns),
        CandidateShape::Block { from, to, max_lines } => {
            let to = to.as_ref().map_or("\"end\"".to_owned(), |to| format!("{{ is = [{}] }}", quoted(to)));
            let _ = writeln!(out, "from = {{ is = [{}] }}\nto = {to}\nmax-lines = {max_lines}", quoted(from));
        }
    }
    if let Some(most) = max_chars {
        let _ = writeln!(out, "max-chars = {most}");
    }
    let _ = write!(
        out,
        "evidence = {{ documents = {}, of = {}, where = \"{}\"",
        evidence.documents, evidence.of, evidence.place
    );
    if let Some(example) = &evidence.example {
        let [before, line, after] = example.each_ref().map(|line| quoted(line));
        let _ = write!(out, ", example = [{before}, {line}, {after}]");
    }
    out.push_str(" }\n");
}

fn list(out: &mut String, key: &str, patterns: &[String]) {
    match patterns {
        [one] => {
            let _ = writeln!(out, "{key} = [{}]", quoted(one));
        }
        many => {
            let _ = writeln!(out, "{key} = [");
            for pattern in many {
                let _ = writeln!(out, "    {},", quoted(pattern));
            }
            out.push_str("]\n");
        }
    }
}

/// Lines as a TOML string of lines.
fn text(lines: &str) -> String {
    let lines: Vec<String> = lines.lines().map(escaped).collect();
    format!("\"\"\"\n{}\n\"\"\"", lines.join("\n"))
}

/// The text as a TOML string on one line.
fn quoted(text: &str) -> String {
    format!("\"{}\"", escaped(text))
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() => {
                let _ = write!(out, "\\u{:04X}", c as u32);
            }
            c => out.push(c),
        }
    }
    out
}

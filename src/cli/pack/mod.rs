//! `dechrome pack`.

mod fmt;
mod learn;
mod pages;
mod site;

use std::borrow::Cow;
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use similar::TextDiff;

use crate::cli::args::{PackCommand, PackSources};
use crate::cli::exit::Exit;
use crate::cli::exit::Outcome;
use crate::cli::packs;
use crate::cli::sanitize::{sanitized, sanitized_lines};
use crate::{Meant, Overlaps, Pack, PackError, PackSet, Warning, check_examples, new_pack};

use self::site::host_of;

pub(in crate::cli) fn run(command: PackCommand) -> Outcome {
    match command {
        PackCommand::List { rules } => list(&rules),
        PackCommand::Show { name, rules } => show(&name, &rules),
        PackCommand::Check { paths, pages } => check(&paths, &pages),
        PackCommand::Stats { pack, pages } => pages::stats(&pack, &pages),
        PackCommand::Test { paths } => test(&paths),
        PackCommand::Fmt { paths, check } => fmt::run(&paths, check),
        PackCommand::Learn { before, after, site, output } => learn::run(&before, &after, &site, output.as_deref()),
        PackCommand::New { site, output } => new(&site, &output),
    }
}

fn list(sources: &PackSources) -> Outcome {
    let packs = packs::pack_set(&sources.packs, sources.no_builtin)?;
    let mut out = io::stdout().lock();
    let width = packs.packs().iter().map(|pack| sanitized(pack.name()).len()).max().unwrap_or(0).max(4);
    writeln!(out, "{:width$} {:>5} {:>8}  {:9} title", "pack", "rules", "patterns", "languages")?;
    for pack in packs.packs() {
        let languages = pack.languages().join(",");
        let (rules, patterns) = (pack.rules().len(), pack.pattern_count());
        let from = if pack.is_built_in() { String::new() } else { format!(" ({})", pack.file()) };
        let (name, title, from) = (sanitized(pack.name()), sanitized(pack.title()), sanitized(&from));
        let languages = sanitized(&languages);
        writeln!(out, "{name:width$} {rules:>5} {patterns:>8}  {languages:9} {title}{from}")?;
    }
    Ok(Exit::Done)
}

fn show(name: &str, sources: &PackSources) -> Outcome {
    let packs = packs::pack_set(&sources.packs, sources.no_builtin)?;
    let mut out = io::stdout().lock();
    let named: Vec<&Pack> = packs.named(name).collect();
    for pack in &named {
        // Of several it must be seen where each begins.
        if named.len() > 1 {
            writeln!(out, "# {}", sanitized(pack.file()))?;
        }
        out.write_all(shown(pack.source()).as_bytes())?;
    }
    let rules = packs.packs().iter().flat_map(|pack| pack.rules().iter().map(move |rule| (pack, rule)));
    let rules: Vec<_> = rules.filter(|(_, rule)| rule.full_id() == name).collect();
    for (pack, rule) in &rules {
        writeln!(out, "# {}:{}", sanitized(rule.file()), rule.line())?;
        out.write_all(shown(&table_around(pack.source(), rule.line())).as_bytes())?;
    }
    out.flush()?;
    match named.is_empty() && rules.is_empty() {
        true => bail!("{}", nothing_named(name, &packs)),
        false => Ok(Exit::Done),
    }
}

/// What to say of a name that no pack and no rule has.
fn nothing_named(name: &str, packs: &PackSet) -> String {
    let meant = match Meant::of(name, packs) {
        _ if name == "menu" => {
            return "`menu` is no pack's: it is the program's own rule for rows of which enough are known menu words"
                .to_owned();
        }
        Some(Meant::Kind(_)) => "it is a kind; `dechrome pack list` names the packs".to_owned(),
        Some(meant) => meant.to_string(),
        None => "`dechrome pack list` names the packs".to_owned(),
    };
    format!("there is no pack or rule `{name}`; {meant}")
}

/// A pack's text as it is, for files; on a terminal made safe for that.
fn shown(source: &str) -> Cow<'_, str> {
    if io::stdout().is_terminal() { sanitized_lines(source).into() } else { source.into() }
}

/// The `[[rule]]` table in which that line stands, from 1.
fn table_around(source: &str, line: usize) -> String {
    let lines: Vec<&str> = source.lines().collect();
    let is_header = |line: &&str| line.trim_start().starts_with("[[") || line.starts_with('[');
    let start = lines[..line].iter().rposition(is_header).unwrap_or(0);
    let len = lines[line..].iter().position(is_header).unwrap_or(lines.len() - line);
    // Comments before the next table belong to that.
    let is_of_next = |line: &&str| line.trim().is_empty() || line.trim_start().starts_with('#');
    let end = lines[line..line + len].iter().rposition(|line| !is_of_next(line)).map_or(line, |last| line + last + 1);
    format!("{}\n", lines[start..end].join("\n"))
}

/// The packs that a command is about: those of the paths, by name, among all that they may include.
fn named_packs(paths: &[PathBuf]) -> Result<(PackSet, Vec<String>), PackError> {
    let mut set = PackSet::built_in();
    if paths.is_empty() {
        let names = set.packs().iter().map(|pack| pack.name().to_owned()).collect();
        return Ok((set, names));
    }
    let mut names = Vec::new();
    for path in paths {
        names.extend(set.load(path)?);
    }
    Ok((set, names))
}

/// What a mistake, a warning or a difference says, with what it quotes of a pack.
fn told(what: &impl ToString) -> String {
    sanitized_lines(&what.to_string())
}

fn check(paths: &[PathBuf], pages: &[PathBuf]) -> Outcome {
    for path in paths {
        // That a file is not there is no finding.
        path.metadata().with_context(|| path.display().to_string())?;
    }
    let mut out = io::stdout().lock();
    let (set, names) = match named_packs(paths) {
        Ok(found) => found,
        Err(error) => {
            writeln!(out, "{}", told(&error))?;
            return Ok(Exit::Finding);
        }
    };
    let overlaps = Overlaps::new(&set)?;
    let (mut mistakes, mut warnings) = (0, 0);
    for pack in names.iter().filter_map(|name| set.get(name)) {
        match check_examples(&set, pack.name()) {
            Ok(failures) => {
                mistakes += failures.len();
                failures.iter().try_for_each(|failure| writeln!(out, "{}", told(&failure.problem())))?;
            }
            Err(error) => {
                writeln!(out, "{}", told(&error))?;
                return Ok(Exit::Finding);
            }
        }
        let mut all = pack.warnings();
        all.extend(replaces_nothing(pack));
        all.extend(overlaps.of(pack.name()));
        if !pages.is_empty() {
            all.extend(pages::warnings(&set, pack, pages)?);
        }
        for warning in all {
            warnings += 1;
            writeln!(out, "warning: {}", told(&warning))?;
        }
    }
    let rules: usize = names.iter().filter_map(|name| set.get(name)).map(|pack| pack.rules().len()).sum();
    writeln!(out, "packs: {}, rules: {rules}, mistakes: {mistakes}, warnings: {warnings}", names.len())?;
    Ok(if mistakes > 0 { Exit::Finding } else { Exit::Done })
}

/// A pack that is to replace one, where the program has none of its name.
fn replaces_nothing(pack: &Pack) -> Option<Warning> {
    let is_alone = pack.replaces() && PackSet::built_in().get(pack.name()).is_none();
    let message = format!("no built-in pack is called `{}`: there is nothing that it replaces", pack.name());
    is_alone.then(|| Warning { file: pack.file().to_owned(), line: 1, message })
}

fn test(paths: &[PathBuf]) -> Outcome {
    let (set, names) = named_packs(paths)?;
    let mut out = io::stdout().lock();
    let (mut passed, mut failed) = (0, 0);
    for pack in names.iter().filter_map(|name| set.get(name)) {
        let failures = check_examples(&set, pack.name())?;
        failed += failures.len();
        passed += pack.examples().len() - failures.len();
        for failure in failures {
            writeln!(out, "{}:{}: the example comes out otherwise", sanitized(&failure.file), failure.line)?;
            let diff = TextDiff::from_lines(&failure.expected, &failure.actual);
            writeln!(out, "{}", told(diff.unified_diff().header("expected", "actual")))?;
        }
        if pack.examples().is_empty() {
            writeln!(out, "{}: no examples", sanitized(pack.file()))?;
        }
    }
    writeln!(out, "examples: {passed} passed, {failed} failed")?;
    Ok(if failed > 0 { Exit::Finding } else { Exit::Done })
}

fn new(site: &str, folder: &Path) -> Outcome {
    let host = &host_of(site)?;
    let path = folder.join(format!("{host}.toml"));
    let source = new_pack(host);
    Pack::parse(host, &path.display().to_string(), &source)?;
    std::fs::create_dir_all(folder).with_context(|| format!("{}: the folder cannot be made", folder.display()))?;
    let mut file = std::fs::File::create_new(&path).with_context(|| format!("{}: cannot be begun", path.display()))?;
    file.write_all(source.as_bytes())?;
    let path = path.to_string_lossy();
    let path = sanitized(&path);
    writeln!(io::stdout(), "{path}: fill it in, then: dechrome pack test {path}")?;
    Ok(Exit::Done)
}

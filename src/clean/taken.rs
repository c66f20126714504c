//! Which lines are taken, and why.

use crate::pack::RuleId;

/// Why lines are taken. Most taken lines have a cause of their own, so it is small.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Cause {
    pub(super) rule: RuleId,
    pub(super) how: How,
}

/// In which way a rule took something.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum How {
    /// A strong rule took its line.
    Line,
    /// A weak rule took its line, which stood in a run of lines that rules match.
    Run,
    /// A block took the line.
    Block,
    /// A menu took the line.
    Menu,
    /// No rule took the line, but what stands around it shows that it is chrome.
    Evidence,
    /// It was cut out of a line.
    Cut,
}

/// The lines that are taken so far, each with its cause. Used again from window to window.
#[derive(Default, Debug)]
pub(super) struct TakenLines {
    causes: Vec<Cause>,
    /// For the causes that are menus, in order: the rules whose matches are the evidence for it.
    evidence: Vec<(u32, Vec<RuleId>)>,
    /// For each line: the index of its cause, plus one.
    of_line: Vec<u32>,
    count: usize,
    /// How many causes there were when the round began, and when the phase did.
    before_round: u32,
    before_phase: u32,
    /// How many lines were taken before the phase.
    count_before_phase: usize,
}

impl TakenLines {
    pub(super) fn begin(&mut self, lines: usize) {
        self.causes.clear();
        self.evidence.clear();
        self.of_line.clear();
        self.of_line.resize(lines, 0);
        self.count = 0;
        self.before_round = 0;
        self.begin_phase();
    }

    /// Begins a phase: what was taken before it stays taken.
    pub(super) fn begin_phase(&mut self) {
        self.before_phase = self.causes.len() as u32;
        self.count_before_phase = self.count;
    }

    /// How many of the lines are taken that stood when the phase began.
    pub(super) fn count_of_phase(&self) -> usize {
        self.count - self.count_before_phase
    }

    /// Whether a line was taken before the phase began.
    pub(super) fn is_before_phase(&self, line: u32) -> bool {
        (1..=self.before_phase).contains(&self.of_line[line as usize])
    }

    /// Makes one round of all of the phase: what was taken in it may be given back.
    pub(super) fn reopen_phase(&mut self) {
        self.before_round = self.before_phase;
    }

    /// Takes the lines that still stand, for one cause that they share.
    pub(super) fn take(&mut self, lines: &[u32], cause: Cause) {
        self.causes.push(cause);
        for &line in lines {
            let cause = &mut self.of_line[line as usize];
            if *cause == 0 {
                *cause = self.causes.len() as u32;
                self.count += 1;
            }
        }
    }

    /// Takes the lines of a menu for which these rules are the evidence.
    pub(super) fn take_menu(&mut self, lines: &[u32], menu: RuleId, evidence: Vec<RuleId>) {
        self.evidence.push((self.causes.len() as u32, evidence));
        self.take(lines, Cause { rule: menu, how: How::Menu });
    }

    /// Begins a round: what was taken before it stays taken.
    pub(super) fn begin_round(&mut self) {
        self.before_round = self.causes.len() as u32;
    }

    /// Whether a line was taken in this round.
    pub(super) fn is_of_round(&self, line: u32) -> bool {
        self.of_line[line as usize] > self.before_round
    }

    /// Gives a line back.
    pub(super) fn give_back(&mut self, line: u32) {
        if self.holds(line) {
            self.of_line[line as usize] = 0;
            self.count -= 1;
        }
    }

    /// How many lines are taken so far.
    pub(super) fn count(&self) -> usize {
        self.count
    }

    pub(super) fn holds(&self, line: u32) -> bool {
        self.of_line[line as usize] != 0
    }

    pub(super) fn cause(&self, line: u32) -> Option<Cause> {
        let index = self.of_line[line as usize].checked_sub(1)?;
        Some(self.causes[index as usize])
    }

    /// For a line of a menu, the rules that are the evidence for it.
    pub(super) fn evidence(&self, line: u32) -> &[RuleId] {
        let Some(index) = self.of_line[line as usize].checked_sub(1) else { return &[] };
        match self.evidence.binary_search_by_key(&index, |(cause, _)| *cause) {
            Ok(at) => &self.evidence[at].1,
            Err(_) => &[],
        }
    }

    /// Whether both lines are taken as parts of one block or menu.
    pub(super) fn share_a_cause(&self, line: u32, other: u32) -> bool {
        self.holds(line) && self.of_line[line as usize] == self.of_line[other as usize]
    }
}

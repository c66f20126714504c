//! Records of web archives: texts are cleaned, all other records pass through.

use std::io;

use crate::clean::kept_spans;
use crate::io::wet::{WarcRecord, to_json_line, with_body};
use crate::io::{Chunk, Compression, PieceKind};

use super::parts::InputInfo;
use super::removed::{Gone, Logged};
use super::verdict::Verdict;
use super::work::{DonePart, Worker};

/// Cleans the records of a chunk. Where the output is gzip, each becomes a member of its own, as readers that look up
/// single records ask for.
pub(super) fn clean(worker: &Worker<'_>, chunk: &Chunk, input: &InputInfo, done: &mut DonePart) -> io::Result<()> {
    let by_member = worker.compresses_records(input);
    let mut start = 0;
    let mut number = chunk.first;
    let mut members = Vec::new();
    for part in &chunk.ends {
        let raw = &chunk.bytes[start..part.end];
        start = part.end;
        let logged = Logged { input: &input.label, document: number, url: None, bytes: 0 };
        match part.kind {
            PieceKind::Record => record(worker, raw, logged, input, done),
            PieceKind::Fault(fault) => worker.fault(logged, raw, &fault, done),
            PieceKind::More => worker.unreadable(Logged { document: number - 1, ..logged }, raw, done),
        }
        number += u64::from(part.kind != PieceKind::More);
        if by_member && !done.left.is_empty() {
            if worker.options.log_removed {
                done.sums.after.update(&done.left);
            }
            members.append(&mut Compression::Gzip.encode(std::mem::take(&mut done.left))?);
        }
    }
    if by_member {
        done.left = members;
    }
    Ok(())
}

fn record(worker: &Worker<'_>, raw: &[u8], logged: Logged<'_>, input: &InputInfo, done: &mut DonePart) {
    let record = match WarcRecord::parse(raw) {
        Ok(record) => record,
        Err(fault) => return worker.fault(logged, raw, &fault, done),
    };
    if !record.is_text() {
        if !worker.options.to_jsonl {
            done.left.extend_from_slice(raw);
        }
        return;
    }
    let url = record.target_uri();
    let text = record.body();
    let logged = Logged { url: url.as_deref(), bytes: text.len(), ..logged };
    let (removals, judged) = worker.judge(logged, text, input, done);
    if judged == Verdict::Dropped {
        return worker.leave_out(logged, raw, done);
    }
    done.changed |= !removals.is_empty();
    let gone = Gone { text, headers: Some(record.original_headers()), ..Gone::default() };
    worker.log(logged, gone, &removals, &mut done.log);
    let pieces: Vec<&[u8]> = kept_spans(text.len(), &removals).map(|span| &text[span]).collect();
    if worker.options.to_jsonl {
        done.changed = true;
        to_json_line(&record, &pieces.concat(), &mut done.left);
    } else {
        with_body(&record, &pieces, &mut done.left);
    }
}

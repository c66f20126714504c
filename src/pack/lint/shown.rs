//! Patterns as messages show them.

use crate::pack::{Pattern, TemplatePart};

pub(super) fn fixed_text(pattern: &Pattern) -> Option<&[u8]> {
    pattern.template.fixed_text().map(AsRef::as_ref)
}

pub(super) fn fixed_chars(pattern: &Pattern) -> usize {
    pattern.template.parts().filter_map(TemplatePart::literal).map(|text| lossy(text).chars().count()).sum()
}

pub(super) fn shown(pattern: &Pattern) -> String {
    let text = |part| match part {
        TemplatePart::Literal(text) => lossy(text),
        TemplatePart::Number => "{number}".to_owned(),
        TemplatePart::Date => "{date}".to_owned(),
        TemplatePart::Time => "{time}".to_owned(),
        TemplatePart::Any => "{any}".to_owned(),
    };
    pattern.template.parts().map(text).collect()
}

pub(super) fn lossy(text: &[u8]) -> String {
    String::from_utf8_lossy(text).into_owned()
}

use super::*;

fn read(text: &str) -> VisibleText {
    let mut visible = VisibleText::default();
    visible.read(text.as_bytes());
    visible
}

fn seen(text: &str) -> String {
    String::from_utf8(read(text).text().to_vec()).unwrap()
}

#[test]
fn what_is_seen_of_a_line_is_its_text() {
    for (text, want) in [
        ("* [Home](/)", "Home"),
        ("1. [ The mill ]( /mill )", " The mill"),
        ("- [x] **Done** with _care_", "Done with care"),
        ("> ## The *old* mill ##", "The old mill"),
        ("[Mill](/mill_(old) \"The mill\") and [ferry](<a b>).", "Mill and ferry."),
        ("![A mill](mill.png) The mill", " The mill"),
        ("[![Logo](logo.png) Mill](/)", " Mill"),
        ("[![Logo](logo.png)](/)", ""),
        ("<https://mill.example/> &amp; <b>more</b>", "https://mill.example/ & more"),
        ("2 \\* 3 \\[x\\]", "2 * 3 [x]"),
        ("`[a](b)` and ``c`d``", "[a](b) and c`d"),
        ("~~Old~~ new~1", "Old new~1"),
        ("***Both*** and **bold*", "Both and *bold"),
        ("snake_case_name and 2 * 3 * 4", "snake_case_name and 2 * 3 * 4"),
        ("arr[i](see below", "arr[i](see below"),
        ("see [here] and [1], a < b, <3 & co", "see [here] and [1], a < b, <3 & co"),
        ("C# is #1, #hashtag", "C# is #1, #hashtag"),
        ("line  ", "line"),
        ("## Mill [](#mill)", "Mill"),
        ("[**Read more**](/more) »", "Read more »"),
    ] {
        assert_eq!(seen(text), want, "{text}");
    }
}

#[test]
fn references_are_links_where_they_are_defined() {
    let text = "[Home][1], [News][], [Sport], [Other][2], [x]\n\n[1]: /\n[news]: /news\n[SPORT]: /sport\n";
    assert_eq!(seen(text), "Home, News, Sport, [Other][2], [x]\n\n[1]: /\n[news]: /news\n[SPORT]: /sport\n");
}

#[test]
fn cells_of_tables_are_parted() {
    let text = "| [Home](/) | News |\n| --- | --- |\n| a \\| b |  | c |\n|  |\n";
    assert_eq!(seen(text), "Home | News\n\na | b | c\n\n");
}

#[test]
fn what_is_set_apart_is_seen_as_it_is_written() {
    let text = "```\n* [a](b)\n```\n\n    **x**\n";
    assert_eq!(seen(text), text);
}

#[test]
fn a_link_over_several_lines_is_one_item() {
    let text = "before\n[\n\n![](a.svg)\n\n### A *mill*\n\nburns\n\n](/a)\nafter";
    assert_eq!(seen(text), "before\nA mill burns\n\n\n\n\n\n\n\n\nafter");
    let visible = read(text);
    let joined: Vec<bool> = visible.lines().iter().map(MarkupLine::joined_to_previous).collect();
    assert_eq!(joined, [false, false, true, true, true, true, true, true, true, true, false]);
    assert!(visible.lines()[1].only_links());
}

#[test]
fn dumps_of_browsers_lose_their_numbers() {
    let text = "   [1]Home [2]News (BUTTON) Search\n   * [3]Sport\n   He [4] said [5]so.\n\nReferences\n\n   1. https://mill.example/\n";
    assert_eq!(seen(text), "Home News Search\nSport\nHe [4] said so.\n\nReferences\n\n   1. https://mill.example/\n");
}

#[test]
fn lines_of_which_nothing_is_seen_have_a_kind() {
    let kinds = |text: &str| read(text).lines().iter().map(|line| line.kind).collect::<Vec<_>>();
    assert_eq!(
        kinds("![x](y)\n[](z)\n<!-- image -->\n<img src=\"x\">\n</div>\n* \n"),
        [LineKind::Image, LineKind::Image, LineKind::Image, LineKind::Image, LineKind::Tags, LineKind::Empty,]
    );
}

#[test]
fn lines_of_links_alone_are_known() {
    for (text, want) in [
        ("* [Home](/)", true),
        ("[Home](/) | [News](/news) · [Sport](/sport)", true),
        ("**[Home](/)**", true),
        ("[Home](/) and more", false),
        ("[![x](y)](/)", false),
        ("Home", false),
    ] {
        assert_eq!(read(text).lines()[0].only_links(), want, "{text}");
    }
}

/// What is left of a text when the first place of these visible bytes goes.
fn without(text: &str, gone: &str) -> String {
    let visible = read(text);
    let start = memchr::memmem::find(visible.text(), gone.as_bytes()).unwrap();
    let gone = start..start + gone.len();
    let spans = visible.raw_spans(std::slice::from_ref(&gone)).concat();
    let mut left = text.to_owned();
    spans.into_iter().rev().for_each(|span| left.replace_range(span, ""));
    left
}

#[test]
fn a_cut_takes_marks_whose_text_goes_and_leaves_no_half_of_one() {
    for (text, gone, want) in [
        ("The mill. [Read more](/more)", "Read more", "The mill. "),
        ("The mill. **[Read more](/more)**", " Read more", "The mill."),
        ("[The mill. Read more](/more)", " Read more", "[The mill.](/more)"),
        ("A&nbsp;&raquo; B", "»", "A&nbsp; B"),
        ("2 \\* 3", "* 3", "2 "),
        ("`x` y", "x", " y"),
        ("| a | Share |\n", "Share", "| a |  |\n"),
    ] {
        assert_eq!(without(text, gone), want, "{text}");
    }
}

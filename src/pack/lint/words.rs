//! Words by which a head is told that says too little. Closed lists, written down by hand.

/// Words after which a sentence goes on: articles, possessives, prepositions, conjunctions, auxiliaries. By language.
pub(super) const OPEN_WORDS: &[(&str, &str)] = &[(
    "en",
    "a about after against all an and any are as at be because been before between but by can could each either every \
         for from has have her his how if into is its like may might must my neither nor of off or other our per \
         shall should since so some such than that the their then these they this those through to toward towards under \
         until upon was were what when where whether which while who whom whose why will with within without would \
         your",
)];

/// English words that any text is made of and that say nothing of a page. Words such as `read`, `share` or `comment` are
/// not among them: they are what a page says of itself.
pub(super) const ORDINARY_WORDS: &str = "\
    a about after again all almost already always am an and another answer any anything are around as ask at away back be \
    because been before begin being best better between big both but buy by call called came can case change choose close \
    come consider continue could country day days did different do does doing don't donation donations done down during each \
    early either end enjoy enough even ever every everything example fact few find first for found four free friend friends \
    from full gave get gets getting gift give given go goes going good got great had hand happen has have having he hear \
    help helps her here high him his home hour hours house how i i'm idea if important in into is it it's its just keep kept \
    kind know known large last late later learn least left less let life like line lines list listen little live long look \
    looking looks lot love made make makes making man many may me mean men might mind minute minutes moment money month \
    months more most move much must my name need needed needs never new next night no not nothing now number of off often \
    old on once one only open or order other others our out over own part parts pay people person pick place play please \
    point possible problem put question questions read's reading ready really reason receive right said same saw say says \
    see seem seems seen select selected send set several she short should show shows side since small so some something \
    sometimes soon sorry start started still stop such support supporting sure take taken takes tell than thank thanks that \
    that's the their them then there these they thing things think this those three through time times to today together \
    told too took towards trip true try two under until up upon us use used using very view visit wait want wanted was watch \
    water way ways we we're week weeks welcome well went were what when where whether which while who whole why will wish \
    with within without woman women word words work works world would write year years yes yet you you're you've your";

/// What clauses of terms of use and of privacy policies begin with, in English.
pub(super) const CLAUSE_HEADS: &[&str] = &[
    "by accepting",
    "by accessing",
    "by commenting",
    "by continuing",
    "by creating an account",
    "by joining",
    "by logging in",
    "by registering",
    "by signing up",
    "by submitting",
    "by subscribing",
    "by using",
    "by visiting",
    "content from this",
    "i agree to the",
    "i consent to",
    "i have read and",
    "no part of",
    "our site uses cookies",
    "our website uses cookies",
    "registration on",
    "reproduction",
    "republication",
    "the content of this",
    "the content on this",
    "the material on this",
    "this site uses cookies",
    "this website uses cookies",
    "unauthorized reproduction",
    "use of and",
    "use of this",
    "we and our",
    "we independently",
    "we may",
    "we never",
    "we only",
    "we reserve",
    "we use cookies",
    "we will",
    "we won't",
    "you acknowledge",
    "you agree",
    "you can opt",
    "you can unsubscribe",
    "you consent",
    "you may not",
    "you may opt",
    "you may unsubscribe",
    "your data",
    "your email address will",
    "your email will",
    "your information",
    "your personal",
    "your use of",
];

//! Looking for names before a page is parsed changes nothing: a page that is passed over names nobody when it is read whole.

#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

use proptest::prelude::*;
use sociogram::article::{self, Limits, Sought};
use sociogram::mention::Finder;
use sociogram::roster::{Entry, Listed};
use sociogram::source::Media;
use sociogram::{Document, Place, Roster};

fn finder() -> Finder {
    let listed = |name: &str, alias: &str| Listed {
        name: name.to_owned(),
        aliases: vec![alias.to_owned()],
        ..Listed::default()
    };
    let actors = [listed("Ann Trump", "Trump"), listed("Recep Erdoğan", "Erdogan"), listed("Bo Zelensky", "特朗普")];
    let entries = actors.map(|listed| Entry { place: Place::default(), listed });
    Finder::new(&Roster::of(entries.into()).unwrap())
}

/// Pieces of pages: names whole, in other spellings, and broken by what may be shown or not.
fn page() -> impl Strategy<Value = String> {
    let pieces = vec![
        "Trump",
        "Tr<svg>x</svg>ump",
        "Tr<span hidden>x</span>ump",
        "Tr<nav>x</nav>ump",
        "Tr<button>x</button>u<b style='display:none'>y</b>mp",
        "é<i aria-hidden=true>x</i>Trump",
        "Tr",
        "ump",
        "T",
        "rump",
        "&#84;rump",
        "Tr&shy;ump",
        "Tr\u{ad}ump",
        "&Tump;",
        "Erdo",
        "&#287;",
        "&gbreve;",
        "\u{11f}",
        "an",
        "Zelenskyy",
        "Zelens",
        "ky",
        "特",
        "朗",
        "普",
        " ",
        "\n",
        "-",
        ".",
        "&amp;",
        "&eacute",
        "&eacute;",
        "AT&T",
        "<b>",
        "</b>",
        "<span>",
        "</span>",
        "<svg>",
        "</svg>",
        "<span hidden>",
        "<button>",
        "</button>",
        "<nav>",
        "</nav>",
        "<table><tr><td>",
        "</table>",
        "<div style='display:none'>",
        "</div>",
        "<p>",
        "</p>",
        "<br>",
        "<!--x-->",
        "<script>x</script>",
        "<title>",
        "</title>",
        "<h1>",
        "</h1>",
        "<template>",
        "</template>",
        "<p title='Trump'>",
        "<meta property=og:title content='Trump meets Erdogan'>",
        "<meta property=og:title content='Tr&#117;mp'>",
        "<script type='application/ld+json'>{\"@type\":\"Article\",\"headline\":\"Erdo\\u011fan left\"}</script>",
        "<script type='application/ld+json'>{\"@type\":\"Article\",\"headline\":\"Tr\\ud83d\\ude00 Tru\\u006dp\"}</script>",
        "<p>The ministers met in the afternoon and did not say why they had been called to the harbour.</p>",
        "Ministers ",
    ];
    let body = prop::collection::vec(prop::sample::select(pieces), 0..40);
    let head = prop::sample::select(vec![
        "<!DOCTYPE html><html><head><title>Rain in May</title>",
        "<title>Rain</title><body>",
        "",
    ]);
    (head, body).prop_map(|(head, body)| head.to_owned() + &body.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn what_is_passed_over_names_nobody(page in page()) {
        let finder = finder();
        let document = || Document { media: Media::Html, place: Place::default(), bytes: page.clone().into_bytes() };
        let sought = Sought {
            in_text: &|text| finder.may_find(text),
            in_letters: &|letters| finder.may_stand_in(letters),
            begins: &|word| finder.may_begin_with(word),
        };
        let whole = article::of(document(), &Limits::default()).unwrap();
        let short = article::naming(document(), &Limits::default(), &sought).unwrap();
        prop_assert_eq!(&whole.incidents, &short.incidents);
        let names = finder.find(&whole.text, Some("en"));
        if short.text != whole.text {
            prop_assert!(names.mentions.is_empty() && names.ignored.is_empty(), "{:?}", names);
            prop_assert!(!finder.may_find(&short.text));
        }
    }
}

#[test]
fn pages_without_names_are_passed_over() {
    let finder = finder();
    let page =
        "<title>Rain</title><p>The ministers met in the afternoon and did not say why they had been called there.</p>";
    let sought = Sought {
        in_text: &|_| unreachable!("the letters tell enough"),
        in_letters: &|letters| finder.may_stand_in(letters),
        begins: &|word| finder.may_begin_with(word),
    };
    let document = Document { media: Media::Html, place: Place::default(), bytes: page.as_bytes().to_vec() };
    assert_eq!(article::naming(document, &Limits::default(), &sought).unwrap().text, "Rain");
}

//! Persons within one article: full names to persons, then surnames and given names to full names.
//!
//! A journalist names a person in full and then by surname; people of one surname are told apart by given names and titles. What
//! cannot be told stays open between its candidates.

use std::collections::{BTreeSet, HashMap};

use super::name::{Likeness, Name, genders_agree, is_slip, is_spelt_alike, spelling_key};
use crate::mention::Gender;

/// A place that names a person, in order of the text.
#[derive(Clone, Debug)]
pub(super) struct Place {
    /// The name there; its gender is also told by the title before it.
    pub(super) name: Name,
    /// The name as it is written, on one line.
    pub(super) written: String,
    /// Persons who are not meant, by number.
    pub(super) not: Vec<usize>,
}

/// A person of the article.
#[derive(Clone, Debug, Default)]
pub(super) struct Person {
    /// Index in the roster, if it is listed.
    pub(super) listed: Option<usize>,
    /// The names that count: full names, a single one only where there is none.
    pub(super) names: Vec<Written>,
    /// Number of the place at which it is named first.
    pub(super) first: usize,
    /// How many places name it.
    pub(super) places: usize,
    /// How many of these by surname or given name alone.
    pub(super) alone: usize,
    /// What the titles before its names tell, in full or not.
    pub(super) titles: BTreeSet<Gender>,
}

/// A name as the article writes it first, and how often.
#[derive(Clone, Debug)]
pub(super) struct Written {
    pub(super) name: Name,
    pub(super) text: String,
    pub(super) count: usize,
}

/// Who is named at a place: one person, or several between whom nothing decides; never empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Reading {
    /// Numbers of the persons, in order.
    pub(super) persons: Vec<usize>,
    /// The rule, in words.
    pub(super) how: &'static str,
}

/// Reads all `places`, given the `persons` who are known already: these stay in front.
pub(super) fn read(places: &[Place], persons: Vec<Person>) -> (Vec<Person>, Vec<Option<Reading>>) {
    let mut cast = Cast::of(persons);
    let mut readings: Vec<Option<Reading>> = vec![None; places.len()];
    for initial in [false, true] {
        for (number, place) in places.iter().enumerate() {
            if place.name.is_full() && has_initial(&place.name) == initial {
                let reading = cast.full(place, number);
                set(&mut readings, number, reading);
            }
        }
    }
    for (number, place) in places.iter().enumerate() {
        if !place.name.is_full() && !place.name.words.is_empty() {
            let reading = cast.single(place, number);
            set(&mut readings, number, reading);
        }
    }
    (cast.persons, readings)
}

fn set(readings: &mut [Option<Reading>], number: usize, reading: Reading) {
    if let Some(slot) = readings.get_mut(number) {
        *slot = Some(reading);
    }
}

fn has_initial(name: &Name) -> bool {
    name.given().is_some_and(|given| given.chars().count() < 2)
}

/// The persons of one article as they come together.
struct Cast {
    persons: Vec<Person>,
    /// By what of a name can make two alike, the persons who bear it: an article may name thousands.
    bearers: HashMap<Trait, Vec<usize>>,
}

/// What of a name can make it fit another.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Trait {
    /// What the surname sounds like: the same for all its spellings.
    Surname(String),
    /// A word of the name, or a part of one with a hyphen.
    Word(String),
    /// First and last letter of the surname: a slip of the pen leaves them.
    Ends(Option<char>, Option<char>),
}

impl Trait {
    fn surname(name: &Name) -> Self {
        Self::Surname(spelling_key(name.surname()))
    }

    fn word(word: &str) -> Self {
        Self::Word(word.to_owned())
    }

    fn ends(name: &Name) -> Self {
        Self::Ends(name.surname().chars().next(), name.surname().chars().next_back())
    }

    fn all(name: &Name) -> Vec<Self> {
        let words = name.words.iter().flat_map(|word| word.split('-').chain([word.as_str()])).map(Self::word);
        words.chain([Self::surname(name), Self::ends(name)]).collect()
    }
}

impl Cast {
    fn of(persons: Vec<Person>) -> Self {
        let mut cast = Self { persons, bearers: HashMap::new() };
        for number in 0..cast.persons.len() {
            cast.index(number);
        }
        cast
    }

    /// Notes what the names of a person are found by.
    fn index(&mut self, number: usize) {
        let names = self.persons.get(number).map(|person| person.names.as_slice()).unwrap_or_default();
        for quality in names.iter().flat_map(|it| Trait::all(&it.name)) {
            let bearers = self.bearers.entry(quality).or_default();
            if bearers.last() != Some(&number) && !bearers.contains(&number) {
                bearers.push(number);
            }
        }
    }

    /// Those who bear one of `qualities`, in order.
    fn bearing(&self, qualities: &[Trait]) -> Vec<usize> {
        let mut bearers: Vec<usize> =
            qualities.iter().filter_map(|it| self.bearers.get(it)).flatten().copied().collect();
        bearers.sort_unstable();
        bearers.dedup();
        bearers
    }

    /// Whom a full name names: the person whose names it is likest to, a new one where there is none.
    fn full(&mut self, place: &Place, number: usize) -> Reading {
        let likely = |index: usize| {
            let likeness = self.persons.get(index)?.likeness(&place.name).filter(|_| !place.not.contains(&index))?;
            Some((likeness, index))
        };
        let first = place.name.words.first().map_or("", String::as_str);
        let bearers = self.bearing(&[Trait::surname(&place.name), Trait::word(first)]);
        let fits: Vec<(Likeness, usize)> = bearers.into_iter().filter_map(likely).collect();
        let best = fits.iter().map(|it| it.0).min();
        let persons: Vec<usize> = fits.iter().filter(|it| Some(it.0) == best).map(|it| it.1).collect();
        match (best, persons.as_slice()) {
            (Some(likeness), [person]) => self.name(*person, place, number, how(likeness)),
            (Some(Likeness::Same), [person, ..]) => self.name(*person, place, number, "full name"),
            (Some(_), [_, ..]) => Reading { persons, how: "initial or short name that several persons fit" },
            _ => self.add(place, number, "full name"),
        }
    }

    /// Whom a surname or given name names.
    fn single(&mut self, place: &Place, number: usize) -> Reading {
        let word = || Trait::word(place.name.surname());
        let rules: [(&'static str, Trait, Fits); 4] = [
            ("surname", Trait::surname(&place.name), Person::has_surname),
            ("given name", word(), Person::has_given),
            ("part of a name", word(), Person::has_word),
            ("surname but for one letter", Trait::ends(&place.name), Person::has_like_surname),
        ];
        for (how, quality, fits) in rules {
            let persons = self.fitting(place, &quality, fits);
            match self.narrowed(persons, place, number).as_slice() {
                [] => (),
                [person] => {
                    if let Some(person) = self.persons.get_mut(*person) {
                        person.alone += 1;
                    }
                    let how = if place.name.gender.is_some() && how == "surname" { "title and surname" } else { how };
                    return self.name(*person, place, number, how);
                }
                several => return Reading { persons: several.to_vec(), how: "name that several persons share" },
            }
        }
        self.add(place, number, "single name")
    }

    fn fitting(&self, place: &Place, quality: &Trait, fits: Fits) -> Vec<usize> {
        let name = &place.name;
        let may = |person: &Person| {
            fits(person, name) && genders_agree(name.gender, person.told_gender()) && person.suffix_agrees(name)
        };
        let bearers = self.bearers.get(quality).map(Vec::as_slice).unwrap_or_default();
        let persons = bearers.iter().copied().filter(|person| self.persons.get(*person).is_some_and(may));
        persons.filter(|person| !place.not.contains(person)).collect()
    }

    /// Of several persons whom a name fits those who are meant: those who were named before; whom the title tells; without a
    /// suffix; the one whom the article called so twice before the others came.
    fn narrowed(&self, persons: Vec<usize>, place: &Place, number: usize) -> Vec<usize> {
        let gender = place.name.gender;
        let told = |person: &Person| gender.is_some() && person.told_gender() == gender;
        let rules: [&dyn Fn(&Person) -> bool; 4] = [
            &|person| person.first <= number,
            &told,
            &|person| person.names.iter().all(|it| it.name.suffix.is_none()),
            &|person| person.alone > 1,
        ];
        rules.iter().fold(persons, |persons, rule| {
            let fewer: Vec<usize> =
                persons.iter().copied().filter(|person| self.persons.get(*person).is_some_and(rule)).collect();
            if persons.len() > 1 && !fewer.is_empty() { fewer } else { persons }
        })
    }

    fn name(&mut self, number: usize, place: &Place, at: usize, how: &'static str) -> Reading {
        if self.persons.get_mut(number).is_some_and(|person| person.enter(place, at)) {
            self.index(number);
        }
        Reading { persons: vec![number], how }
    }

    fn add(&mut self, place: &Place, at: usize, how: &'static str) -> Reading {
        self.persons.push(Person { first: at, ..Person::default() });
        self.name(self.persons.len() - 1, place, at, how)
    }
}

/// Whether a person bears a single name.
type Fits = fn(&Person, &Name) -> bool;

impl Person {
    /// Adds a place; whether it gives the person another name.
    fn enter(&mut self, place: &Place, at: usize) -> bool {
        self.places += 1;
        self.first = self.first.min(at);
        self.titles.extend(place.name.gender);
        let first = self.names.is_empty();
        let known =
            self.names.iter_mut().find(|it| it.name.words == place.name.words && it.name.suffix == place.name.suffix);
        match known {
            Some(known) => {
                known.count += 1;
                known.name.gender = known.name.gender.or(place.name.gender);
                false
            }
            None if place.name.is_full() || first => {
                self.names.push(Written { name: place.name.clone(), text: place.written.clone(), count: 1 });
                true
            }
            None => false,
        }
    }

    /// Why `name` may be this person's: it may not contradict any of the full names that are known.
    fn likeness(&self, name: &Name) -> Option<Likeness> {
        let full: Vec<Option<Likeness>> =
            self.names.iter().filter(|it| it.name.is_full()).map(|it| it.name.likeness(name)).collect();
        full.iter().copied().collect::<Option<Vec<Likeness>>>()?.into_iter().min()
    }

    /// What titles and given names tell.
    pub(super) fn told_gender(&self) -> Option<Gender> {
        self.names.iter().find_map(|it| it.name.told_gender())
    }

    fn suffix_agrees(&self, name: &Name) -> bool {
        name.suffix.is_none() || self.names.iter().any(|it| it.name.suffix == name.suffix)
    }

    fn has_surname(&self, name: &Name) -> bool {
        self.names.iter().any(|it| is_spelt_alike(it.name.surname(), name.surname()))
    }

    fn has_like_surname(&self, name: &Name) -> bool {
        self.names.iter().any(|it| it.name.is_full() && is_slip(it.name.surname(), name.surname()))
    }

    fn has_given(&self, name: &Name) -> bool {
        self.names.iter().any(|it| it.name.given() == Some(name.surname()))
    }

    fn has_word(&self, name: &Name) -> bool {
        let word = name.surname();
        self.names.iter().any(|it| {
            it.name
                .words
                .iter()
                .any(|own| own == word || (own.contains('-') && own.split('-').any(|part| part == word)))
        })
    }

    /// The name by which the article knows the person best: a full one without initial for the given name if there is one, the
    /// commonest, the first; a single name with the title that tells it from another.
    pub(super) fn best_name(&self) -> Option<&Written> {
        self.names.iter().rev().max_by_key(|it| (it.name.is_full(), !has_initial(&it.name), it.count))
    }
}

fn how(likeness: Likeness) -> &'static str {
    match likeness {
        Likeness::Same | Likeness::Longer => "full name",
        Likeness::Spelling | Likeness::Slip => "other spelling",
        Likeness::Initial => "initial and surname",
        Likeness::Nickname | Likeness::Shortened => "short given name and surname",
    }
}

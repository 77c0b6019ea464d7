//! Arguments, messages, exit codes: the only place that prints.

use std::{
    collections::BTreeSet,
    fs,
    io::{self, IsTerminal, Write},
    path::{Path, PathBuf},
    process::ExitCode,
    sync::Arc,
};

use anyhow::{Context, Result, bail};
use clap::{
    ArgMatches, Args, CommandFactory, FromArgMatches, Parser, Subcommand, builder::RangedU64ValueParser,
    parser::ValueSource,
};
use sociogram::{
    Counting, Network, Pipeline, Place, Report, Roster, Unit, ZoneKind,
    actor::Discovery,
    article::TextMode,
    error::{Incident, Kind, Status},
    mention::Given,
    pipeline,
    roster::ActorKind,
    source::{self, Field, Fields, Files, Item},
    tally::{Copies, Need},
};

mod compare;
mod export;
mod interrupt;
mod kept;
mod manual;
mod output;
#[cfg(feature = "parquet")]
mod parts;
mod progress;
mod shaping;
mod stories;
mod table;
mod taking;
mod timeline;
mod why;
mod writing;

use kept::Output;
use shaping::Shaping;
use writing::{Target, Writing, arrow, files};

/// All inputs were read.
const READ: u8 = 0;
/// Nothing was written.
const NOTHING: u8 = 1;
/// The arguments or a roster cannot be used.
const USAGE: u8 = 2;
/// Some inputs were refused; the rest was written.
const PARTIAL: u8 = 3;

/// The most incidents that are printed one by one.
const SHOWN: usize = 20;
/// Of how many actors the mentions left out are printed.
const MOST_LEFT_OUT: usize = 3;

/// Who is named with whom in the news: articles become a weighted network with the sentences that show it.
#[derive(Parser)]
#[command(version, arg_required_else_help = true, after_help = EXITS)]
struct Command {
    #[command(subcommand)]
    task: Task,
}

const EXITS: &str = "Exit codes: 0 all read, 1 nothing written, 2 wrong usage, 3 some inputs refused and the rest written; \
    130 and 143 interrupted, nothing written";

#[derive(Subcommand)]
enum Task {
    /// Articles to the network of the actors that are named together
    Build(Box<Build>),
    /// Who is named: a roster to edit, what may be the same first
    Actors(Actors),
    /// The sentences behind an edge of a saved network, oldest first
    Why(why::Why),
    /// What changed between two networks, periods or outlets, each change tested
    Compare(Box<compare::Compare>),
    /// The network bin by bin: rates, ranks, bursts, change points, communities
    Timeline(Box<timeline::Time>),
    /// What was seen in each article: zones, sentences, names (JSON, one article a line)
    Annotate(Annotate),
    /// A saved network in another format, with measures or filtered
    Export(export::Export),
    /// A part of a run, to be merged with others: what each input counts (Parquet)
    #[cfg(feature = "parquet")]
    Partial(parts::Partial),
    /// The network of several parts, the same as of one run over all
    #[cfg(feature = "parquet")]
    Merge(parts::Merge),
    /// The manual page of a command (roff, for `man -l -`)
    Man(manual::Man),
    /// Completions for a shell, to be read by it
    Completions(manual::Completions),
}

/// What to read, and how.
#[derive(Args)]
struct Reading {
    /// Files, folders (searched through, in sorted order), or - for standard input
    #[arg(required = true, value_name = "INPUT")]
    inputs: Vec<PathBuf>,
    /// What the inputs are, whatever their names end in
    #[arg(long, value_name = "FORMAT", value_parser = input_format)]
    input_format: Option<source::Format>,
    #[command(flatten)]
    fields: FieldNames,
    /// How much is read of one input: NAME=N with N in bytes (or K, M, G); document, whole, ratio, unpacked, window, head
    #[arg(long, value_name = "NAME=N", value_parser = limit)]
    limit: Vec<(usize, u64)>,
    /// Who to look for: a roster file (TOML, CSV, spaCy patterns); may be given several times. Without one, people are found
    #[arg(short, long, value_name = "FILE")]
    actors: Vec<PathBuf>,
    /// How sure a paragraph of a saved page must be to count: balanced, or strict (only what two ways of reading a page both keep)
    #[arg(long, value_name = "MODE", default_value = "balanced", value_parser = text_mode)]
    text: TextMode,
    /// With --actors: find actors that are not listed as well; without a roster they are always found
    #[arg(long)]
    discover: bool,
    /// The kinds of actors to find: person, organisation, place
    #[arg(long, value_name = "KINDS", value_delimiter = ',', default_value = "person", value_parser = kind)]
    kinds: Vec<ActorKind>,
    /// Take the places of names from FILE (JSON Lines: article, start, end, kind) instead of finding them
    #[arg(long, value_name = "FILE")]
    mentions: Option<PathBuf>,
    /// What else may stand for a name, in a column of its own: pronouns (he, she)
    #[arg(long, value_name = "WHAT")]
    coref: Option<Coref>,
    /// Threads to work on, up to 1024; 0 is one for each core
    #[arg(long, value_name = "N", default_value_t = 0, value_parser = RangedU64ValueParser::<usize>::new().range(..=1024))]
    threads: usize,
    /// Write what was found, read, skipped and refused to FILE (JSON)
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
    /// Say nothing but errors: no notes, progress and summary. What is written stays, and without -o the table; the exit code says
    /// how it went
    #[arg(short, long)]
    quiet: bool,
}

/// What fields and columns are called in JSON and tables, where it is none of the usual names.
#[derive(Args)]
#[expect(clippy::struct_field_names, reason = "they are the names of the options")]
struct FieldNames {
    /// The field or column with the text (else text, body, content, ...)
    #[arg(long, value_name = "NAME")]
    text_field: Option<String>,
    /// The one with the day of publication (else published, date, pubdate, ...)
    #[arg(long, value_name = "NAME")]
    date_field: Option<String>,
    /// The one with the headline (else title, headline, ...)
    #[arg(long, value_name = "NAME")]
    title_field: Option<String>,
    /// The one with the identifier (else id, uuid, ...)
    #[arg(long, value_name = "NAME")]
    id_field: Option<String>,
    /// The one with the address (else url, link, ...)
    #[arg(long, value_name = "NAME")]
    url_field: Option<String>,
    /// The one with who published it (else outlet, source, publication, ...)
    #[arg(long, value_name = "NAME")]
    outlet_field: Option<String>,
    /// The one with the code of the language (else language, lang, ...)
    #[arg(long, value_name = "NAME")]
    language_field: Option<String>,
}

impl FieldNames {
    fn fields(&self) -> Fields {
        let said = [
            (Field::Text, &self.text_field),
            (Field::Published, &self.date_field),
            (Field::Title, &self.title_field),
            (Field::Id, &self.id_field),
            (Field::Url, &self.url_field),
            (Field::Outlet, &self.outlet_field),
            (Field::Language, &self.language_field),
        ];
        let said = said.into_iter().filter_map(|(field, name)| Some((field, name.clone()?)));
        said.fold(Fields::default(), |fields, (field, name)| fields.with(field, name))
    }
}

#[derive(Args)]
struct Build {
    #[command(flatten)]
    reading: Reading,
    #[command(flatten)]
    writing: Writing,
    #[command(flatten)]
    how: How,
    /// How many sentences each edge keeps as evidence: all, or a number
    #[arg(long, value_name = "N", default_value = "all", value_parser = evidence)]
    evidence: Evidence,
    #[command(flatten)]
    shaping: Shaping,
}

/// What counts, and how often.
#[derive(Args)]
struct How {
    /// Where two actors count as named together: sentence, paragraph, article, window:N (N sentences)
    #[arg(long, default_value = "sentence", value_parser = unit)]
    unit: Unit,
    /// The parts of an article that count: headline, body, caption, teaser, chrome, byline
    #[arg(long, value_name = "ZONES", value_delimiter = ',', default_value = "body", value_parser = zone)]
    zones: Vec<ZoneKind>,
    /// What copies of one story count: fold (each story once; a wire story is one, whoever prints it), count (every copy)
    #[arg(long, value_name = "HOW", default_value = "fold", value_parser = copies)]
    copies: Copies,
}

#[derive(Args)]
struct Actors {
    #[command(flatten)]
    reading: Reading,
    /// Write the roster to FILE instead of standard output. A roster that is read (-a FILE -o FILE) is refreshed in its place: what
    /// it decides and lists stays, comments that you wrote into it do not
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// What may stand for a name.
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum Coref {
    Pronouns,
}

#[derive(Args)]
struct Annotate {
    /// Tell near copies of a story, too: `story` is the same in all; lines are then written once all is read
    #[arg(long)]
    stories: bool,
    #[command(flatten)]
    reading: Reading,
}

/// How many evidences an edge keeps.
#[derive(Clone, Copy)]
struct Evidence(Option<usize>);

/// Parses the arguments, runs the task, prints what went wrong, and says how it went.
pub(crate) fn main() -> ExitCode {
    // A panic inside one article is caught and booked; its own message would only frighten.
    std::panic::set_hook(Box::new(|_| ()));
    let matches = Command::command().get_matches();
    let said = said(&matches);
    let command = match Command::from_arg_matches(&matches) {
        Ok(command) => command,
        Err(error) => error.exit(),
    };
    interrupt::watch();
    let done = match command.task {
        Task::Build(build) => run_build(&build),
        Task::Actors(actors) => run_actors(&actors),
        Task::Why(why) => why.run(),
        Task::Compare(compare) => compare.run(&said),
        Task::Timeline(time) => time.run(&said),
        Task::Annotate(annotate) => run_annotate(&annotate),
        Task::Export(export) => export.run(),
        #[cfg(feature = "parquet")]
        Task::Partial(partial) => partial.run(),
        #[cfg(feature = "parquet")]
        Task::Merge(merge) => merge.run(),
        Task::Man(man) => man.run(),
        Task::Completions(completions) => completions.run(),
    };
    ExitCode::from(done.unwrap_or_else(|error| say_error(&error)))
}

/// The arguments of the command that were said, and not only taken as usual.
fn said(matches: &ArgMatches) -> Vec<String> {
    let Some((_, matches)) = matches.subcommand() else { return Vec::new() };
    let is_said = |id: &&clap::Id| matches.value_source(id.as_str()) == Some(ValueSource::CommandLine);
    matches.ids().filter(is_said).map(ToString::to_string).collect()
}

fn say_error(error: &anyhow::Error) -> u8 {
    if output::is_closed_pipe(error) {
        return READ;
    }
    say(&format!("error: {error:#}"));
    if error.is::<Usage>() { USAGE } else { NOTHING }
}

/// Arguments that do not fit together.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
struct Usage(String);

fn run_build(build: &Build) -> Result<u8> {
    let targets = build.writing.targets()?;
    build.reading.check(files(&targets))?;
    let counting = build.how.counting(build.evidence.0, build.shaping.needs());
    let pipeline = build.reading.pipeline(counting, false)?;
    let (network, report) = build.reading.run(true, |items| pipeline.build(items))?;
    write_network(network, &report, (&build.writing, &targets), &build.shaping, build.reading.quiet)
}

/// Shapes and writes what was built, and says how it went.
fn write_network(
    mut network: Network,
    report: &Report,
    (writing, targets): (&Writing, &[Target]),
    shaping: &Shaping,
    quiet: bool,
) -> Result<u8> {
    check_read(report)?;
    let mut notes = shaping.apply(&mut network)?;
    notes.extend(writing.write(&network, targets, shaping.seed, table::write)?);
    if !quiet {
        for note in &notes {
            say(note);
        }
        say_summary(&network, report, targets);
    }
    Ok(exit_code(report))
}

fn write_report(path: Option<&Path>, report: &Report) -> Result<()> {
    let Some(path) = path else { return Ok(()) };
    output::write(Some(path), |out| {
        serde_json::to_writer_pretty(&mut *out, report)?;
        writeln!(out)
    })
}

/// Fails where nothing was read, and where the system failed while something was: the next run may read more, and what an earlier
/// one wrote is not to be lost to it.
fn check_read(report: &Report) -> Result<()> {
    let failed = report.records.iter().filter(|record| record.kind == Kind::Failed).count();
    if failed > 0 {
        bail!("nothing written: the system failed while reading {}; run it again", many(failed, "input"));
    }
    if report.books.read == 0 {
        bail!("nothing written: no article could be read ({})", books(report));
    }
    Ok(())
}

/// Discovers with a roster, too: its decisions stay, listed actors win.
fn run_actors(actors: &Actors) -> Result<u8> {
    actors.check_output()?;
    actors.check_inputs()?;
    let counting = Counting { evidence: Some(0), ..Counting::default() };
    let pipeline = actors.reading.pipeline(counting, true)?;
    let (network, report) = actors.reading.run(true, |items| pipeline.build(items))?;
    check_read(&report)?;
    output::write(actors.output.as_deref(), |out| sociogram::export::write_roster(&network, &pipeline.roster, out))?;
    let (found, doubts) = (network.graph.node_count(), network.doubts.len());
    if !actors.reading.quiet {
        say(&format!("{}: {}, {} to look at", books(&report), many(found, "actor"), many(doubts, "doubt")));
    }
    Ok(exit_code(&report))
}

fn run_annotate(annotate: &Annotate) -> Result<u8> {
    annotate.reading.check(Vec::new())?;
    let pipeline = annotate.reading.pipeline(Counting::default(), false)?;
    let (written, report) = annotate.reading.run(false, |items| {
        if annotate.stories {
            return stories::annotate(&pipeline, items);
        }
        let (mut out, mut failed) = (io::BufWriter::new(io::stdout()), None);
        let report = pipeline.annotate(items, false, |annotated| {
            failed = out.write_all(annotated.lines.as_bytes()).err();
            failed.is_none()
        });
        (failed.map_or_else(|| out.flush(), Err), report)
    })?;
    written.context("cannot write to standard output")?;
    if report.books.read == 0 && report.books.found > 0 && report.records.iter().all(|it| it.kind != Kind::Empty) {
        bail!("nothing written: no article could be read ({})", books(&report));
    }
    Ok(exit_code(&report))
}

impl Reading {
    /// Fails where a file that is `written`, or the report, would replace one that is read.
    fn check(&self, written: Vec<PathBuf>) -> Result<()> {
        kept::check(&Output::all(written, self.report.as_deref()), || self.files().chain(self.actors.clone()).collect())
    }

    /// The articles and what is known of them, but not the rosters.
    fn files(&self) -> impl Iterator<Item = PathBuf> + use<> {
        Files::of(&self.inputs, self.input_format).files.into_iter().chain(self.mentions.clone())
    }

    /// A pipeline as the arguments say; with `always`, one that discovers whatever they say.
    fn pipeline(&self, counting: Counting, always: bool) -> Result<Pipeline> {
        let roster = match self.actors.as_slice() {
            [] => Roster::default(),
            paths => Roster::read(paths)
                .map_err(|error| anyhow::Error::new(error).context(Usage("the roster cannot be used".into())))?,
        };
        let mut pipeline = Pipeline::new(roster, counting);
        pipeline.limits.text = self.text;
        // What a container may hold of an article is read of it.
        let most = self.limits().document_bytes;
        pipeline.limits.text_bytes = usize::try_from(most).unwrap_or(usize::MAX);
        pipeline.discovery = self.discovery(always)?;
        pipeline.pronouns = self.coref.is_some();
        Ok(pipeline)
    }

    /// How unlisted actors are found: whenever there is no roster, or it is asked for.
    fn discovery(&self, always: bool) -> Result<Option<Discovery>> {
        let given = match &self.mentions {
            None => None,
            Some(path) => Some(
                Given::read(path)
                    .map_err(|error| anyhow::Error::new(error).context(Usage("the mentions cannot be used".into())))?,
            ),
        };
        let wanted = always || self.discover || self.actors.is_empty();
        if given.is_some() && !wanted {
            bail!(Usage("--mentions with --actors adds actors that are not listed: say --discover, too".into()));
        }
        Ok(wanted.then(|| Discovery { kinds: self.kinds.iter().copied().collect(), given }))
    }

    /// What `work` makes of the documents, and what was read, which is said and reported; in the order of their paths where the
    /// order of the arguments must make no difference.
    fn run<T: Send>(
        &self,
        sorted: bool,
        work: impl FnOnce(Box<dyn Iterator<Item = Item> + Send>) -> (T, Report) + Send,
    ) -> Result<(T, Report)> {
        let how = self.how();
        let (fields, items) = (Arc::clone(&how.fields), self.items(how, sorted));
        let worked = pipeline::on_threads(self.threads, || work(Box::new(items)));
        let (made, mut report) = worked.context("cannot start the threads")?;
        report.records.extend(fields.unmet().filter_map(unmet));
        write_report(self.report.as_deref(), &report)?;
        if !self.quiet {
            say_records(&report);
        }
        Ok((made, report))
    }

    /// The documents.
    fn items(&self, how: source::Reading, sorted: bool) -> impl Iterator<Item = Item> + Send + use<> {
        let mut files = Files::of(&self.inputs, self.input_format);
        if sorted {
            files.sort();
        }
        let total = progress::bytes_of(&files);
        let read = Arc::clone(&how.read);
        let items = source::stream(files, how);
        // A bar that is not wanted is one that nothing passes by.
        let (shown, plain) =
            if self.quiet { (None, Some(items)) } else { (Some(progress::shown(items, total, read)), None) };
        shown.into_iter().flatten().chain(plain.into_iter().flatten())
    }

    /// How the inputs are read.
    fn how(&self) -> source::Reading {
        let (fields, limits) = (self.fields.fields().into(), self.limits());
        source::Reading { forced: self.input_format, fields, limits, ..source::Reading::default() }
    }

    fn limits(&self) -> source::Limits {
        let mut limits = source::Limits::default();
        for (index, most) in &self.limit {
            if let Some((.., limit)) = source::LIMITS.get(*index) {
                *limit(&mut limits) = *most;
            }
        }
        limits
    }
}

/// What to say of a field that was named and is in no record; without a text each record is refused already.
fn unmet((field, name): (Field, &str)) -> Option<Incident> {
    let flag = match field {
        Field::Text => return None,
        Field::Published => "--date-field",
        Field::Title => "--title-field",
        Field::Id => "--id-field",
        Field::Url => "--url-field",
        Field::Outlet => "--outlet-field",
        Field::Language => "--language-field",
    };
    let reason = format!("no record has the field `{name}` ({flag})");
    Some(Incident { place: Place::default(), status: Status::Noted, kind: Kind::Format, reason })
}

impl Actors {
    /// A roster may be refreshed in its place; all else that is read stays.
    fn check_inputs(&self) -> Result<()> {
        let (reading, report) = (&self.reading, self.reading.report.as_deref());
        let outputs = Output::all(self.output.iter().cloned().collect(), report);
        kept::check(&outputs, || reading.files().collect())?;
        kept::check(&Output::all(Vec::new(), report), || reading.actors.clone())
    }

    /// A roster that somebody may have edited is only replaced by what was made from it.
    fn check_output(&self) -> Result<()> {
        let Some(path) = self.output.as_deref().filter(|path| path.as_os_str() != "-") else { return Ok(()) };
        if path.extension().is_none_or(|ending| !ending.eq_ignore_ascii_case("toml")) && !is_device(path) {
            bail!(Usage(format!("`{}` does not end in .toml; rosters are written as TOML", path.display())));
        }
        let real = fs::canonicalize(path);
        let is_read = |file: &PathBuf| fs::canonicalize(file).ok() == real.as_ref().ok().cloned();
        if real.is_ok() && !is_device(path) && !self.reading.actors.iter().any(is_read) {
            let shown = path.display();
            bail!(Usage(format!("`{shown}` exists and may be edited; `-a {shown} -o {shown}` refreshes it")));
        }
        Ok(())
    }
}

/// Something that exists and holds no content: /dev/null, a pipe.
fn is_device(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|known| !known.is_file() && !known.is_dir())
}

impl How {
    fn counting(&self, evidence: Option<usize>, needs: BTreeSet<Need>) -> Counting {
        Counting { unit: self.unit, zones: self.zones.iter().copied().collect(), evidence, needs, copies: self.copies }
    }
}

fn exit_code(report: &Report) -> u8 {
    if report.books.refused > 0 { PARTIAL } else { READ }
}

fn books(report: &Report) -> String {
    let books = report.books;
    let parts = [(books.skipped, "skipped"), (books.duplicate, "duplicate"), (books.refused, "refused")];
    let more = parts.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!(", {count} {what}"));
    let more = more.collect::<String>();
    format!("{} of {} articles read{more}", books.read, books.found)
}

fn many(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

fn many_of(count: u64, what: &str) -> String {
    many(usize::try_from(count).unwrap_or(usize::MAX), what)
}

fn say_records(report: &Report) {
    let told = report.records.iter().filter(|record| record.status != Status::Skipped);
    for Incident { place, status, reason, .. } in told.clone().take(SHOWN) {
        let what = match status {
            Status::Read | Status::Noted => "note",
            Status::Duplicate => "left out",
            _ => "refused",
        };
        let place = if place.path.is_empty() { String::new() } else { format!("{place}: ") };
        say(&format!("{what}: {place}{reason}"));
    }
    let more = told.count().saturating_sub(SHOWN);
    if more > 0 {
        say(&format!("... and {more} more; --report FILE.json lists all"));
    }
}

fn say_summary(network: &Network, report: &Report, targets: &[Target]) {
    let (actors, edges) = (network.graph.node_count(), network.graph.edge_count());
    let to = arrow(targets);
    say(&format!("{}: {}, {}{to}", books(report), many(actors, "actor"), many(edges, "edge")));
    say_copies(network);
    say_undated(network);
    say_left_out(network);
    if edges == 0 {
        let unit = &network.method.unit;
        let why = match actors {
            _ if network.method.kept.first().is_some_and(|kept| kept.of_edges > 0) => {
                "the filters keep none".to_owned()
            }
            0 if !network.method.discovered.is_empty() => "no name was found in the counted zones".to_owned(),
            0 => "none of the listed names stands in the counted zones".to_owned(),
            1 => "only one actor is named".to_owned(),
            _ => format!("no {unit} names two of them; a wider --unit may"),
        };
        say(&format!("no edges: {why}"));
    }
}

/// The mentions that stand in zones that do not count.
fn say_left_out(network: &Network) {
    // Of a network that was filtered, those of the actors that are kept.
    let mut left_out = network.method.mentions.left_out.clone();
    if !network.method.kept.is_empty() {
        left_out.clear();
        for (zone, count) in network.graph.node_weights().flat_map(|actor| &actor.left_out) {
            *left_out.entry(zone.clone()).or_default() += count;
        }
    }
    let out: u64 = left_out.values().sum();
    let counted: u64 = network.graph.node_weights().map(|actor| actor.mentions + actor.attributive).sum();
    if out > 0 {
        let zones: Vec<_> = left_out.iter().map(|(zone, count)| format!("{count} {zone}")).collect();
        say(&format!("left out: {out} of {} mentions ({}); --zones counts more", out + counted, zones.join(", ")));
        let mut actors: Vec<&sociogram::network::Actor> =
            network.graph.node_weights().filter(|actor| !actor.left_out.is_empty()).collect();
        actors.sort_by_key(|actor| std::cmp::Reverse(actor.left_out.values().sum::<u64>()));
        let most: Vec<String> = actors.into_iter().take(MOST_LEFT_OUT).map(left_out_of).collect();
        if !most.is_empty() {
            say(&format!("  most of them: {}", most.join("; ")));
        }
    }
}

/// "7 of 22 Donald Trump (5 teaser, 2 headline)".
fn left_out_of(actor: &sociogram::network::Actor) -> String {
    let zones: Vec<_> = actor.left_out.iter().map(|(zone, count)| format!("{count} {zone}")).collect();
    let out: u64 = actor.left_out.values().sum();
    format!("{out} of {} of {} ({})", out + actor.mentions + actor.attributive, actor.name, zones.join(", "))
}

/// The stories that count once though several articles tell them.
fn say_copies(network: &Network) {
    let stories = network.stories.len();
    let copies: u64 = network.stories.iter().map(|story| story.copies).sum();
    if stories > 0 {
        let count = if stories == 1 { "1 story counts".to_owned() } else { format!("{stories} stories count") };
        say(&format!("copies: {count} once, told by {copies} articles; --copies count counts every copy"));
    }
}

/// The articles that no period holds.
fn say_undated(network: &Network) {
    let (undated, all) = (network.undated().articles, network.method.volume.articles);
    if undated > 0 {
        say(&format!("undated: {undated} of {}; compare and timeline leave them out", many_of(all, "article")));
    }
}

/// One line on standard error; control characters cannot reach the terminal.
fn say(line: &str) {
    // Nobody is left to be told when standard error is closed.
    let _ = writeln!(io::stderr(), "{}", output::printable(line));
}

/// The number of a limit in [`source::LIMITS`], and its new value.
fn limit(words: &str) -> Result<(usize, u64), String> {
    let known: Vec<_> = source::LIMITS.iter().map(|(name, ..)| *name).collect();
    let known = || format!("known: NAME=N, NAME one of {}; N in bytes or with K, M, G", known.join(", "));
    let (name, most) = words.split_once('=').ok_or_else(known)?;
    let index = source::LIMITS.iter().position(|(limit, ..)| *limit == name).ok_or_else(known)?;
    let digits = most.trim_end_matches(['K', 'M', 'G']);
    let shift = match most.get(digits.len()..) {
        Some("K") => 10,
        Some("M") => 20,
        Some("G") => 30,
        Some("") => 0,
        _ => return Err(known()),
    };
    let most = digits.parse::<u32>().map_err(|_| known())?;
    Ok((index, u64::from(most) << shift))
}

fn input_format(name: &str) -> Result<source::Format, String> {
    source::format_named(name).ok_or_else(|| {
        let known: Vec<_> = source::FORMATS.iter().map(|format| format.name).collect();
        format!("known: {}", known.join(", "))
    })
}

fn unit(name: &str) -> Result<Unit, String> {
    Unit::named(name).ok_or_else(|| "known: sentence, paragraph, article, window:N with N from 1 to 1000".to_owned())
}

fn zone(name: &str) -> Result<ZoneKind, String> {
    let known = || ZoneKind::ALL.iter().map(|zone| zone.name()).collect::<Vec<_>>().join(", ");
    ZoneKind::ALL.iter().find(|zone| zone.name() == name).copied().ok_or_else(|| format!("known: {}", known()))
}

fn text_mode(name: &str) -> Result<TextMode, String> {
    TextMode::named(name).ok_or_else(|| "known: balanced, strict".to_owned())
}

fn kind(name: &str) -> Result<ActorKind, String> {
    let known = [ActorKind::Person, ActorKind::Organisation, ActorKind::Place];
    let names = || known.map(ActorKind::name).join(", ");
    known.into_iter().find(|kind| kind.name() == name).ok_or_else(|| format!("known: {}", names()))
}

fn evidence(count: &str) -> Result<Evidence, String> {
    match count {
        "all" => Ok(Evidence(None)),
        _ => count.parse().map(|count| Evidence(Some(count))).map_err(|_| "known: all, or a number from 0".to_owned()),
    }
}

fn copies(name: &str) -> Result<Copies, String> {
    match name {
        "fold" => Ok(Copies::Fold),
        "count" => Ok(Copies::Count),
        _ => Err("known: fold, count".to_owned()),
    }
}

fn is_terminal() -> bool {
    io::stdout().is_terminal()
}

/// Bytes that are read of what is no file on disk; devices have no end.
const MOST: u64 = 256 << 20;

fn bytes_of(path: &Path) -> io::Result<Vec<u8>> {
    let file = fs::File::open(path)?;
    let most = if file.metadata()?.is_file() { u64::MAX } else { MOST };
    let mut bytes = Vec::new();
    let read = io::Read::read_to_end(&mut io::Read::take(file, most), &mut bytes)?;
    if read as u64 == most {
        return Err(io::Error::other(format!("more than {} MiB from what is no file", most >> 20)));
    }
    Ok(bytes)
}

fn read_network(path: &Path) -> Result<Network> {
    let shown = path.display().to_string();
    let content = if shown == "-" {
        let mut content = Vec::new();
        io::Read::read_to_end(&mut io::stdin(), &mut content).map(|_| content)
    } else {
        bytes_of(path)
    };
    let content = content.map_err(|source| sociogram::Error::Read { path: shown.clone(), source })?;
    Ok(sociogram::export::read(&shown, &content)?)
}

//! The command as it is used, `tests/cmd/*.toml`: arguments, output, messages, exit codes.

#[test]
fn commands_say_what_they_should() {
    trycmd::TestCases::new().case("tests/cmd/*.toml").case("tests/cmd/*.md");
}

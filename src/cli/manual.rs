//! The manual and the completions, from the one definition of the arguments.

use anyhow::{Context, Result, bail};
use clap::{Args, CommandFactory};
use clap_complete::Shell;

use super::{Command, READ, Usage, output};

/// The page of a command.
#[derive(Args)]
pub(super) struct Man {
    /// The command; without one, the page of sociogram itself
    command: Option<String>,
}

/// Completions of a shell.
#[derive(Args)]
pub(super) struct Completions {
    /// The shell
    shell: Shell,
}

impl Man {
    pub(super) fn run(&self) -> Result<u8> {
        let mut command = Command::command();
        command.build();
        let command = match &self.command {
            None => command,
            Some(name) => {
                let known: Vec<String> = command.get_subcommands().map(|it| it.get_name().to_owned()).collect();
                let Some(found) = command.find_subcommand(name) else {
                    bail!(Usage(format!("no command `{name}`; known: {}", known.join(", "))));
                };
                found.clone()
            }
        };
        let mut page = Vec::new();
        clap_mangen::Man::new(command).render(&mut page).context("cannot write the page")?;
        output::write(None, |out| out.write_all(&page))?;
        Ok(READ)
    }
}

impl Completions {
    pub(super) fn run(&self) -> Result<u8> {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut Command::command(), "sociogram", &mut script);
        output::write(None, |out| out.write_all(&script))?;
        Ok(READ)
    }
}

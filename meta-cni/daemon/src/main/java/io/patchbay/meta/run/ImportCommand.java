package io.patchbay.meta.run;

import picocli.CommandLine.Command;

/// Turns the configuration of another plugin into ours.
@Command(
        description = "Turn the configuration of another plugin into a patchbay.yaml.",
        subcommands = {ImportMultusCommand.class, ImportVpcCniCommand.class},
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND")
final class ImportCommand {}

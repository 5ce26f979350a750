package io.patchbay.meta.run;

import picocli.CommandLine.Option;

/// How a command writes what it shows.
final class Output {
    /// For people, or for programs.
    enum Format {
        TABLE,
        JSON
    }

    @Option(names = "--output", paramLabel = "FORMAT", description = "table (the default) or json.")
    private Format format = Format.TABLE;

    boolean isJson() {
        return format == Format.JSON;
    }
}

package io.patchbay.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A page whose commands a reader types, from top to bottom.
record Guide(String text) {
    private static final Pattern COMMANDS = Pattern.compile("(?ms)^```sh\n(.*?)^```$");

    static Guide read(Path page) {
        try {
            return new Guide(Files.readString(page));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What stands before a heading.
    Guide before(String heading) {
        return new Guide(text.substring(0, find(heading)));
    }

    /// What stands behind a heading.
    Guide from(String heading) {
        return new Guide(text.substring(find(heading)));
    }

    private int find(String heading) {
        int at = text.indexOf("\n## " + heading + "\n");
        if (at < 0) {
            throw new IllegalStateException("the guide has no heading \"" + heading + "\"");
        }
        return at;
    }

    /// The commands as they stand. They end at the first that fails.
    String script() {
        return COMMANDS.matcher(text)
                .results()
                .map(commands -> commands.group(1))
                .collect(Collectors.joining("", "set -ex\n", ""));
    }
}

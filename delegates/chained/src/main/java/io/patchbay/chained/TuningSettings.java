package io.patchbay.chained;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// The section `tuning` of patchbay.yaml.
///
/// @param allowlist regular expressions, of which one must be found in each sysctl that a network
///   sets; absent allows all
/// @param allowlistFile the same, one a line: the file of the reference plugin; absent where there
///   is none
record TuningSettings(Optional<List<String>> allowlist, Optional<String> allowlistFile) {
    TuningSettings {
        allowlist.orElse(List.of()).forEach(expression -> compile("\"allowlist\"", expression));
        allowlistFile
                .filter(file -> !file.startsWith("/") || file.indexOf('\0') >= 0)
                .ifPresent(file -> {
                    throw new IllegalArgumentException(
                            "\"allowlistFile\" is \"%.80s\": write an absolute path"
                                    .formatted(file.replace('\0', ' ')));
                });
    }

    static Pattern compile(String where, String expression) {
        try {
            return Pattern.compile(expression);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "%s has \"%.80s\", which is no regular expression: %s at %d"
                            .formatted(where, expression, e.getDescription(), e.getIndex()),
                    e);
        }
    }
}

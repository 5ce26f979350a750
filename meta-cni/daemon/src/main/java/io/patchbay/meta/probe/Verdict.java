package io.patchbay.meta.probe;

import io.patchbay.kernel.probe.Finding;
import java.util.Optional;

/// What a probe's process says last: one line, `usable: …` or `not usable: …`. Its status is 0 or
/// 1.
public final class Verdict {
    private static final String USABLE = "usable: ";
    private static final String UNUSABLE = "not usable: ";

    private Verdict() {}

    public static String line(Finding finding) {
        return (finding.isUsable() ? USABLE : UNUSABLE)
                + finding.sentence().replaceAll("\\p{Cntrl}", "?");
    }

    public static int status(Finding finding) {
        return finding.isUsable() ? 0 : 1;
    }

    static Optional<Finding> read(String text) {
        String line = text.lines().reduce("", (_, last) -> last);
        if (line.startsWith(USABLE)) {
            return Optional.of(Finding.usable(line.substring(USABLE.length())));
        }
        return line.startsWith(UNUSABLE)
                ? Optional.of(Finding.unusable(line.substring(UNUSABLE.length())))
                : Optional.empty();
    }
}

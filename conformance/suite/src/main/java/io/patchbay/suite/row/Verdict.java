package io.patchbay.suite.row;

/// What a check found of a row.
public sealed interface Verdict {
    record Passed() implements Verdict {}

    /// @param why one sentence, with what was called and what came back
    /// @param advice what the plugin's author is to do
    record Failed(String why, String advice) implements Verdict {}

    record NotApplicable(String why) implements Verdict {}
}

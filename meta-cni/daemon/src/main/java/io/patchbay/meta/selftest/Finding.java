package io.patchbay.meta.selftest;

/// One thing that was looked at, and what it came to.
///
/// @param subject one word or two: `ADD`, `gateway`
/// @param sentence what was seen; where it is no pass, what to do about it too
record Finding(Verdict verdict, String subject, String sentence) {
    static Finding passed(String subject, String sentence) {
        return new Finding(Verdict.PASSED, subject, sentence);
    }

    static Finding issue(String subject, String sentence) {
        return new Finding(Verdict.PASSED_WITH_ISSUES, subject, sentence);
    }

    static Finding failed(String subject, String sentence) {
        return new Finding(Verdict.FAILED, subject, sentence);
    }
}

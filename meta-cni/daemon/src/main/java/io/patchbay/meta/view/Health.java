package io.patchbay.meta.view;

/// What CHECK says of an attachment.
///
/// @param reason a sentence; empty where there is nothing to say
public record Health(Verdict verdict, String reason) {
    /// Of an attachment that nobody asked about.
    public static final Health NOT_ASKED = new Health(Verdict.NOT_ASKED, "");

    public static final Health OK = new Health(Verdict.OK, "");

    /// Of an attachment whose network says `disableCheck`.
    public static final Health DISABLED = new Health(Verdict.DISABLED, "");

    /// What came of asking.
    public enum Verdict {
        NOT_ASKED("-"),
        OK("ok"),
        DISABLED("not checked"),
        /// It is not as its ADD left it.
        WRONG("wrong"),
        /// Another call for the sandbox goes on.
        BUSY("busy"),
        /// It could not be found out.
        UNKNOWN("unknown");

        private final String words;

        Verdict(String words) {
            this.words = words;
        }

        @Override
        public String toString() {
            return words;
        }
    }

    public static Health wrong(String reason) {
        return new Health(Verdict.WRONG, reason);
    }

    public static Health busy(String reason) {
        return new Health(Verdict.BUSY, reason);
    }

    public static Health unknown(String reason) {
        return new Health(Verdict.UNKNOWN, reason);
    }
}

package io.patchbay.suite.row;

/// The end of a check whose row is not kept. The message is the sentence that says why.
public final class Unmet extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public Unmet(String why) {
        super(why);
    }

    /// Ends the check unless something is so.
    public static void unless(boolean so, String why) {
        if (!so) {
            throw new Unmet(why);
        }
    }
}

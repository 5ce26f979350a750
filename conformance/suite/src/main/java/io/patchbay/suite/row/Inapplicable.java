package io.patchbay.suite.row;

/// The end of a check whose row says nothing about this plugin or configuration. The message is the
/// sentence that says why.
public final class Inapplicable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public Inapplicable(String why) {
        super(why);
    }

    /// Ends the check unless something is so.
    public static void unless(boolean so, String why) {
        if (!so) {
            throw new Inapplicable(why);
        }
    }
}

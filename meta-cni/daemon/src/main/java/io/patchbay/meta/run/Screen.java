package io.patchbay.meta.run;

import java.io.Console;
import java.io.PrintWriter;
import java.util.Optional;

/// Where something is shown again and again: a terminal is drawn over in place, and whatever else
/// reads gets one after the other. No mode of a terminal is changed, so whatever ends it leaves it
/// as it was.
final class Screen {
    private static final String TOP = "\u001b[H";
    private static final String CLEAR_LINE = "\u001b[K";
    private static final String CLEAR_BELOW = "\u001b[J";

    private final PrintWriter out;
    private final boolean terminal;
    private final String between;
    private String shown = "";

    /// @param between what separates one from the next where they are not drawn over
    Screen(PrintWriter out, boolean terminal, String between) {
        this.out = out;
        this.terminal = terminal;
        this.between = between;
    }

    static boolean isTerminal() {
        return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    }

    /// Shows a text, unless it is what is shown already.
    ///
    /// @return false where nobody reads any more
    boolean show(String text) {
        if (text.equals(shown)) {
            return true;
        }
        if (terminal) {
            out.print(TOP + text.replace("\n", CLEAR_LINE + "\n") + CLEAR_BELOW);
        } else {
            out.print(shown.isEmpty() ? text : between + text);
        }
        shown = text;
        // A command's writer is over System.out, which keeps its failures to itself.
        return !out.checkError() && !System.out.checkError();
    }
}

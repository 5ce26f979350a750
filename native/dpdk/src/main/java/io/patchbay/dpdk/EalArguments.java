package io.patchbay.dpdk;

import java.util.List;
import java.util.regex.Pattern;

/// The arguments of EAL that it would answer by ending the process.
final class EalArguments {
    /// `-h`, also behind `-v`, the only other letter without a value.
    private static final Pattern SHORT_HELP = Pattern.compile("-v*h.*");

    private EalArguments() {}

    static String[] checked(List<String> args) {
        for (String arg : args) {
            if (isHelp(arg)) {
                throw new IllegalArgumentException(
                        "EAL argument '"
                                + arg
                                + "' would print a help and end the process: leave it out.");
            }
            if (arg.indexOf('\0') >= 0) {
                throw new IllegalArgumentException(
                        "EAL argument '"
                                + arg.replace("\0", "\\0")
                                + "' holds a NUL: leave it out.");
            }
        }
        return args.toArray(String[]::new);
    }

    /// getopt takes any beginning of a long option that no other shares.
    private static boolean isHelp(String arg) {
        String option = arg.replaceFirst("=.*", "");
        return SHORT_HELP.matcher(arg).matches()
                || (option.length() > 2 && "--help".startsWith(option));
    }
}

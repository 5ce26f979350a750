package io.patchbay.kit.fault;

/// What is to happen at which call, counted from 1 over all ports.
public sealed interface Fault {
    /// Whether a call goes wrong, before it reaches the port.
    boolean failsBefore(int call);

    record None() implements Fault {
        @Override
        public boolean failsBefore(int call) {
            return false;
        }
    }

    /// One call fails, and takes no effect.
    record FailOnce(int at) implements Fault {
        @Override
        public boolean failsBefore(int call) {
            return call == at;
        }
    }

    /// Nothing works any more from a call on: the undo fails too.
    record FailFrom(int at) implements Fault {
        @Override
        public boolean failsBefore(int call) {
            return call >= at;
        }
    }

    /// The process dies, as by SIGKILL, before a call or right after it.
    record Die(int at, boolean after) implements Fault {
        @Override
        public boolean failsBefore(int call) {
            return false;
        }
    }

    /// Something else happens right before a call, on its thread; the call itself goes on.
    record Meanwhile(int at, Runnable event) implements Fault {
        @Override
        public boolean failsBefore(int call) {
            return false;
        }
    }

    /// Reads `none`, `fail:K`, `fail-from:K`, `die-before:K` or `die-after:K`, as a child process
    /// gets it.
    static Fault parse(String text) {
        if (text.equals("none")) {
            return new None();
        }
        int colon = text.indexOf(':');
        int at = Integer.parseInt(text.substring(colon + 1));
        return switch (text.substring(0, colon)) {
            case "fail" -> new FailOnce(at);
            case "fail-from" -> new FailFrom(at);
            case "die-before" -> new Die(at, false);
            case "die-after" -> new Die(at, true);
            default -> throw new IllegalArgumentException("\"" + text + "\" is no fault");
        };
    }
}

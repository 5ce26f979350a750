package io.patchbay.meta.run;

import java.util.List;

/// A configuration that cannot be; it names all that is wrong with it.
public final class InvalidSettings extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;
    private final transient Settings rest;

    InvalidSettings(List<String> problems) {
        this(problems, Settings.DEFAULT);
    }

    /// @param rest the configuration without what is wrong with it
    InvalidSettings(List<String> problems, Settings rest) {
        super(String.join("\n", problems));
        this.problems = List.copyOf(problems);
        this.rest = rest;
    }

    public List<String> problems() {
        return problems;
    }

    /// What can be looked at all the same, for more problems.
    Settings rest() {
        return rest;
    }
}

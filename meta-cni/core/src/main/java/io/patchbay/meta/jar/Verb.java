package io.patchbay.meta.jar;

import java.util.Locale;

/// What a third party's jar is called for.
enum Verb {
    LOAD,
    CREATE,
    START,
    PROBE,
    ADD,
    CHECK,
    DEL,
    GC,
    STATUS,
    ACQUIRE,
    RELEASE,
    TABLES,
    GAUGE,
    CLOSE;

    /// Whether it makes, or promises, something new: what a delegate in trouble does not do.
    boolean isForNew() {
        return this == PROBE || this == ADD || this == ACQUIRE || this == STATUS;
    }

    /// Whether what it throws is logged by its caller, together with what comes of it.
    boolean isOfTheBeginning() {
        return this == LOAD || this == CREATE || this == START;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}

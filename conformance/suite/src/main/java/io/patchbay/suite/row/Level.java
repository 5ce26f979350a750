package io.patchbay.suite.row;

/// How much a specification wants a row kept. A MAY is a SHOULD here.
public enum Level {
    MUST,
    SHOULD
}

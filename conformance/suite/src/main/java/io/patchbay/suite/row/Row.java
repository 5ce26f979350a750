package io.patchbay.suite.row;

/// One demand of a specification.
///
/// @param number N1 to N33 of the NPWG specifications, C1 to C102 of the CNI specification
/// @param source the specification and its section
public record Row(String number, Level level, String sentence, String source) {}

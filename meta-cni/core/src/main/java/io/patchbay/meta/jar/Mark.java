package io.patchbay.meta.jar;

/// A call into a jar that is under way, as it is written down beforehand.
///
/// @param digest of the jar
/// @param call what is called, and for which container
/// @param boot tells one run of the machine from the next
record Mark(String jar, String digest, String call, String boot) {}

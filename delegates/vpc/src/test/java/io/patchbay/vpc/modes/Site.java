package io.patchbay.vpc.modes;

/// A node, with pods of its mode.
///
/// @param pods how many of them; where the mode is not for all pods, there is an ordinary one, too
record Site(Mode mode, int pods) {}

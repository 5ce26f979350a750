package io.patchbay.vpc;

/// What pods' links are where their network does not say.
///
/// @param mtu 0 is that of the interface behind it
/// @param prefix of the name of the host's end
record LinkPolicy(int mtu, String prefix) {}

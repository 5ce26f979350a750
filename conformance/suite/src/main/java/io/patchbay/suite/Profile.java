package io.patchbay.suite;

/// Which rows a plugin is held to.
enum Profile {
    CNI,
    MULTI_NETWORK;

    @Override
    public String toString() {
        return this == CNI ? "cni" : "multi-network";
    }

    static Profile of(String name) {
        for (Profile profile : values()) {
            if (profile.toString().equals(name)) {
                return profile;
            }
        }
        throw new Misuse("there is no profile %s, but cni and multi-network".formatted(name));
    }
}

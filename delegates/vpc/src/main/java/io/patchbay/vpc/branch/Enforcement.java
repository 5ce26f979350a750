package io.patchbay.vpc.branch;

import java.util.Arrays;
import java.util.stream.Collectors;

/// Which of a pod's packets its security groups decide on (POD_SECURITY_GROUP_ENFORCING_MODE).
public enum Enforcement {
    /// All of them: even those for the node and for its other pods take the way through the VPC.
    STRICT("strict"),
    /// Those that leave the node by the branch, or come in by it.
    STANDARD("standard");

    private static final String STRICT_PREFIX = "vlan";

    private final String word;

    Enforcement(String word) {
        this.word = word;
    }

    /// Reads the setting; anything else is an IllegalArgumentException that quotes it.
    public static Enforcement of(String key, String word) {
        return Arrays.stream(values())
                .filter(value -> value.word.equals(word))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                "%s is \"%s\": it is %s"
                                        .formatted(
                                                key,
                                                word,
                                                Arrays.stream(values())
                                                        .map(value -> value.word)
                                                        .collect(Collectors.joining(" or ")))));
    }

    /// Of the name of a pod's link on the host. By `vlan` Amazon's plugin, and what knows it, tell
    /// a pod whose packets are not to be translated.
    ///
    /// @param configured of any other pod
    public String prefix(String configured) {
        return this == STRICT ? STRICT_PREFIX : configured;
    }
}
